import { sql } from 'kysely'
import type { DocketList } from '../../../contract/shapes/docket.ts'
import { presentDockets } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { mayList } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { type DocketDesk, decidingNow } from './docket-desk.ts'
import { docketRow } from './docket-row.ts'
import { seeDocket } from './load-docket.ts'
import { loadNames } from './names.ts'

export interface Before {
  readonly at: number
  readonly id: string
}

/** Dockets that the person has a seat in, and those of their office, the newest first. */
export async function listDockets(
  desk: DocketDesk,
  who: Principal,
  page: { readonly before: Before | null; readonly limit: number },
): Promise<Answer<{ view: Presented<Omit<DocketList, 'next'>>; next: Before | null }>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const { before, limit } = page
    const found = await tx.db
      .selectFrom('docket')
      .select(['id', 'opened_at'])
      .where(mayList(who, 'list', 'docket', { organisation: 'docket.office_id', stage: 'docket.stage', docket: 'docket.id' }))
      .$if(before !== null, (query) =>
        query.where(sql<boolean>`(opened_at, id) < (${at(before?.at ?? 0)}, ${before?.id ?? ''})`),
      )
      .orderBy('opened_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute()
    const page_ = found.slice(0, limit)
    const seen = []
    for (const { id } of page_) {
      const one = await seeDocket(desk, tx, who, 'list', id)
      if (one !== null) seen.push(one)
    }
    const names = await loadNames(
      tx,
      [],
      seen.flatMap(({ docket }) => [docket.developer, docket.office]),
    )
    const now = formatInstant(await decidingNow(desk, tx))
    const view = presentDockets(who, { rows: seen.map((one) => docketRow(one, names)), now })
    const last = found.length > limit ? page_.at(-1) : undefined
    return view === null ? NOT_FOUND : done({ view, next: last === undefined ? null : { at: last.opened_at, id: last.id } })
  })
}
