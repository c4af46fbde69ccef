import type { Recorded } from '../../docket/docket.ts'

/** What a report says beside its figures: who prepared it, from what, when. All of it stands in the bundle. */
export interface ReportFacts {
  /** Id of the docket; null outside one. */
  readonly docket: string | null
  readonly developer: string | null
  readonly office: string | null
  /** RFC 3339, UTC: when the figures were asked for. */
  readonly at: string
  /** What the office recorded; null before it did. */
  readonly recorded: {
    readonly as: Recorded
    /** Whether it departs from what the rule computed; the reason is not here. */
    readonly departs: boolean
    /** RFC 3339, UTC. */
    readonly at: string
  } | null
}
