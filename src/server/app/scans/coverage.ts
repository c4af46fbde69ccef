import type { CoverageOut } from '../../../contract/shapes/scan.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentScanRead } from '../../../core/access/present/scan.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { DAY, formatInstant, type Instant, instant } from '../../../core/kernel/instant.ts'
import { coverageMap, type Look } from '../../../core/scans/coverage.ts'
import { STALE_DAYS } from '../../../core/scans/scan-request.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { openRequests } from '../../store/scan-request.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { ScanDesk } from './scan-desk.ts'

/** Which targets were looked at within a year, by how many and for what: small counts withheld, claims by the week. */
export async function readCoverage(desk: ScanDesk, who: Principal): Promise<Answer<Presented<CoverageOut>>> {
  const now = desk.clock()
  return await inTransaction(desk.store, 'all', async (tx) => {
    await desk.book.catchUp(tx, now)
    const looks = [...desk.book.looks(now), ...(await certified(tx, now))]
    const asked = (await openRequests(tx, null)).map(({ body }) => body.target.name)
    const rows = coverageMap(looks, asked, now).map(({ name, lastWeek, organisations, classes }) => ({
      target: name,
      lastWeek: lastWeek === null ? null : formatInstant(lastWeek),
      organisations,
      classes: [...classes],
    }))
    const shown = presentScanRead(who, 'coverage', { rows })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

async function certified(tx: Tx, now: Instant): Promise<readonly Look[]> {
  const rows = await tx.db
    .selectFrom('certificate')
    .select(['name', 'organisation_id', 'finished_at', 'family'])
    .where('finished_at', '>=', at(now - STALE_DAYS * DAY) as never)
    .limit(100_000)
    .execute()
  return rows.map(({ name, organisation_id, finished_at, family }) => ({
    name,
    organisation: organisation_id,
    at: instant(finished_at),
    family,
    public: true,
  }))
}
