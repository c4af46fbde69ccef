/** What a report says beside its figures: who prepared it, from what, when. All of it stands in the bundle. */
export interface ReportFacts {
  /** Id of the docket; null outside one. */
  readonly docket: string | null
  readonly developer: string | null
  readonly office: string | null
  /** RFC 3339, UTC: when the figures were asked for. */
  readonly at: string
}
