import type { Principal } from '../../../core/access/principal.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { plannedOf } from '../../store/advisory.ts'
import type { Tx } from '../../store/connection.ts'
import type { CaseDesk } from '../cases/case-desk.ts'
import { contentOf, seeAdvisories } from './load-advisory.ts'

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
  const seen = await seeAdvisories(desk, tx, who, 'read', await plannedOf(tx, cases))
  return seen.flatMap(({ advisory, row }) =>
    advisory.release === null ? [] : [{ case: row.case_id, title: contentOf(advisory)?.title ?? null, at: advisory.release }],
  )
}
