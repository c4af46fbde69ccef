import type { Principal } from '../../../core/access/principal.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { plannedOf } from '../../store/advisory.ts'
import type { Tx } from '../../store/connection.ts'
import type { CaseDesk } from '../cases/case-desk.ts'
import { contentOf, seeAdvisory } from './load-advisory.ts'

export interface PlannedRelease {
  readonly case: string
  readonly title: string | null
  readonly at: Instant
}

/** Releases that are planned of those cases, as far as the asker reads the drafts. */
export async function plannedReleases(
  desk: CaseDesk,
  tx: Tx,
  who: Principal,
  cases: readonly string[],
): Promise<PlannedRelease[]> {
  const planned: PlannedRelease[] = []
  for (const id of await plannedOf(tx, cases)) {
    const seen = await seeAdvisory(desk, tx, who, 'read', id)
    if (seen === null || seen.advisory.release === null) continue
    planned.push({ case: seen.row.case_id, title: contentOf(seen.advisory)?.title ?? null, at: seen.advisory.release })
  }
  return planned
}
