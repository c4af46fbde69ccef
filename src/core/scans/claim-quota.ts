import type { ClaimState } from './claim.ts'

/** How much one organisation may claim; the operator of an instance may set others. */
export interface ClaimQuota {
  /** Active at once. */
  readonly open: number
  /** Active at once without path and without weakness class. */
  readonly whole: number
  /** Made in one day (UTC). */
  readonly day: number
  /** Of those made in one day, how many may have overlapped others: an overlap is something learned. */
  readonly overlaps: number
}

export const CLAIM_QUOTA: ClaimQuota = { open: 60, whole: 8, day: 100, overlaps: 12 }

/** What an organisation holds and did, before a new claim of it is judged. */
export interface ClaimStanding {
  readonly open: number
  readonly whole: number
  readonly day: number
  readonly overlaps: number
  /** Its newest claim of the same place that has ended, if there is one. */
  readonly before: { readonly state: ClaimState; readonly renewals: number; readonly endedAt: number } | null
}

export const NO_STANDING: ClaimStanding = { open: 0, whole: 0, day: 0, overlaps: 0, before: null }
