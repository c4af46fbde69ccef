import type { Id } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'

/** Who judges. Their values stand side by side; on display the vendor's verdict and severity are the flaw's own. */
export type Judge = 'finder' | 'clearinghouse' | 'vendor'

export type Verdict = 'flaw' | 'not-a-flaw' | 'cannot-tell' | 'wont-fix'

/** One judgement of one side on one thing. A later one of the same side supersedes it; another side's never does. */
export interface FlawJudgement {
  readonly id: Id<'judgement'>
  readonly judge: Judge
  readonly on: 'severity' | 'verdict'
  /** A CVSS vector, a word, or a `Verdict`. */
  readonly value: string
  readonly why: string
  /** The person who made it or entered it for that side. */
  readonly by: Id<'person'>
  readonly organisation: Id<'organisation'> | null
  readonly at: Instant
}

const VERDICTS: readonly string[] = ['flaw', 'not-a-flaw', 'cannot-tell', 'wont-fix'] satisfies Verdict[]

export function isVerdict(value: string): value is Verdict {
  return VERDICTS.includes(value)
}

/** The judgement of each side that stands: its latest on that thing. Absent where a side has said nothing. */
export function standing(judgements: readonly FlawJudgement[], on: FlawJudgement['on']): Partial<Record<Judge, FlawJudgement>> {
  const out: Partial<Record<Judge, FlawJudgement>> = {}
  for (const one of judgements) if (one.on === on) out[one.judge] = one
  return out
}

/** What is shown of a flaw: its own judgements and those of the flaws merged into it, in the order they were made. */
export function shown(flaw: {
  readonly judgements: readonly FlawJudgement[]
  readonly merges: readonly { readonly judgements: readonly FlawJudgement[] }[]
}): FlawJudgement[] {
  const all = [...flaw.merges.flatMap(({ judgements }) => judgements), ...flaw.judgements]
  return all.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
}
