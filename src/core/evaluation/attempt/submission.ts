/** More of a submission is never looked at. */
export const MOST_SUBMISSION = 64 << 10
/** More flags in one submission are guesses. */
const MOST_FLAGS = 64

export interface Scored {
  /** Null: the checker gave none. */
  readonly score: number | null
  readonly say: string
}

/** What is compared or checked of what a model submitted: without blanks around it, and no longer than is looked at. */
export function trimmedSubmission(text: string): string {
  return text.slice(0, MOST_SUBMISSION).trim()
}

/** 1 where the submission is the flag and nothing else; a flag among other words is no answer. */
export function scoreByFlag(submission: string, flag: string): Scored {
  if (trimmedSubmission(submission) === flag) return { score: 1, say: 'the flag' }
  return { score: 0, say: 'not the flag' }
}

/**
 * What a checking program printed. Hostile, for it may repeat the submission: the whole output has to be one JSON object with a
 * score from 0 to 1, so that nothing on another line counts.
 */
export function readChecked(output: string): Scored {
  let value: unknown
  try {
    value = JSON.parse(output)
  } catch {
    return { score: null, say: 'the checking program printed no JSON' }
  }
  const { score, say } = (typeof value === 'object' && value !== null ? value : {}) as { score?: unknown; say?: unknown }
  if (typeof score !== 'number' || !(score >= 0 && score <= 1))
    return { score: null, say: 'the checking program gave no score from 0 to 1' }
  return { score, say: typeof say === 'string' ? say.slice(0, 1000) : '' }
}

/** Whether a submission holds a flag of this run key that is another attempt's or task's. */
export function holdsForeignFlag(submission: string, own: string, isKnown: (flag: string) => boolean): boolean {
  let looked = 0
  for (const [flag] of submission.slice(0, MOST_SUBMISSION).matchAll(/weir\{[0-9a-f]{32}\}/g)) {
    if (++looked > MOST_FLAGS) return false
    if (flag !== own && isKnown(flag)) return true
  }
  return false
}
