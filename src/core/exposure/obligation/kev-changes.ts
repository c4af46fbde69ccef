import type { Instant } from '../../kernel/instant.ts'
import type { Change } from './change.ts'
import type { KevEntry } from './signals.ts'

/** A change of one CVE's listing, for every obligation about that CVE. */
export interface ListingChange {
  readonly cve: string
  readonly change: Extract<Change, { of: 'kev' }>
}

/**
 * What a newer catalogue changes: CVEs that it lists anew, no longer, or otherwise. Only obligations about these need another look;
 * sorted by CVE. `source` names the newer catalogue, `at` is when it was read.
 */
export function kevChanges(
  before: ReadonlyMap<string, KevEntry>,
  after: ReadonlyMap<string, KevEntry>,
  said: { readonly by: string; readonly source: string; readonly at: Instant },
): readonly ListingChange[] {
  const changes: ListingChange[] = []
  const add = (cve: string, value: KevEntry | null) =>
    changes.push({ cve, change: { of: 'kev', at: said.at, kev: { value, ...said } } })
  for (const [cve, entry] of after) {
    const old = before.get(cve)
    if (old === undefined || !sameEntry(old, entry)) add(cve, entry)
  }
  for (const cve of before.keys()) if (!after.has(cve)) add(cve, null)
  return changes.toSorted((a, b) => (a.cve < b.cve ? -1 : a.cve > b.cve ? 1 : 0))
}

function sameEntry(a: KevEntry, b: KevEntry): boolean {
  return (
    a.added === b.added &&
    a.precision === b.precision &&
    a.due === b.due &&
    a.triage === b.triage &&
    a.action === b.action &&
    a.notes === b.notes
  )
}
