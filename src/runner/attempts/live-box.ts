import type { ExecEnd, OpenSpec } from '../../core/sandbox/contract.ts'
import type { SandboxClient } from '../sandbox/sandbox-client.ts'
import { asFault } from './harness-fault.ts'

export interface Executed {
  readonly end: ExecEnd
  readonly stdout: Buffer
  readonly stderr: Buffer
  /** Bytes beyond what is kept, of both. */
  readonly dropped: number
}

export interface ExecAsk {
  readonly stdin?: Uint8Array
  readonly wallMs?: number
}

const NONE = new Uint8Array()

/** One sandbox that is kept open. Whatever the sandbox process fails at rejects with HarnessFault; an end from inside is told. */
export class LiveBox {
  readonly #client: SandboxClient
  readonly #name: string
  /** The most that one exec may take, milliseconds: then everything inside is ended. */
  readonly wallMs: number
  #closed = false

  private constructor(client: SandboxClient, name: string, wallMs: number) {
    this.#client = client
    this.#name = name
    this.wallMs = wallMs
  }

  /** Opens it; `name` is new each time. Rejects with Failure where this machine has no wall like that. */
  static async open(client: SandboxClient, name: string, spec: OpenSpec): Promise<LiveBox> {
    await faulty(client.ask({ do: 'open', box: name, spec }, 'opened'))
    return new LiveBox(client, name, spec.limits.wallMs)
  }

  /** Runs a program in /work. */
  async exec(argv: readonly string[], { stdin = NONE, wallMs }: ExecAsk = {}): Promise<Executed> {
    const spec = { argv, env: {}, cwd: '/work', ...(wallMs === undefined ? {} : { wallMs: Math.max(1, Math.ceil(wallMs)) }) }
    const asked = { do: 'exec', box: this.#name, spec, bytes: stdin.length } as const
    const { answer, bytes } = await faulty(this.#client.ask(asked, 'executed', [stdin]))
    const { end, dropped } = answer
    const stdout = bytes.subarray(0, answer.stdout)
    return { end, stdout, stderr: bytes.subarray(answer.stdout), dropped: dropped.stdout + dropped.stderr }
  }

  /** Unpacks an archive below `at`. */
  async put(at: string, archive: Uint8Array): Promise<void> {
    await faulty(this.#client.ask({ do: 'put', box: this.#name, at, bytes: archive.length }, 'put', [archive]))
  }

  /** An archive of a file or folder. */
  async get(path: string): Promise<Buffer> {
    return (await faulty(this.#client.ask({ do: 'get', box: this.#name, path }, 'got'))).bytes
  }

  /** Ends everything inside; more than once is nothing. */
  async close(): Promise<void> {
    if (this.#closed) return
    this.#closed = true
    // One that is gone already needs no end.
    await this.#client.ask({ do: 'close', box: this.#name }, 'closed').catch(() => {})
  }
}

function faulty<T>(asked: Promise<T>): Promise<T> {
  return asked.catch((error: unknown) => {
    throw asFault(error)
  })
}
