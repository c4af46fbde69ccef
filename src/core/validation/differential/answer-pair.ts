import type { BatchResult } from '../run/batch.ts'

/** What one build said to one input; `ofServer`: over a connection. */
export interface Answer extends BatchResult {
  readonly ofServer?: boolean
}

/** One input through the base twice and through the patched build. */
export interface AnswerPair {
  /** `benign`: given as one; `mutant`: one small change away from a benign one; `near-miss`: near the reproducer, and silent. */
  readonly origin: 'benign' | 'mutant' | 'near-miss'
  readonly name: string
  readonly base: Answer
  readonly again: Answer
  readonly patched: Answer
}

/** Answers that tell nothing of the patch: the base fires or was stopped, or does not answer itself twice alike. */
export function isComparable(pair: AnswerPair): boolean {
  const { base, again, patched } = pair
  if (base.sighting.fired || again.sighting.fired || base.sighting.stopped !== null || again.sighting.stopped !== null)
    return false
  if (patched.sighting.stopped === 'lost' || patched.sighting.stopped === 'closed') return false
  return base.answer === again.answer
}

/** Whether the patched build answers otherwise. */
export function isChanged(pair: AnswerPair): boolean {
  return pair.patched.sighting.fired || pair.patched.sighting.stopped !== null || pair.patched.answer !== pair.base.answer
}

/**
 * Whether the target took the input: a status below 400 where the answer is one of HTTP, else exit code 0. A server that says
 * nothing took nothing.
 */
export function isTaken(result: Answer): boolean {
  const { sighting, answerSay } = result
  if (sighting.fired || sighting.stopped !== null) return false
  const status = statusOf(answerSay)
  if (status !== null) return status < 400
  return sighting.exit === 0 && !(result.ofServer && /^exit 0$/.test(answerSay))
}

const REFUSAL =
  /error|invalid|refus|denied|forbid|illegal|malformed|unsafe|too (?:long|large|big|many|deep|short)|out of range|not allowed|bad\b|fail|reject|limit/i

/** Whether the patched build refuses what the base took: by its status or exit, or because its answer has words of refusal. */
export function isRefusedNow({ base, patched }: AnswerPair): boolean {
  return isTaken(base) && (!isTaken(patched) || REFUSAL.test(patched.answerSay))
}

/** A coarse kind of an answer: its HTTP status, or its exit and the first words with numbers taken out. */
export function shapeOf(result: Answer): string {
  const status = statusOf(result.answerSay)
  if (status !== null) return `status ${status}`
  // The excerpt opens with how it ended, `exit 0: `.
  const words = result.answerSay.slice(0, 200).split(/[\s=,;]+/, 4)
  return words.map((word, i) => (i < 2 ? word : word.replace(/[0-9]+/g, '0'))).join(' ')
}

function statusOf(say: string): number | null {
  const status = /HTTP\/1\.[01] ([1-5][0-9][0-9])\b/.exec(say.slice(0, 400))
  return status ? Number(status[1]) : null
}
