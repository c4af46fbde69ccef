import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Encrypter } from 'age-encryption'
import type { Browser, Download, Page } from 'playwright-core'
import { demoPeople, signInAs } from '../../bench/demo-people.ts'
import type { CustodyOut, DocketAct, DocketView } from '../../src/contract/shapes/docket.ts'
import type { Compartment } from '../../src/core/docket/compartment.ts'
import type { Seat } from '../../src/core/docket/seat.ts'
import { DOCKET_PEOPLE, type DocketCast } from '../../src/devkit/docket-people.ts'
import { sampleModel } from '../../src/devkit/endpoint/sample-model.ts'
import { type FakeEndpoint, openFakeEndpoint } from '../../src/devkit/fake-endpoint.ts'
import { ask, post, read } from '../door.ts'
import { openWindow, type Window } from '../pages.ts'
import { openWorld, pause, type World } from '../world.ts'

export const KEY = 'key-of-the-scripted-model-7731'
const MAIN = resolve(import.meta.dirname, '../../src/cli/main.ts')
const SUITE = resolve(import.meta.dirname, '../../suites/sample')

/** The seats of a docket's office, and who is read into what. */
const SEATS: readonly (readonly [DocketCast, Seat])[] = [
  ['deputy', 'docket-officer'],
  ['deputy', 'run-operator'],
  ['bench', 'benchmark-custodian'],
  ['analyst', 'analyst'],
  ['authority', 'determining-authority'],
  ['authority', 'partner-steward'],
]
const READ_INS: readonly (readonly [DocketCast, Compartment])[] = [
  ['bench', 'B'],
  ['analyst', 'R'],
  ['authority', 'R'],
  ['authority', 'P'],
]

/** A running demo with a scripted model of the test's own, its people at windows, and what they do by the doors. */
export class House {
  readonly world: World
  readonly model: FakeEndpoint
  readonly browser: Browser
  readonly #home: string
  readonly #people = new Map<DocketCast, { id: string; cookie: string }>()
  readonly #windows = new Map<DocketCast, Window>()

  private constructor(world: World, model: FakeEndpoint, browser: Browser, home: string) {
    this.world = world
    this.model = model
    this.browser = browser
    this.#home = home
  }

  static async open(browser: Browser): Promise<House> {
    const home = mkdtempSync(join(tmpdir(), 'weir-house-'))
    // Users of sandboxes must reach what is unpacked below it.
    chmodSync(home, 0o755)
    const model = await openFakeEndpoint(sampleModel(SUITE), { secret: KEY, remember: false })
    const house = new House(await openWorld({ data: join(home, 'data') }), model, browser, home)
    const { url } = house.world
    const seeded = await demoPeople(url)
    for (const [name, one] of Object.entries(DOCKET_PEOPLE)) {
      const { id } = seeded.find((row) => row.name === one.name)!
      house.#people.set(name as DocketCast, { id, cookie: await signInAs(url, id) })
    }
    return house
  }

