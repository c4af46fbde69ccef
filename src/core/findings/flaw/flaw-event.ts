import type { Instant } from '../../kernel/instant.ts'
import type { Actor, FindingId, FlawId, KeptApart, Member, Merge, Split, Suggestion } from './flaw.ts'
import type { FlawJudgement } from './flaw-judgement.ts'

interface Of<Type extends string> {
  readonly type: Type
  /** The flaw whose event this is. What touches two flaws is one event of each, stored together. */
  readonly flaw: FlawId
  readonly at: Instant
}

export type FlawEvent =
  | (Of<'flaw-opened'> & { readonly title: string; readonly first: Member })
  | (Of<'finding-joined'> & { readonly member: Member })
  | (Of<'suggestion-raised'> & { readonly suggestion: Suggestion })
  | (Of<'flaws-merged'> & { readonly side: 'into'; readonly merge: Merge; readonly members: readonly Member[] })
  | (Of<'flaws-merged'> & { readonly side: 'from'; readonly into: FlawId; readonly by: Actor; readonly why: string })
  | (Of<'merge-undone'> & { readonly side: 'into'; readonly from: FlawId; readonly by: Actor; readonly why: string })
  | (Of<'merge-undone'> & {
      readonly side: 'from'
      readonly members: readonly Member[]
      readonly by: Actor
      readonly why: string
    })
  | (Of<'flaw-split'> & { readonly side: 'from'; readonly split: Split })
  | (Of<'flaw-split'> & {
      readonly side: 'new'
      readonly from: FlawId
      readonly title: string
      readonly members: readonly Member[]
      readonly by: Actor
      readonly why: string
    })
  | (Of<'split-undone'> & {
      readonly side: 'from'
      readonly to: FlawId
      readonly members: readonly Member[]
      readonly by: Actor
      readonly why: string
    })
  | (Of<'split-undone'> & {
      readonly side: 'new'
      readonly into: FlawId
      readonly findings: readonly FindingId[]
      readonly by: Actor
      readonly why: string
    })
  | (Of<'kept-apart'> & { readonly kept: KeptApart })
  | (Of<'apart-undone'> & { readonly other: FlawId; readonly by: Actor; readonly why: string })
  | (Of<'flaw-judged'> & { readonly judgement: FlawJudgement })
  | (Of<'title-set'> & { readonly title: string; readonly by: Actor })
