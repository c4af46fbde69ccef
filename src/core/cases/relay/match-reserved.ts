import { type Instant, MINUTE } from '../../kernel/instant.ts'

/** One id as CVE Services lists it. It keeps no comment, so that only user, year and time can tell whose it is. */
export interface ListedId {
  readonly id: string
  readonly state: string
  readonly user: string
  readonly reserved: Instant
}

/** When a reservation that got no answer was under way. */
export interface LostWindow {
  readonly since: Instant
  readonly until: Instant
  readonly year: number
}

export type Match =
  | { readonly found: 'one'; readonly id: string }
  /** Nothing was reserved: it is safe to ask again. */
  | { readonly found: 'none' }
  /** A person chooses. */
  | { readonly found: 'several'; readonly ids: readonly string[] }

/** Two clocks may differ by this much. */
export const SKEW = 5 * MINUTE

/**
 * Which listed id a lost reservation got: reserved by our user within its window and belonging to no flaw yet. One id for one lost
 * reservation is an answer; one id while another lost reservation overlaps (`others`) is a person's choice.
 */
export function matchReserved(
  listed: readonly ListedId[],
  lost: LostWindow,
  others: readonly LostWindow[],
  user: string,
  bound: (id: string) => boolean,
): Match {
  const from = lost.since - SKEW
  const to = lost.until + SKEW
  const ids = listed
    .filter((one) => one.state === 'RESERVED' && one.user === user && one.id.startsWith(`CVE-${lost.year}-`))
    .filter(({ id, reserved }) => reserved >= from && reserved <= to && !bound(id))
    .map(({ id }) => id)
  const [first] = ids
  if (first === undefined) return { found: 'none' }
  const rivals = others.some(({ since, until, year }) => year === lost.year && since - SKEW <= to && until + SKEW >= from)
  return ids.length === 1 && !rivals ? { found: 'one', id: first } : { found: 'several', ids }
}
