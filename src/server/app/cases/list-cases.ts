import { sql } from 'kysely'
import type { CaseList } from '../../../contract/shapes/case.ts'
import { presentCases } from '../../../core/access/present/case.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { mayList } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { CaseDesk } from './case-desk.ts'
import { seeRows } from './case-row.ts'
import { readClocks } from './releasing-now.ts'

export const CASE_TABS = ['all', 'yours', 'others', 'closed'] as const
export type CaseTab = (typeof CASE_TABS)[number]

export interface CasePage {
  readonly tab: CaseTab
  readonly before: { readonly at: number; readonly id: string } | null
  readonly limit: number
}

/** Cases of the asker's clearinghouse and those it takes part in, the last changed first; by whose move it is. */
export async function listCases(
  desk: CaseDesk,
  who: Principal,
  page: CasePage,
): Promise<Answer<{ view: Presented<Omit<CaseList, 'next'>>; next: CasePage['before'] }>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const found = await idsOf(tx, who, page)
    const shown = found.slice(0, page.limit)
    const ids = shown.map(({ id }) => id)
    const rows = (await seeRows(desk, tx, who, ids)).map(({ row }) => row)
    const { now } = await readClocks(desk, tx)
    const view = presentCases(who, { rows, now: formatInstant(now) })
    const last = found.length > page.limit ? shown.at(-1) : undefined
    return view === null ? NOT_FOUND : done({ view, next: last === undefined ? null : { at: last.changed_at, id: last.id } })
  })
}

async function idsOf(tx: Tx, who: Principal, { tab, before, limit }: CasePage) {
  const columns = { organisation: 'case_file.coordinator_id', stage: 'case_file.stage', case: 'case_file.id' }
  // What is the asker's move, as a row says it: of who coordinates a case what waits for coordination, of a party what is asked of it.
  const asked = sql<boolean>`exists (select from case_party part where part.case_id = case_file.id
    and part.organisation_id = ${who.organisation} and part.left_at is null and part.asked)`
  const asks = who.roles.includes('coordinator')
    ? sql<boolean>`(case when case_file.coordinator_id = ${who.organisation} then case_file.whose = 'coordinator' else ${asked} end)`
    : asked
  return await tx.db
    .selectFrom('case_file')
    .select(['id', 'changed_at'])
    .where(mayList(who, 'list', 'case', columns))
    .$if(tab !== 'all', (query) => query.where('stage', '=', tab === 'closed' ? 'closed' : 'open'))
    .$if(tab === 'yours', (query) => query.where(asks))
    .$if(tab === 'others', (query) => query.where(sql<boolean>`not ${asks}`))
    .$if(before !== null, (query) =>
      query.where(sql<boolean>`(changed_at, id) < (${at(before?.at ?? 0)}, ${before?.id ?? ''})`),
    )
    .orderBy('changed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}
