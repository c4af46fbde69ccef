import { DAY, type Instant } from '../kernel/instant.ts'
import type { OptOutSays } from './opt-out.ts'

/** Coordination asks that somebody look at a critical target. */
export interface RequestFacts {
  /** 1 to 100, as coordination stated it with a source. */
  readonly criticality: number
  /** When somebody last looked, as far as this viewer may know; null: never. */
  readonly lastLook: Instant | null
  readonly optOuts: readonly OptOutSays['kind'][]
  /** Somebody has taken the request and still holds it. */
  readonly taken: boolean
}

/** After this many days without a look a target counts as never looked at. */
export const STALE_DAYS = 365

/** The rule of `scanScore` in words, shown beside every list. */
export const SCORE_RULE =
  'weir/scan-request/1: criticality (1 to 100) × days since the last look, at most 365, ÷ 365; a target nobody looked at counts as 365 days. Halved where the project wants to be asked first. Not offered where it wants no scans.'

/** How much a look at a target is wanted, 0 to 100; null: not offered, because its project wants no scans. */
export function scanScore(facts: RequestFacts, now: Instant): number | null {
  if (facts.optOuts.includes('no-scans')) return null
  const days = facts.lastLook === null ? STALE_DAYS : Math.min(STALE_DAYS, Math.max(0, (now - facts.lastLook) / DAY))
  const asked = facts.optOuts.includes('with-consent') ? 2 : 1
  return Math.round((100 * facts.criticality * days) / STALE_DAYS / asked) / 100
}

/** The requests in the order they are offered: free ones first, the highest score first, then by id. Unoffered ones are left out. */
export function rankRequests<T extends { readonly id: string } & RequestFacts>(
  requests: readonly T[],
  now: Instant,
): readonly (T & { readonly score: number })[] {
  return requests
    .flatMap((one) => {
      const score = scanScore(one, now)
      return score === null ? [] : [{ ...one, score }]
    })
    .sort((a, b) => Number(a.taken) - Number(b.taken) || b.score - a.score || (a.id < b.id ? -1 : 1))
}
