// What an embargo policy can say, as data. A day in a rule is 24 hours counted from an instant: neither a change to summer time nor
// a leap day lengthens it. Where a published text means calendar days of some place, it names no place, so none is guessed.

/** Classes by precedence, the strongest first: an agreement among parties can set a default aside, never what stands before it. */
export const POLICY_CLASSES = ['upstream', 'list', 'negotiated', 'default'] as const
export type PolicyClass = (typeof POLICY_CLASSES)[number]

/** From when a rule counts. `owned`: the later of validated and owned. `fix`: a fix is ready. `patch`: users can have it. */
export type Anchor = 'report' | 'owned' | 'fix' | 'patch' | 'exploited'

export type Condition = 'exploited' | 'exploited-critical'

/** More days than the rule's own, when somebody asks: to a maintainer at work on it, or for an exceptional reason. */
export interface Extension {
  readonly days: number
  readonly when: 'engaged' | 'exceptional'
}

/** What may be told of a report while its flaw is secret; nothing technical is in this list. */
export type ExistenceField = 'vendor' | 'product' | 'report-date' | 'deadline'

export type EmbargoRule =
  | {
      readonly kind: 'end'
      readonly id: string
      readonly from: Anchor
      readonly days: number
      readonly only: Condition | null
      readonly extension: Extension | null
    }
  /** From the report; no extension goes past it. `prefer`: days that the text would rather see. */
  | { readonly kind: 'maximum'; readonly id: string; readonly days: number; readonly prefer: number | null }
  /** Technical details wait so long after the patch, where it came in time; `latestDays` from the report is the last of it. */
  | { readonly kind: 'details'; readonly id: string; readonly days: number; readonly latestDays: number | null }
  /** So many days after the report its existence is told, with these fields and no other. */
  | { readonly kind: 'existence'; readonly id: string; readonly days: number; readonly shows: readonly ExistenceField[] }
  | { readonly kind: 'public-at-once'; readonly id: string; readonly only: 'ai-found' }
  /** No end but by consent. */
  | { readonly kind: 'open-ended'; readonly id: string }
  /** Something the text says that moves no instant and that a person should know. */
  | { readonly kind: 'notice'; readonly id: string; readonly when: NoticeTime; readonly say: string }

export type NoticeTime = 'always' | 'ai-found' | 'exploited' | 'patched'

/** Where a policy was read. Dates as far as they are known: `2026-03-06`, `2026-08`, null. */
export interface Citation {
  readonly document: string
  readonly dated: string | null
  readonly read: string
}

export interface EmbargoPolicy {
  readonly id: string
  readonly version: string
  readonly name: string
  readonly class: PolicyClass
  readonly source: Citation
  readonly rules: readonly EmbargoRule[]
}

/** An exact end, nothing held and nothing to wait for, or no end known. */
export type When<At extends number = number> = At | 'public-now' | null
