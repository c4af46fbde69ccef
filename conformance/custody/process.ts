import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Encrypter } from 'age-encryption'
import { CUSTODIAN_ENTRY, type CustodyAnswer, type CustodyEntry, type CustodyEvent } from '../../src/contract/custody.ts'

const ROOT = resolve(import.meta.dirname, '../..')

type Answer = CustodyAnswer & Record<string, unknown>

/** The custodian as a process of its own, spoken to by its lines and its door. */
export class CustodianProcess {
  readonly child: ChildProcess
  readonly entries: { readonly docket: string; readonly entry: CustodyEntry }[] = []
  readonly failures: string[] = []
  readonly ready: Promise<Extract<CustodyEvent, { event: 'ready' }> | null>
  readonly gone: Promise<void>
  port = 0
  /** Everything it ever wrote, to look for what must not be in it. */
  written = ''
  readonly #waiting = new Map<number, (answer: Answer | null) => void>()
  #next = 1

  constructor(folder: string, words: readonly string[] = []) {
    this.child = spawn(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        resolve(ROOT, CUSTODIAN_ENTRY),
        '--folder',
        folder,
        '--private-endpoints',
        ...words,
      ],
      { stdio: ['pipe', 'pipe', 'inherit'], cwd: ROOT },
    )
    this.child.stdin?.on('error', () => {})
    this.gone = new Promise((done) => this.child.once('close', () => done()))
    this.ready = new Promise((done) => {
      createInterface({ input: this.child.stdout! }).on('line', (text) => {
        this.written += `${text}\n`
        const line = JSON.parse(text)
        if (line.event === 'ready') {
          this.port = line.port
          done(line)
        } else if (line.event === 'entry') this.entries.push(line)
        else if (line.event === 'failed') this.failures.push(line.say)
        else this.#waiting.get(line.n)?.(line)
      })
      this.gone.then(() => {
        done(null)
        for (const settle of this.#waiting.values()) settle(null)
      })
    })
  }

  /** Null where it ended before it answered. */
  ask(request: object): Promise<Answer | null> {
    const n = this.#next++
    return new Promise((done) => {
      this.#waiting.set(n, done)
      if (this.child.exitCode !== null || this.child.signalCode !== null) done(null)
      else this.child.stdin?.write(`${JSON.stringify({ n, ...request })}\n`)
    })
  }

  raw(line: string): void {
    this.child.stdin?.write(`${line}\n`)
  }

  call(docket: string, path: string, secret: string, body: object, more: RequestInit = {}): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.port}/${docket}/${path}`, {
      method: 'POST',
      body: JSON.stringify({ model: 'm', ...body }),
      ...more,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json', ...more.headers },
    })
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.gone
  }

  /** Ends it as its starter does: by ending its input. */
  async end(): Promise<void> {
    this.child.stdin?.end()
    await this.gone
  }
}

/** Starts a custodian and waits until it is ready; throws where it never is. */
export async function startCustodian(folder: string, words: readonly string[] = []): Promise<CustodianProcess> {
  const custodian = new CustodianProcess(folder, words)
  if ((await custodian.ready) === null) throw new Error(`the custodian ended: ${custodian.failures.join(' ')}`)
  return custodian
}

/** An age file around a key, base64, as a developer's browser makes it. */
export async function sealTo(recipient: string, key: string): Promise<string> {
  const encrypter = new Encrypter()
  encrypter.addRecipient(recipient)
  return Buffer.from(await encrypter.encrypt(key)).toString('base64')
}

/** Seals a key to this custodian and registers it for the docket. */
export async function register(
  custodian: CustodianProcess,
  docket: string,
  endpoint: object,
  key: string,
): Promise<Answer | null> {
  const told = await custodian.ask({ do: 'recipient' })
  if (told?.did !== 'recipient') throw new Error('no recipient')
  return await custodian.ask({ do: 'register', docket, endpoint, sealed: await sealTo(told.recipient, key) })
}
