import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Floor, SANDBOX_ENTRY, type SandboxAnswer, type SandboxRequest } from '../core/sandbox/contract.ts'

type Unnumbered<R> = R extends unknown ? Omit<R, 'n' | 'bytes'> & { readonly bytes?: number } : never

/** A request without its number; `bytes` is filled in from the payload. */
export type SandboxAsk = Unnumbered<SandboxRequest>

export interface SandboxReply {
  readonly answer: SandboxAnswer
  /** What followed the answer: stdout, stderr, archive, as the answer's numbers say. Empty where nothing follows. */
  readonly bytes: Uint8Array
}

/** A sandbox process under test. */
export interface TestSandbox {
  readonly pid: number
  readonly depot: string
  /** Asks and waits for the answer, a refusal included; rejects when the process ends first. Many may be asked at once. */
  ask(request: SandboxAsk, bytes?: Uint8Array): Promise<SandboxReply>
  /** Writes bytes as they are to its standard input. */
  raw(bytes: Uint8Array): void
  /** Closes its standard input and waits until it is gone. */
  stop(): Promise<void>
}

export interface SandboxOptions {
  /** Started as this user, on a copy of the room that this user can read. */
  readonly as?: { readonly uid: number; readonly gid: number }
  /** A folder of the test's own; else one is made and removed at the end. */
  readonly depot?: string
  readonly env?: Readonly<Record<string, string>>
  /** Descriptors that it inherits besides the standard streams, as a careless parent would leave them: 3, 4 and so on. */
  readonly inherit?: readonly number[]
}

/** Starts the sandbox process as the runner does and speaks its contract. */
export async function startSandbox(options: SandboxOptions = {}): Promise<TestSandbox> {
  const root = resolve(import.meta.dirname, '../..')
  const scratch = mkdtempSync(join(tmpdir(), 'weir-box-'))
  chmodSync(scratch, 0o755)
  const depot = options.depot ?? join(scratch, 'depot')
  mkdirSync(depot, { recursive: true })
  const place = options.as ? copyRoom(root, scratch, depot, options.as) : { room: root, node: process.execPath }
  const child = spawn(
    place.node,
    ['--disable-warning=ExperimentalWarning', join(place.room, SANDBOX_ENTRY), '--depot', depot],
    { stdio: ['pipe', 'pipe', 'inherit', ...(options.inherit ?? [])], env: { ...options.env }, cwd: place.room, ...options.as },
  )
  const waiting = new Map<number, { give: (reply: SandboxReply) => void; fail: (why: Error) => void }>()
  const reader = new ReplyReader((reply) => {
    waiting.get(reply.answer.n)?.give(reply)
    waiting.delete(reply.answer.n)
  })
  child.stdin!.on('error', () => {})
  child.stdout!.on('data', (chunk: Uint8Array) => reader.push(chunk))
  let gone = false
  const ended = once(child, 'close').then(() => {
    gone = true
    for (const one of waiting.values()) one.fail(new Error('the sandbox process ended before it answered'))
    waiting.clear()
  })
  let count = 0
  return {
    pid: child.pid!,
    depot,
    ask: (request, bytes = new Uint8Array()) => {
      if (gone) return Promise.reject(new Error('the sandbox process is gone'))
      const n = ++count
      return new Promise((give, fail) => {
        waiting.set(n, { give, fail })
        const sized = TAKES_BYTES.has(request.do) ? { bytes: bytes.length } : {}
        child.stdin!.write(`${JSON.stringify({ ...request, ...sized, n })}\n`)
        if (bytes.length > 0) child.stdin!.write(bytes)
      })
    },
    raw: (bytes) => void child.stdin!.write(bytes),
    stop: async () => {
      child.stdin!.end()
      await ended
      rmSync(scratch, { recursive: true, force: true })
    },
  }
}

/** The same sandbox process, where whatever is opened has `floor` as its floor. */
export function atFloor(sandbox: TestSandbox, floor: Floor): TestSandbox {
  const ask: TestSandbox['ask'] = (request, bytes) => {
    if (request.do === 'open') return sandbox.ask({ ...request, spec: { ...request.spec, floor } }, bytes)
    if (request.do !== 'run') return sandbox.ask(request, bytes)
    return sandbox.ask({ ...request, spec: { ...request.spec, open: { ...request.spec.open, floor } } }, bytes)
  }
  return { ...sandbox, ask }
}

const TAKES_BYTES = new Set(['put', 'exec', 'run', 'fill'])
const GIVES_BYTES = new Set(['executed', 'got', 'ran'])

/** The sandbox process imports nothing but its room and two rooms of core, so these three and a Node are a whole one. */
function copyRoom(root: string, scratch: string, depot: string, as: { uid: number; gid: number }) {
  const room = join(scratch, 'room')
  for (const part of ['src/sandbox', 'src/core/sandbox', 'src/core/kernel'])
    cpSync(join(root, part), join(room, part), { recursive: true })
  copyFileSync(join(root, 'package.json'), join(room, 'package.json'))
  chownSync(depot, as.uid, as.gid)
  if (othersReach(process.execPath)) return { room, node: process.execPath }
  const node = join(scratch, 'node')
  copyFileSync(process.execPath, node)
  chmodSync(node, 0o755)
  return { room, node }
}

function othersReach(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    for (let at = dirname(path); at !== '/'; at = dirname(at)) if ((statSync(at).mode & 0o1) === 0) return false
    return (statSync(path).mode & 0o5) === 0o5
  } catch {
    return false
  }
}

/** Cuts the process's output into answers and the bytes that follow them. */
class ReplyReader {
  readonly #give: (reply: SandboxReply) => void
  #chunks: Uint8Array[] = []
  #held = 0
  #answer: SandboxAnswer | null = null
  #wants = 0

  constructor(give: (reply: SandboxReply) => void) {
    this.#give = give
  }

  push(chunk: Uint8Array): void {
    this.#chunks.push(chunk)
    this.#held += chunk.length
    if (this.#answer !== null && this.#held < this.#wants) return
    let rest = Buffer.concat(this.#chunks)
    for (;;) {
      if (this.#answer === null) {
        const end = rest.indexOf(10)
        if (end < 0) break
        this.#answer = JSON.parse(rest.toString('utf8', 0, end)) as SandboxAnswer
        rest = rest.subarray(end + 1)
        this.#wants = GIVES_BYTES.has(this.#answer.did) && 'bytes' in this.#answer ? this.#answer.bytes : 0
      }
      if (rest.length < this.#wants) break
      this.#give({ answer: this.#answer, bytes: rest.subarray(0, this.#wants) })
      rest = rest.subarray(this.#wants)
      this.#answer = null
    }
    this.#chunks = [rest]
    this.#held = rest.length
  }
}
