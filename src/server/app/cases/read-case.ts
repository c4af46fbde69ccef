import type { CaseView } from '../../../contract/shapes/case.ts'
import { presentCase } from '../../../core/access/present/case.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { CaseDesk } from './case-desk.ts'
import { caseView } from './case-view.ts'
import { seeCase, subjectOf } from './load-case.ts'
import { writeRead } from './write-read.ts'

/** One case: to those who agreed to its terms its content, to those invited the terms they are asked to agree to. */
export async function readCase(desk: CaseDesk, who: Principal, text: string): Promise<Answer<Presented<CaseView>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeCase(desk, tx, who, 'read', text)
    if (seen === null) return NOT_FOUND
    const view = await caseView(desk, tx, seen)
    await writeRead(tx, seen, 'page', null)
    const shown = presentCase(who, subjectOf(seen), view)
    return shown === null ? NOT_FOUND : done(shown)
  })
}
