import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { FlawPage, FlawRow } from '../../src/contract/shapes/flaw.ts'
import type { EvidenceOut, FlawProof, TargetOut, ValidationPage, ValidationRow } from '../../src/contract/shapes/validation.ts'
import { ask, read, send } from '../door.ts'
import { grouped, openWorld, pause, type Start, type World } from '../world.ts'
import { PURL } from './cards.ts'

const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')
/** Longer than anything here takes on a busy machine. */
const PATIENCE_MS = 240_000

export interface Sent {
  readonly finding: string
  readonly flaw: string
}

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** A server with its own runner in a folder that sandboxes can reach, and what people do there. */
export class Floor {
  world: World
  readonly home: string
  #sent = 0

  private constructor(world: World, home: string) {
    this.world = world
    this.home = home
  }

  static async open(start: Start = {}): Promise<Floor> {
    const home = mkdtempSync(join(tmpdir(), 'weir-floor-'))
    // The users of sandboxes must be able to reach what was unpacked below it.
    chmodSync(home, 0o755)
    return new Floor(await openWorld({ data: join(home, 'data'), ...start }), home)
  }

  /** Ends the server, in order or with -9, and starts it again on the same data. */
  async restart(start: Start = {}, how: 'stop' | 'kill' = 'stop'): Promise<void> {
    await this.world.server[how]()
    this.world = await openWorld({ data: join(this.home, 'data'), ...start })
  }

  async close(): Promise<void> {
    await this.world.server.stop()
    rmSync(this.home, { recursive: true, force: true })
  }

  /** Runs the command line as a seeded person, named by role or organisation. */
  weir(as: string, ...words: string[]): Promise<Ran> {
    return new Promise((done) => {
      const child = spawn(
        process.execPath,
        [
          '--disable-warning=ExperimentalWarning',
          MAIN,
          ...words,
          ...(as === '' ? [] : ['--server', this.world.url, '--as', as]),
        ],
        {
          cwd: this.home,
          stdio: ['ignore', 'pipe', 'pipe'],
          env: { ...process.env, XDG_STATE_HOME: join(this.home, 'state') },
        },
      )
      let out = ''
      let err = ''
      child.stdout.on('data', (part: Buffer) => (out += part))
      child.stderr.on('data', (part: Buffer) => (err += part))
      child.on('close', (code) => done({ code, out, err }))
    })
  }

  /** A report about the cards with a reproducer inside it, grouped. */
  async report(who: string, claim: Claim, reproducer: string): Promise<Sent> {
    const body = {
      title: claim.title,
      target: { purl: PURL, version: '1' },
      ...(claim.kind === undefined ? {} : { crash: { tool: 'asan', kind: claim.kind } }),
      stack: claim.stack.map((symbol) => ({ symbol, path: 'cards.c', line: 20 + this.#sent })),
      evidence: [{ kind: 'reproducer', name: 'crash.txt', content: reproducer }],
    }
    this.#sent++
    const { url } = this.world
    const sent = await send(url, who, `${JSON.stringify(body)}\n`, { query: { format: 'weir-ndjson' } })
    const finding = sent.answer?.items[0]?.finding
    if (!finding) throw new Error(`the report was answered ${sent.status}: ${sent.body}`)
    await grouped(this.world, [sent.answer!.report])
    return { finding, flaw: await this.flawOf(finding) }
  }

  /** The flaw that a finding stands in today. */
  async flawOf(finding: string): Promise<string> {
    const { rows } = await this.get<{ rows: FlawRow[] }>('/v1/flaws?limit=200&tab=everything')
    for (const { id } of rows) {
      const { findings } = await this.flaw(id)
      if (findings.some((one) => one.id === finding)) return id
    }
    throw new Error(`no flaw holds ${finding}`)
  }

  flaw(id: string): Promise<FlawPage> {
    return this.get<FlawPage>(`/v1/flaws/${id}`)
  }

  proof(flaw: string): Promise<FlawProof> {
    return this.get<FlawProof>(`/v1/flaws/${flaw}/proof`)
  }

  get<T>(path: string, who = this.world.coordinator): Promise<T> {
    return read<T>(this.world.url + path, who)
  }

  async post<T>(who: string, path: string, body: unknown): Promise<T> {
    const answer = await ask(this.world.url + path, {
      method: 'POST',
      cookie: who,
      body: body instanceof Uint8Array ? body : JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    })
    if (answer.status > 299) throw new Error(`${path} answered ${answer.status}: ${answer.body}`)
    return JSON.parse(answer.body.toString()) as T
  }

  async status(who: string, method: string, path: string, body?: unknown): Promise<number> {
    const more = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
    return (await ask(this.world.url + path, { method, cookie: who, ...more })).status
  }

  evidence(who: string, finding: string, kind: string, content: string): Promise<EvidenceOut> {
    return this.post(who, `/v1/findings/${finding}/evidence?kind=${kind}&name=${kind}`, Buffer.from(content))
  }

  /** Adds a target by the command line; of the folder with that recipe. */
  async target(as: string, folder: string, recipe: object): Promise<string> {
    const file = join(this.home, `recipe-${this.#sent++}.json`)
    writeFileSync(file, JSON.stringify(recipe))
    const ran = await this.weir(as, 'target', 'add', folder, '--name', PURL, '--recipe', file)
    if (ran.code !== 0) throw new Error(`weir target add ended with ${ran.code}: ${ran.err}`)
    return ran.out.trim()
  }

  targets(who: string): Promise<{ rows: TargetOut[] }> {
    return this.get('/v1/targets', who)
  }

  start(who: string, subject: string, target: string, more: object = {}): Promise<ValidationRow> {
    const noun = subject.startsWith('flw_') ? 'flaws' : 'findings'
    return this.post(who, `/v1/${noun}/${subject}/validations`, { target, ...more })
  }

  page(id: string, who = this.world.coordinator): Promise<ValidationPage> {
    return this.get<ValidationPage>(`/v1/validations/${id}`, who)
  }

  /** Waits until a validation is as wanted; by default: ended. */
  async until(id: string, wanted = (row: ValidationRow) => row.endedAt !== null): Promise<ValidationPage> {
    const patience = Date.now() + PATIENCE_MS
    for (;;) {
      const page = await this.page(id)
      if (wanted(page.row)) return page
      if (Date.now() > patience) throw new Error(`waited too long: ${JSON.stringify(page.row)}`)
      await pause(100)
    }
  }
}

export interface Claim {
  readonly title: string
  readonly kind?: string
  readonly stack: readonly string[]
}
