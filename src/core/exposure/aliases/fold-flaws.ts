import type { RecordMatch } from '../look-up.ts'
import type { Match } from '../match.ts'
import { better } from '../weigh-matches.ts'
import { foldedId } from './flaw-names.ts'
import type { JoinedAliases } from './join-aliases.ts'

/** One flaw in one component, however many databases name it. */
export interface FlawMatch {
  readonly primary: string
  readonly ids: readonly string[]
  /** CVE ids that its record is about and no other record here speaks of: a record of several is one flaw, and each may be listed. */
  readonly covers: readonly string[]
  /** What the records come to together: a yes before an unknown, and of several ends the newest. */
  readonly match: Match
  /** Every record that says so, by id. */
  readonly records: readonly RecordMatch[]
}

/**
 * One entry per flaw of one component's matches, by primary id. A record of several CVE ids counts by itself only where one of
 * those it covers is not found by another record.
 */
export function foldFlaws(matches: readonly RecordMatch[], joined: Pick<JoinedAliases, 'groupOf'>): FlawMatch[] {
  const flaws = new Map<string, { ids: readonly string[]; covers: readonly string[]; match: Match; records: RecordMatch[] }>()
  for (const found of matches) {
    const group = joined.groupOf(found.record.id)
    const primary = group?.primary ?? foldedId(found.record.id)
    const held = flaws.get(primary)
    if (held === undefined) {
      const ids = group?.ids ?? [primary]
      flaws.set(primary, { ids, covers: group?.covers ?? [], match: found.match, records: [found] })
    } else {
      held.match = better(held.match, found.match)
      held.records.push(found)
    }
  }
  for (const [primary, { covers, match, records }] of flaws) {
    const others = covers.map((id) => flaws.get(id))
    const counted =
      covers.length > 0 && others.every((other) => other?.match.affected === 'yes' || other?.match.affected === match.affected)
    if (!counted) {
      const held = flaws.get(primary)!
      held.covers = covers.filter((_, n) => others[n]?.match.affected !== 'yes')
      continue
    }
    for (const other of others) other?.records.push(...records)
    flaws.delete(primary)
  }
  return [...flaws].map(([primary, flaw]) => ({ primary, ...flaw })).sort((a, b) => (a.primary < b.primary ? -1 : 1))
}
