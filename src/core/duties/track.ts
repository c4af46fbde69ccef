import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Mark } from './duty.ts'

/** Where something can be seen. The address is shown and never fetched. */
export interface Evidence {
  readonly title: string
  readonly address: string | null
  readonly mark: Mark
}

export type TrackStatus = 'not-reported' | 'reported-done' | 'disputed'

/** What has been said of one duty. Whether it is overdue follows from the date and stands nowhere here. */
export interface Track {
  readonly duty: string
  readonly version: number
  readonly status: TrackStatus
  readonly report: { readonly doneAt: Instant; readonly evidence: readonly Evidence[]; readonly at: Instant } | null
  readonly dispute: { readonly reason: string; readonly evidence: readonly Evidence[]; readonly at: Instant } | null
  /** Disputes that were answered. */
  readonly answered: readonly { readonly stands: boolean; readonly reason: string; readonly at: Instant }[]
  readonly notes: readonly { readonly text: string; readonly mark: Mark; readonly at: Instant }[]
}

export type TrackCommand =
  | { readonly do: 'report-done'; readonly doneAt: Instant; readonly evidence: readonly Evidence[] }
  /** The report was wrong. */
  | { readonly do: 'take-back'; readonly reason: string }
  | { readonly do: 'dispute'; readonly reason: string; readonly evidence: readonly Evidence[] }
  /** `stands`: the report does; otherwise the duty is open again. */
  | { readonly do: 'answer-dispute'; readonly stands: boolean; readonly reason: string }
  | { readonly do: 'note'; readonly text: string; readonly mark: Mark }

interface Of<Type extends string> {
  readonly type: Type
  readonly duty: string
  readonly at: Instant
  readonly by: Id<'person'> | null
}

export type TrackEvent =
  | (Of<'duty-reported'> & { readonly doneAt: Instant; readonly evidence: readonly Evidence[] })
  | (Of<'report-taken-back'> & { readonly reason: string })
  | (Of<'report-disputed'> & { readonly reason: string; readonly evidence: readonly Evidence[] })
  | (Of<'dispute-answered'> & { readonly stands: boolean; readonly reason: string })
  | (Of<'duty-noted'> & { readonly text: string; readonly mark: Mark })
