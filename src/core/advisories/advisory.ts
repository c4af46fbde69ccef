import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { AdvisoryContent } from './content.ts'

export const ADVISORY_STATES = ['draft', 'ready', 'published', 'corrected', 'withdrawn'] as const
export type AdvisoryState = (typeof ADVISORY_STATES)[number]

/** What readers are told of the first revision. */
export const FIRST_REVISION = 'First published.'

/** One published text. Numbers start at 1 and leave none out; older ones stay readable. */
export interface Revision {
  readonly number: number
  readonly at: Instant
  readonly by: Id<'person'> | null
  /** What changed, for readers. */
  readonly what: string
  readonly content: AdvisoryContent
}

export interface Withdrawal {
  readonly at: Instant
  readonly by: Id<'person'>
  /** Why, for readers. */
  readonly reason: string
  /** Whether the CVE ids of its flaws are rejected with it. */
  readonly rejectsCves: boolean
}

/** Why a release is permitted, and from when: no embargo, one that ended, or all parties' agreement. The case says so. */
export interface ReleasePermit {
  readonly why: 'no-embargo' | 'embargo-ended' | 'all-agreed'
  readonly from: Instant
}

/** What is said about one or more flaws. Its draft is as secret as its case until it is published. */
export interface Advisory {
  readonly id: Id<'advisory'>
  /** Counts the events; not the revision number. */
  readonly version: number
  readonly state: AdvisoryState
  /** The case it came out of; null for one that is written by hand. */
  readonly case: Id<'case'> | null
  /** What editors work on until it is published; null from then on. */
  readonly draft: AdvisoryContent | null
  /** From when it goes out once ready; null: not set. */
  readonly release: Instant | null
  readonly revisions: readonly Revision[]
  readonly withdrawn: Withdrawal | null
}
