import { sql } from 'kysely'
import type { NoticeList, NoticeOut } from '../../../contract/shapes/project.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentOwned } from '../../../core/access/present/project.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { noticeWords } from './notice-words.ts'

const SHOWN = 200

/** What changed in cases that the asker's organisation may know of, the newest first, and how much of it nobody has read. */
export async function listNotices(ground: Ground, who: Principal): Promise<Answer<Presented<NoticeList>>> {
  const home = who.organisation
  if (home === null) return NOT_FOUND
  return await inTransaction(ground.store, 'all', async (tx) => {
    const found = await tx.db
      .selectFrom('notice')
      .selectAll()
      .where('organisation_id', '=', home)
      .where(mayKnow(who))
      .orderBy('at', 'desc')
      .orderBy('id')
      .limit(SHOWN)
      .execute()
    const { n } = await tx.db
      .selectFrom('notice')
      .select((of) => of.fn.countAll<number>().as('n'))
      .where('organisation_id', '=', home)
      .where(mayKnow(who))
      .where('read_at', 'is', null)
      .executeTakeFirstOrThrow()
    const rows = found.map(noticeOut)
    const view = presentOwned(who, 'notice', home, { rows, unread: Number(n) })
    return view === null ? NOT_FOUND : done(view)
  })
}

/** Marks a notice as read, for everybody of the organisation; one that was read stays so. */
export async function readNotice(ground: Ground, who: Principal, text: string): Promise<Answer<Presented<NoticeOut>>> {
  const id = parseId('notice', text)
  const home = who.organisation
  if (id === null || home === null) return NOT_FOUND
  return await inTransaction(ground.store, 'all', async (tx) => {
    await tx.db
      .updateTable('notice')
      .set({ read_at: at(ground.clock()) as never })
      .where('id', '=', id)
      .where('organisation_id', '=', home)
      .where(mayKnow(who))
      .where('read_at', 'is', null)
      .execute()
    const row = await tx.db
      .selectFrom('notice')
      .selectAll()
      .where('id', '=', id)
      .where('organisation_id', '=', home)
      .where(mayKnow(who))
      .executeTakeFirst()
    const view = row === undefined ? null : presentOwned(who, 'notice', home, noticeOut(row))
    return view === null ? NOT_FOUND : done(view)
  })
}

/** What happens in the cases that an organisation coordinates is for those of it who coordinate, and for nobody else of that house. */
function mayKnow({ organisation, roles }: Principal) {
  if (roles.includes('coordinator')) return sql<boolean>`true`
  return sql<boolean>`not exists (select from case_file home
    where home.id = notice.case_id and home.coordinator_id = ${organisation})`
}

function noticeOut(row: { id: string; at: number; kind: string; case_id: string | null; read_at: number | null }): NoticeOut {
  const { id, kind, case_id, read_at } = row
  return { id, at: formatInstant(instant(row.at)), says: noticeWords(kind), case: case_id, read: read_at !== null }
}
