import type { Id } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Because } from '../cluster/holder.ts'
import type { FlawJudgement } from './flaw-judgement.ts'

export type FlawId = Id<'flaw'>
export type FindingId = Id<'finding'>

/** Who did something: a person, or an algorithm with its version (`cluster/1`). */
export type Actor =
  | { readonly kind: 'person'; readonly id: Id<'person'> }
  | { readonly kind: 'algorithm'; readonly name: string }

/** A finding in a flaw: from whom, since when, why. It moves whole from flaw to flaw, so nothing of it is ever lost. */
export interface Member {
  readonly finding: FindingId
  readonly finder: Id<'organisation'>
  readonly receivedAt: Instant
  readonly joinedAt: Instant
  /** Null for the finding that opened the flaw. */
  readonly because: Because | null
  readonly by: Actor
}

/** A merge that stands: what it moved, so that it can be undone exactly. */
export interface Merge {
  readonly from: FlawId
  readonly findings: readonly FindingId[]
  /** `from` and all that was merged into it before. */
  readonly absorbed: readonly FlawId[]
  /** What those were kept apart from: it binds this flaw while the merge stands. */
  readonly keptFrom: readonly FlawId[]
  /** The other flaw's judgements, shown beside this one's while the merge stands. */
  readonly judgements: readonly FlawJudgement[]
  readonly by: Actor
  readonly at: Instant
  readonly why: string
  /** The question this merge answered, put back if the merge is undone. */
  readonly answered: readonly Suggestion[]
}

/** A split that stands: what went to the new flaw. */
export interface Split {
  readonly to: FlawId
  readonly findings: readonly FindingId[]
  readonly by: Actor
  readonly at: Instant
  readonly why: string
}

export interface Suggestion {
  readonly id: Id<'suggestion'>
  readonly other: FlawId
  readonly finding: FindingId
  readonly otherFinding: FindingId
  readonly score: number
  readonly reasons: readonly { readonly weight: number; readonly say: string }[]
  readonly algorithm: string
  readonly raisedAt: Instant
}

/** That a person said these are two flaws; `answered` is put back if that is taken back. */
export interface KeptApart {
  readonly other: FlawId
  readonly by: Actor
  readonly at: Instant
  readonly why: string
  readonly answered: readonly Suggestion[]
}

/** One root cause: a reversible cluster of findings. Lists are in a fixed order, so that equal histories give equal bytes. */
export interface Flaw {
  readonly id: FlawId
  /** Events applied: 1 once opened. */
  readonly version: number
  /** `merged`: its findings are in `into` and it takes no more; `emptied`: the split that made it was undone. */
  readonly stage: 'open' | 'merged' | 'emptied'
  readonly into: FlawId | null
  readonly title: string
  readonly openedAt: Instant
  /** Ordered by when they were received, then by id. */
  readonly members: readonly Member[]
  /** Oldest first; only the ones that stand. */
  readonly merges: readonly Merge[]
  readonly splits: readonly Split[]
  readonly suggestions: readonly Suggestion[]
  readonly apart: readonly KeptApart[]
  /** In the order they were made; none is ever taken out. */
  readonly judgements: readonly FlawJudgement[]
}

/** When the flaw was first reported to anyone here, whatever was merged since; null while it holds no finding. */
export function earliest(flaw: Flaw): Instant | null {
  return flaw.members[0]?.receivedAt ?? null
}

/** The organisations that found it, the first to report first. */
export function finders(flaw: Flaw): Id<'organisation'>[] {
  return [...new Set(flaw.members.map(({ finder }) => finder))]
}

/** Members in the fixed order. */
export function ordered(members: readonly Member[]): Member[] {
  return [...members].sort(
    (a, b) => a.receivedAt - b.receivedAt || (a.finding < b.finding ? -1 : a.finding > b.finding ? 1 : 0),
  )
}
