import type { CaseUptake } from '../../../contract/shapes/exposure.ts'
import { presentCase } from '../../../core/access/present/case.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { CaseDesk } from '../cases/case-desk.ts'
import { seeCase, subjectOf } from '../cases/load-case.ts'
import type { KnownBook } from './known-book.ts'
import { uptakeOf } from './uptake-count.ts'

/** How far the fix of each flaw of a case is deployed, to whoever reads the case; counted by public names only. */
export async function caseUptake(
  desk: CaseDesk,
  known: Pick<KnownBook, 'groupOf'>,
  who: Principal,
  text: string,
): Promise<Answer<Presented<CaseUptake>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeCase(desk, tx, who, 'read', text)
    if (seen === null || seen.reads !== 'content') return NOT_FOUND
    const rows: CaseUptake['rows'] = []
    for (const { flaw, cve } of seen.case.flaws) {
      if (!seen.flaws.includes(flaw)) continue
      const ids = cve === null ? [] : [...new Set([cve, ...(known.groupOf(cve)?.ids ?? [])])]
      rows.push({ flaw, ids, ...(await uptakeOf(desk, tx, ids, who.organisation)) })
    }
    const shown = presentCase(who, subjectOf(seen), { rows })
    return shown === null ? NOT_FOUND : done(shown)
  })
}