  /** Fails on whatever any window complained of; then everything ends. */
  async close(): Promise<void> {
    try {
      for (const window of this.#windows.values()) await window.done()
    } finally {
      await this.world.server.stop()
      await this.model.close()
      rmSync(this.#home, { recursive: true, force: true })
    }
  }

  /** The window of one person, opened once. */
  async at(name: DocketCast): Promise<Page> {
    const window = this.#windows.get(name) ?? (await openWindow(this.browser, this.world.url, this.cookie(name)))
    this.#windows.set(name, window)
    return window.page
  }

  cookie(name: DocketCast): string {
    return this.#people.get(name)!.cookie
  }

  person(name: DocketCast): string {
    return this.#people.get(name)!.id
  }

  async get<T>(name: DocketCast, path: string): Promise<T> {
    return await read<T>(`${this.world.url}${path}`, this.cookie(name))
  }

  view(name: DocketCast, docket: string): Promise<DocketView> {
    return this.get<DocketView>(name, `/v1/dockets/${docket}`)
  }

  /** Does an act by the doors and insists that it is taken. */
  async act(name: DocketCast, docket: string, act: DocketAct): Promise<DocketView> {
    const { version } = await this.view(name, docket)
    const { status, body } = await post<DocketView>(`${this.world.url}/v1/dockets/${docket}/acts`, this.cookie(name), {
      version,
      act,
    })
    assert.equal(status, 200, `${name} ${act.do}: ${JSON.stringify(body)}`)
    return body
  }

  /** Once an officer sits: everybody else of the office is seated and read in. */
  async fill(docket: string): Promise<void> {
    const until = new Date(Date.now() + 40 * 86_400_000).toISOString()
    for (const [name, seat] of SEATS) await this.act('officer', docket, { do: 'seat', person: this.person(name), seat })
    for (const [name, compartment] of READ_INS) {
      const person = this.person(name)
      await this.act('officer', docket, { do: 'read-in', person, compartment, until })
      await this.act('deputy', docket, { do: 'second-read-in', person, compartment })
    }
  }

  /** A docket of its own by the doors alone, until access is ready. */
  async ready(model: string): Promise<string> {
    const { rows } = await this.get<{ rows: { id: string; name: string }[] }>('lead', '/v1/offices')
    const office = rows.find(({ name }) => name === DOCKET_PEOPLE.officer.organisation)!.id
    const planned = { at: new Date(Date.now() + 20 * 86_400_000).toISOString(), zone: 'Europe/Berlin' }
    const opened = await post<DocketView>(`${this.world.url}/v1/dockets`, this.cookie('lead'), {
      ...{ kind: 'access', office, model, question: 'Covered?', planned },
    })
    assert.equal(opened.status, 201, JSON.stringify(opened.body))
    const { id } = opened.body
    await this.act('officer', id, { do: 'seat', person: this.person('officer'), seat: 'docket-officer' })
    await this.fill(id)
    const facts = { days: 10, opensBy: 'first-call', level: 'AL1', retentionDays: 0, downtimeExtends: false } as const
    const more = { mayPublish: false, findingsToIntake: false, readersNamed: false }
    const offered = await this.act('officer', id, { do: 'offer-terms', text: 'Measure.', facts: { ...facts, ...more } })
    const { version, digest } = offered.terms.at(-1)!
    for (const name of ['lead', 'officer'] as const) await this.act(name, id, { do: 'sign-terms', version, digest })
    const { recipient } = await this.get<CustodyOut>('lead', `/v1/dockets/${id}/custody`)
    const age = new Encrypter()
    age.addRecipient(recipient)
    const sealed = Buffer.from(await age.encrypt(KEY)).toString('base64')
    const put = await ask(`${this.world.url}/v1/dockets/${id}/endpoint`, {
      method: 'PUT',
      cookie: this.cookie('lead'),
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ api: 'openai-chat', base: this.model.base, model: 'scripted', sealed }),
    })
    assert.equal(put.status, 200, put.body.toString())
    await this.act('lead', id, { do: 'dry-run' })
    return id
  }

  /** Waits until a docket is as wanted, as one person sees it. */
  async until(name: DocketCast, docket: string, wanted: (view: DocketView) => boolean, ms = 180_000): Promise<DocketView> {
    const patience = Date.now() + ms
    for (;;) {
      const view = await this.view(name, docket)
      if (wanted(view)) return view
      if (Date.now() > patience) throw new Error(`waited too long: ${view.state}, ${view.next}`)
      await pause(100)
    }
  }

  /** Keeps what a page gave as a file under that name. */
  async keep(download: Download, name: string): Promise<string> {
    const path = join(this.#home, name)
    await download.saveAs(path)
    return path
  }

  /** Runs the command line, which knows nothing of this server. */
  async weir(...words: string[]): Promise<{ code: number | null; said: string }> {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
      cwd: this.#home,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (said += part))
    const code = await new Promise<number | null>((done) => child.once('close', done))
    return { code, said }
  }
}
