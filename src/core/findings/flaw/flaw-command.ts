import type { Id } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { Because } from '../cluster/holder.ts'
import type { Actor, FindingId, FlawId, Suggestion } from './flaw.ts'
import type { FlawJudgement } from './flaw-judgement.ts'

/** A finding as it comes to a flaw. */
export interface Arrival {
  readonly finding: FindingId
  readonly finder: Id<'organisation'>
  readonly receivedAt: Instant
}

interface By {
  readonly at: Instant
  readonly by: Actor
}

interface Why extends By {
  /** A sentence of whoever decides, kept with the decision. */
  readonly why: string
}

export type FlawCommand =
  | (By & { readonly type: 'open-flaw'; readonly flaw: FlawId; readonly title: string; readonly first: Arrival })
  | (By & { readonly type: 'join-finding'; readonly flaw: FlawId; readonly arrival: Arrival; readonly because: Because })
  | (By & { readonly type: 'raise-suggestion'; readonly flaw: FlawId; readonly suggestion: Suggestion })
  | (Why & { readonly type: 'merge-flaws'; readonly into: FlawId; readonly from: FlawId })
  | (Why & { readonly type: 'undo-merge'; readonly into: FlawId; readonly from: FlawId })
  | (Why & {
      readonly type: 'split-flaw'
      readonly flaw: FlawId
      readonly findings: readonly FindingId[]
      readonly fresh: FlawId
      readonly title: string
    })
  | (Why & { readonly type: 'undo-split'; readonly flaw: FlawId; readonly to: FlawId })
  | (Why & { readonly type: 'keep-apart'; readonly flaw: FlawId; readonly other: FlawId })
  | (Why & { readonly type: 'undo-apart'; readonly flaw: FlawId; readonly other: FlawId })
  | (By & { readonly type: 'judge-flaw'; readonly flaw: FlawId; readonly judgement: FlawJudgement })
  | (By & { readonly type: 'set-title'; readonly flaw: FlawId; readonly title: string })
