import { createHash } from 'node:crypto'
import type { AttemptResult, AttemptsJob } from '../../contract/attempts.ts'
import { profileDigest } from '../../core/evaluation/attempt/profile-digest.ts'
import { costOf } from '../../core/evaluation/attempt/spent.ts'
import { timeLeft } from '../../core/evaluation/attempt/time-left.ts'
import { Failure } from '../failure.ts'
import type { SandboxClient } from '../sandbox/sandbox-client.ts'
import { type AttemptParts, runAttempt } from './attempt.ts'
import { EndpointFault } from './endpoint/endpoint-fault.ts'
import { openModel } from './endpoint/open-model.ts'
import { PATIENCE } from './endpoint/patience.ts'
import { Flags, PROOF_ATTEMPT } from './flags.ts'
import type { Tell } from './outlet.ts'
import { type Proof, ProofBook, proveTask } from './proofs.ts'
import type { Boxes } from './set-up.ts'
import { type Placed, SuiteShelf } from './suite-shelf.ts'
import { Transcript } from './transcript.ts'

/** What a run set needs of its surroundings. */
export interface Surroundings {
  readonly client: SandboxClient
  /** A folder of ours for what reference solutions have proved. */
  readonly proofs: string
  readonly tell: Tell
  readonly now: () => number
  readonly random: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
}

const MOST_IN_ALL = 1_000_000
const MOST_IDLE_MS = 120_000
const LEAST_IDLE_MS = 1000
const CALL_MS = 20 * 60_000
const ANSWER_BYTES = 8 << 20
const GRACE_MS = 3000
/** Progress is told after each attempt, and so often in long ones. */
const BEAT_MS = 5000

/** An endpoint that says nothing is given up long before the model's own time is over, so that it is not the model that fails. */
const idleOf = (wallMs: number) => Math.min(MOST_IDLE_MS, Math.max(LEAST_IDLE_MS, wallMs / 4))

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/**
 * Runs a suite's tasks against a model and tells a result of each attempt that the job does not name as done. When `signal` stops it,
 * attempts under way count for nothing and have no result. Rejects with Failure where the suite or this machine is not fit.
 */
export async function runAttempts(job: AttemptsJob, around: Surroundings, signal: AbortSignal): Promise<void> {
  const set = new RunSet(job, around)
  await set.run(signal)
}

/** An attempt that is still to be made. */
interface Left {
  readonly placed: Placed
  readonly attempt: number
}

class RunSet {
  readonly #job: AttemptsJob
  readonly #around: Surroundings
  readonly #shelf: SuiteShelf
  readonly #tasks: readonly Placed[]
  readonly #book: ProofBook
  readonly #parts: AttemptParts
  readonly #proofs = new Map<string, Promise<Proof>>()
  #boxes = 0
  #total = 0
  #done = 0
  #ended = 0
  #endedMs = 0
  #tokensIn = 0
  #tokensOut = 0
  /** Why nothing passes at the endpoint any more. */
  #over: EndpointFault | null = null

