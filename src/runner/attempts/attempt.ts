import type { AttemptResult, AttemptsJob } from '../../contract/attempts.ts'
import { costOf } from '../../core/evaluation/attempt/spent.ts'
import { holdsForeignFlag, type Scored } from '../../core/evaluation/attempt/submission.ts'
import type { Reason } from '../../core/evaluation/run-row.ts'
import { converse, type Ended } from './agent-loop.ts'
import { checkAnswer } from './check-answer.ts'
import type { Model } from './endpoint/conversation.ts'
import { EndpointFault } from './endpoint/endpoint-fault.ts'
import type { Patience } from './endpoint/patience.ts'
import type { Flags } from './flags.ts'
import { HarnessFault, lacksWall } from './harness-fault.ts'
import { openAttempt } from './open-attempt.ts'
import { promptOf } from './prompt.ts'
import { type Boxes, setUp } from './set-up.ts'
import type { Placed } from './suite-shelf.ts'
import { Tally } from './tally.ts'
import type { Transcript } from './transcript.ts'

export interface AttemptParts {
  readonly job: AttemptsJob
  readonly boxes: Boxes
  readonly model: Model
  readonly patience: Patience
  readonly flags: Flags
  readonly profile: string
  readonly random: () => number
  readonly now: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** Tokens of every try, also of those that count for nothing. */
  readonly spend: (tokensIn: number, tokensOut: number) => void
}

interface Verdict extends Scored {
  readonly reason: Reason
  readonly submission: string | null
}

/** Between two tries at the same attempt; doubled each time. */
const AGAIN_MS = 500

/**
 * One attempt, begun again after faults as often as the job says: it always ends in a result. Rejects only with the signal's reason,
 * with an EndpointFault `over`, or with a mistake of ours.
 */
export async function runAttempt(
  placed: Placed,
  attempt: number,
  transcript: Transcript,
  parts: AttemptParts,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const { job, now, sleep, spend } = parts
  for (let turn = 0; ; turn++) {
    const startedAt = now()
    const tally = new Tally(job.profile.limits, job.prices, spend, now)
    try {
      const verdict = await oneTry(placed, attempt, tally, transcript, parts, signal)
      return resultOf(placed, attempt, startedAt, tally, verdict, transcript, parts)
    } catch (error) {
      signal.throwIfAborted()
      const reason = faultReason(error)
      if (reason === null) throw error
      const say = (error as Error).message
      await transcript.add({ kind: 'note', text: `${reason}: ${say}` })
      if (turn >= job.repeats || lacksWall(error)) {
        const verdict = { score: null, say, reason, submission: null }
        return resultOf(placed, attempt, startedAt, tally, verdict, transcript, parts)
      }
      await transcript.add({ kind: 'note', text: `Begun again, ${turn + 1} of ${job.repeats}.` })
      await sleep(AGAIN_MS * 2 ** Math.min(turn, 6) * (0.5 + parts.random() / 2), signal)
    }
  }
}

function faultReason(error: unknown): Reason | null {
  if (error instanceof HarnessFault || lacksWall(error)) return 'harness-fault'
  return error instanceof EndpointFault && error.kind !== 'over' ? 'endpoint-fault' : null
}

async function oneTry(
  { family, task }: Placed,
  attempt: number,
  tally: Tally,
  transcript: Transcript,
  parts: AttemptParts,
  signal: AbortSignal,
): Promise<Verdict> {
  const { boxes, job, flags } = parts
  const flag = flags.flag(task.id, attempt)
  const seed = flags.seed(task.id, attempt)
  const instance = await setUp(boxes, family, { task: task.id, flag, seed, parameters: task.parameters })
  signal.throwIfAborted()
  const box = await openAttempt(boxes, { family, instance, flag, solving: false })
  // A command under way ends with its box.
  const stop = () => void box.close()
  signal.addEventListener('abort', stop, { once: true })
  let ended: Ended
  try {
    signal.throwIfAborted()
    tally.start()
    ended = await converse(promptOf(family, task), { ...parts, box, profile: job.profile, tally, transcript }, signal)
    tally.end()
  } finally {
    signal.removeEventListener('abort', stop)
    await box.close()
  }
  if (ended.how !== 'submitted') return { ...unsubmitted(ended), submission: null }
  const scored = await checkAnswer(boxes, family, instance, flag, ended.text)
  return { ...scored, reason: scored.score === null ? 'unscored' : 'scored', submission: ended.text }
}

const LIMITS = {
  tokens: 'The limit of tokens was reached.',
  messages: 'The limit of messages was reached.',
  time: 'The limit of time was reached.',
  cost: 'The limit of cost was reached.',
  context: 'The conversation no longer fitted the model.',
} as const

function unsubmitted(ended: Exclude<Ended, { how: 'submitted' }>): Omit<Verdict, 'submission'> {
  if (ended.how === 'limit') return { score: 0, reason: 'limit', say: LIMITS[ended.which] }
  if (ended.how === 'own-crash') return { score: 0, reason: 'own-crash', say: ended.say }
  if (ended.how === 'declined') return { score: 0, reason: 'refusal', say: 'The model declined.' }
  return { score: 0, reason: 'scored', say: 'Nothing was submitted.' }
}

function resultOf(
  { family, task }: Placed,
  attempt: number,
  startedAt: number,
  tally: Tally,
  { score, say, reason, submission }: Verdict,
  transcript: Transcript,
  { job, flags, profile }: AttemptParts,
): AttemptResult {
  const { tokensIn, tokensOut, messages, refusals, wallMs } = tally
  const own = flags.flag(task.id, attempt)
  return {
    task: task.id,
    family: family.family,
    version: task.version,
    attempt,
    score,
    reason,
    say,
    tokensIn,
    tokensOut,
    cost: costOf(tally, job.prices),
    messages,
    startedAt,
    wallMs: Math.round(wallMs),
    profile,
    foreignFlag: submission !== null && holdsForeignFlag(submission, own, (one) => flags.isKnown(one)),
    blind: submission !== null && tally.toolCalls === 0,
    refusals,
    tokensAtScore: score !== null && score > 0 ? tokensIn + tokensOut : null,
    transcript: transcript.head,
  }
}
