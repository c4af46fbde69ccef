import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { SANDBOX_ENTRY, type SandboxAnswer, type SandboxRequest, type TreeFacts } from '../../core/sandbox/contract.ts'
import { Failure } from '../failure.ts'
import { Frames } from './frames.ts'

type Unnumbered<R> = R extends SandboxRequest ? Omit<R, 'n'> : never
/** A request without its number, which the client chooses. */
export type Asked = Unnumbered<SandboxRequest>
type Did = Exclude<SandboxAnswer['did'], 'refused'>
type AnswerOf<D extends Did> = Extract<SandboxAnswer, { did: D }>

export interface Answered<D extends Did> {
  readonly answer: AnswerOf<D>
  readonly bytes: Buffer
}

interface Waiting {
  readonly resolve: (answered: { answer: SandboxAnswer; bytes: Buffer }) => void
  readonly reject: (error: Failure) => void
}

const ROOT = resolve(import.meta.dirname, '..', '..', '..')
// It needs to find bubblewrap and its kin, and nothing of ours.
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' }
const MOST_DEATHS = 3
const DEATHS_WITHIN_MS = 60_000
const KEPT_WORDS = 2000

export type Start = () => ChildProcess

/** Starts the sandbox process of this project on a depot. */
export function startSandbox(depot: string): Start {
  const words = ['--disable-warning=ExperimentalWarning', join(ROOT, SANDBOX_ENTRY), '--depot', depot]
  return () => spawn(process.execPath, words, { cwd: '/', env: ENVIRONMENT, stdio: ['pipe', 'pipe', 'pipe'], detached: true })
}

/**
 * Speaks to the sandbox process, many requests at once. One that died is started again at the next request; what was under way
 * fails as `sandbox.failed`. Three deaths within a minute: every request fails with what the process said last.
 */
export class SandboxClient {
  readonly #start: Start
  readonly #now: () => number
  readonly #used: (tree: TreeFacts) => void
  readonly #waiting = new Map<number, Waiting>()
  #deaths: number[] = []
  #child: ChildProcess | null = null
  #last = ''
  #n = 0
  #stopped = false
  #tiers: Promise<AnswerOf<'tiers'>> | null = null

  /** `used` hears of every tree of the depot that an answer names. */
  constructor(start: Start, now: () => number = () => performance.now(), used: (tree: TreeFacts) => void = () => {}) {
    this.#start = start
    this.#now = now
    this.#used = used
  }

  /** Which tiers are here. Tried once while the process lives: each try opens them all. */
  tiers(): Promise<AnswerOf<'tiers'>> {
    this.#tiers ??= this.ask({ do: 'tiers' }, 'tiers').then(({ answer }) => answer)
    this.#tiers.catch(() => this.forget())
    return this.#tiers
  }

  /** Forgets which tiers were here: somebody may have installed one. */
  forget(): void {
    this.#tiers = null
  }

  /** One request and its bytes; throws Failure with the sandbox's code where it refuses. */
  async ask<D extends Did>(request: Asked, did: D, bytes: readonly Uint8Array[] = []): Promise<Answered<D>> {
    const { answer, bytes: got } = await this.#send(request, bytes)
    if (answer.did === 'refused') throw new Failure(answer.code, answer.say, { mend: answer.mend })
    if (answer.did !== did) throw new Failure('sandbox.failed', `The sandbox answered "${answer.did}" to "${request.do}".`)
    const tree = treeOf(answer)
    if (tree !== null) this.#used(tree)
    return { answer: answer as AnswerOf<D>, bytes: got }
  }

  /** Ends the process and everything in it. */
  async stop(): Promise<void> {
    this.#stopped = true
    const child = this.#child
    if (child === null || child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
    child.stdin?.end()
    const kill = setTimeout(() => child.kill('SIGKILL'), 5000)
    child.kill('SIGTERM')
    await ended
    clearTimeout(kill)
  }

  #send(request: Asked, bytes: readonly Uint8Array[]): Promise<{ answer: SandboxAnswer; bytes: Buffer }> {
    return new Promise((resolve, reject) => {
      const child = this.#running()
      if (child === null) {
        reject(this.#dead())
        return
      }
      const n = ++this.#n
      this.#waiting.set(n, { resolve, reject })
      child.stdin?.write(`${JSON.stringify({ n, ...request })}\n`)
      for (const part of bytes) if (part.length > 0) child.stdin?.write(part)
    })
  }

  #running(): ChildProcess | null {
    if (this.#stopped) return null
    if (this.#child !== null) return this.#child
    const since = this.#now() - DEATHS_WITHIN_MS
    this.#deaths = this.#deaths.filter((at) => at > since)
    if (this.#deaths.length >= MOST_DEATHS) return null
    const child = this.#start()
    const frames = new Frames()
    child.stdout?.on('data', (chunk: Buffer) => {
      try {
        for (const { head, bytes } of frames.push(chunk)) this.#take(head, bytes)
      } catch {
        this.#last = 'it broke the rules of its own wire'
        child.kill('SIGKILL')
      }
    })
    child.stderr?.on('data', (chunk: Buffer) => {
      this.#last = (this.#last + chunk.toString('utf8')).slice(-KEPT_WORDS)
    })
    // A pipe that breaks is told by the process's end.
    child.stdin?.on('error', () => {})
    child.once('error', (error) => this.#ended(child, error.message))
    child.once('close', () => this.#ended(child, ''))
    this.#child = child
    return child
  }

  #take(head: Readonly<Record<string, unknown>>, bytes: Buffer): void {
    const n = head['n']
    if (typeof n !== 'number') return
    const waiting = this.#waiting.get(n)
    this.#waiting.delete(n)
    waiting?.resolve({ answer: head as unknown as SandboxAnswer, bytes })
  }

  #ended(child: ChildProcess, say: string): void {
    if (this.#child !== child) return
    this.#child = null
    this.#tiers = null
    if (say !== '') this.#last = say
    if (!this.#stopped) this.#deaths.push(this.#now())
    const waiting = [...this.#waiting.values()]
    this.#waiting.clear()
    for (const one of waiting) one.reject(this.#dead())
  }

  #dead(): Failure {
    if (this.#stopped) return new Failure('sandbox.failed', 'The sandbox was stopped.')
    const said = this.#last.trim()
    return new Failure('sandbox.failed', `The sandbox process ended${said === '' ? '.' : `: ${said}`}`, { mend: 'weir doctor' })
  }
}

function treeOf(answer: SandboxAnswer): TreeFacts | null {
  if (answer.did === 'kept' || answer.did === 'filled') return answer
  if (answer.did === 'ran') return answer.kept
  return answer.did === 'has' ? answer.tree : null
}