  constructor(job: AttemptsJob, around: Surroundings) {
    const { client, now, random, sleep } = around
    this.#job = job
    this.#around = around
    this.#shelf = new SuiteShelf(job.suite, client)
    this.#tasks = this.#shelf.tasks(job.tasks)
    this.#book = new ProofBook(around.proofs)
    const ids = this.#shelf.tasks(null).map(({ task }) => task.id)
    const bounds = { idleMs: idleOf(job.profile.limits.wallMs), callMs: CALL_MS, bytes: ANSWER_BYTES }
    this.#parts = {
      job,
      boxes: { client, shelf: this.#shelf, name: () => `attempts-${process.pid}-${++this.#boxes}` } satisfies Boxes,
      model: openModel(job.endpoint.api, { ...job.endpoint, bounds, now }),
      patience: PATIENCE,
      flags: new Flags(job.runKey, this.#shelf.suite.name, ids, job.attempts),
      profile: profileDigest(job.profile, sha256),
      random,
      now,
      sleep,
      spend: (tokensIn, tokensOut) => {
        this.#tokensIn += tokensIn
        this.#tokensOut += tokensOut
      },
    }
  }

  async run(signal: AbortSignal): Promise<void> {
    const { attempts, done, atOnce } = this.#job
    const { tell, client } = this.#around
    const { name, version } = this.#shelf.suite
    // One that has no wall at all says so before anything is asked.
    await client.tiers()
    const before = new Set(done)
    this.#total = this.#tasks.length * attempts
    const left = this.#left(before)
    this.#done = this.#total - left.length
    await tell({ event: 'ready', suite: name, version, tasks: this.#tasks.length, total: this.#total })
    await this.#progress()
    const beat = setInterval(() => void this.#progress(), BEAT_MS)
    const failed = await this.#workThrough(left, atOnce, signal).finally(() => clearInterval(beat))
    if (failed !== null && !signal.aborted) throw failed.error
    await tell({ event: 'done', done: this.#done, stopped: signal.aborted })
  }

  /** Works through what is left; a mistake in one stops the others, and is answered when they have ended. */
  async #workThrough(left: readonly Left[], atOnce: number, stopped: AbortSignal): Promise<{ readonly error: unknown } | null> {
    const stopper = new AbortController()
    const signal = AbortSignal.any([stopped, stopper.signal])
    // What does not end by itself soon, such as a setup, ends with its sandbox.
    const end = () => setTimeout(() => void this.#around.client.stop(), GRACE_MS).unref()
    signal.addEventListener('abort', end, { once: true })
    let next = 0
    let failed: { readonly error: unknown } | null = null
    const worker = async () => {
      try {
        for (let one = left[next++]; one !== undefined && !signal.aborted; one = left[next++]) await this.#one(one, signal)
      } catch (error) {
        failed ??= { error }
        stopper.abort(error)
      }
    }
    await Promise.all(Array.from({ length: Math.min(atOnce, left.length) }, worker))
    signal.removeEventListener('abort', end)
    return failed
  }

  /** First attempts of all tasks before second ones, so that a run set that is stopped says something about each. */
  #left(before: ReadonlySet<string>): readonly Left[] {
    if (this.#total > MOST_IN_ALL) throw new Failure('job.too-large', `It is more than ${MOST_IN_ALL} attempts.`)
    return Array.from({ length: this.#job.attempts }, (_, n) => n + 1).flatMap((attempt) =>
      this.#tasks.filter(({ task }) => !before.has(`${task.id}#${attempt}`)).map((placed) => ({ placed, attempt })),
    )
  }

  async #one({ placed, attempt }: Left, signal: AbortSignal): Promise<void> {
    const { tell, now } = this.#around
    const { id } = placed.task
    const transcript = new Transcript((lines) => tell({ event: 'transcript', task: id, attempt, lines }), now)
    const began = now()
    let result: AttemptResult | null = null
    try {
      const proof = this.#over === null ? await this.#prove(placed, signal) : null
      if (this.#over !== null) result = await this.#notRun(placed, attempt, 'endpoint-fault', this.#over.message, transcript)
      else if (proof !== null) result = await this.#notRun(placed, attempt, 'unscored', proof, transcript)
      else result = await runAttempt(placed, attempt, transcript, this.#parts, signal)
    } catch (error) {
      if (signal.aborted) await transcript.add({ kind: 'note', text: 'Stopped; this counts for nothing.' })
      else if (!(error instanceof EndpointFault)) throw error
      else {
        this.#over ??= error
        result = await this.#notRun(placed, attempt, 'endpoint-fault', error.message, transcript)
      }
    }
    await transcript.flush()
    if (result === null) return
    this.#done++
    this.#ended++
    this.#endedMs += now() - began
    await tell({ event: 'attempt', result })
    await this.#progress()
  }

  /** A result of an attempt that was not made, or not to its end: missing, with the reason. */
  async #notRun(
    { family, task }: Placed,
    attempt: number,
    reason: 'endpoint-fault' | 'unscored',
    say: string,
    transcript: Transcript,
  ): Promise<AttemptResult> {
    await transcript.add({ kind: 'note', text: `Not run: ${say}` })
    const nothing = { tokensIn: 0, tokensOut: 0, messages: 0, refusals: 0, wallMs: 0 }
    return {
      ...{ task: task.id, family: family.family, version: task.version, attempt, score: null, reason },
      ...{ say: `Not run: ${say}`, ...nothing, cost: costOf(nothing, this.#job.prices), startedAt: this.#around.now() },
      ...{ profile: this.#parts.profile, foreignFlag: false, blind: false, tokensAtScore: null },
      transcript: transcript.head,
    }
  }

  /** Whether a task's reference solution solves it: asked once, remembered where it does. */
  #prove(placed: Placed, signal: AbortSignal): Promise<Proof> {
    const { id } = placed.task
    let proof = this.#proofs.get(id)
    if (proof === undefined) {
      proof = this.#proveNow(placed, signal)
      this.#proofs.set(id, proof)
    }
    return proof
  }

  async #proveNow(placed: Placed, signal: AbortSignal): Promise<Proof> {
    const { id } = placed.task
    const { flags, boxes } = this.#parts
    const key = this.#shelf.proofKey(placed)
    if (this.#book.has(key)) return null
    let proof: Proof = null
    // A sandbox process that was killed says nothing about a solution.
    for (let turn = 0; turn <= this.#job.repeats; turn++) {
      signal.throwIfAborted()
      proof = await proveTask(boxes, placed, { flag: flags.flag(id, PROOF_ATTEMPT), seed: flags.seed(id, PROOF_ATTEMPT) })
      if (proof === null) {
        this.#book.note(key)
        return null
      }
    }
    signal.throwIfAborted()
    await this.#around.tell({ event: 'unsolved-reference', task: id, say: proof ?? '' })
    return proof
  }

  #progress(): Promise<void> {
    const pace = {
      done: this.#ended,
      total: this.#ended + this.#total - this.#done,
      atOnce: this.#job.atOnce,
      endedMs: this.#endedMs,
    }
    const spent = { tokensIn: this.#tokensIn, tokensOut: this.#tokensOut }
    return this.#around.tell({
      event: 'progress',
      done: this.#done,
      total: this.#total,
      tokens: spent.tokensIn + spent.tokensOut,
      cost: costOf(spent, this.#job.prices),
      leftMs: timeLeft(pace),
    })
  }
}
