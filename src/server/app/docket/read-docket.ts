import type { DocketLog, DocketView } from '../../../contract/shapes/docket.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { mayRead } from '../../../core/docket/reading.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { readAccess } from '../../store/docket-access.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { askerOf } from './command-docket.ts'
import type { DocketDesk } from './docket-desk.ts'
import { docketView } from './docket-view.ts'
import { seeDocket, subjectOf } from './load-docket.ts'
import { sayOf } from './log-words.ts'
import { loadNames } from './names.ts'
import { personShower } from './shown-person.ts'
import { withDocket } from './with-docket.ts'

/** One docket as the person's seats show it. An officer of its office without a seat learns only that it is there. */
export async function readDocket(desk: DocketDesk, who: Principal, text: string): Promise<Answer<Presented<DocketView>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeDocket(desk, tx, who, 'read', text)
    if (seen === null) return NOT_FOUND
    const asker = askerOf(who, seen)
    const view = await docketView(desk, tx, seen, asker.kind === 'person' ? asker.party : null)
    const shown = presentDocket(who, subjectOf(seen.row, seen.seats.length > 0), view)
    return shown === null ? NOT_FOUND : done(shown)
  })
}

/** The log of who saw and did what, the newest first; no content is in it. `before`: an entry's number. */
export async function readDocketLog(
  desk: DocketDesk,
  who: Principal,
  text: string,
  page: { readonly before: number | null; readonly limit: number },
): Promise<Answer<Presented<DocketLog>>> {
  return await withDocket(desk, who, { docket: text, object: 'log' }, async (tx, seen) => {
    const { rows, total } = await readAccess(tx, seen.docket.id, page.before, page.limit)
    const names = await loadNames(
      tx,
      rows.flatMap(({ person_id, thing }) => [person_id, thing].filter((one) => one?.startsWith('per_') ?? false) as string[]),
      [],
    )
    const show = personShower(seen.docket, seen.seats, names)
    const partners = mayRead(seen.docket, seen.person, 'partner', seen.now)
    // Who a partner's people are is read in P: a refused question of theirs stands here without their name.
    const nameOf = ({ person_id: by, seat }: (typeof rows)[number]) =>
      by === null || (seat === 'partner-person' && !partners && by !== seen.person) ? null : show(by).name
    const last = rows.at(-1)
    const view: DocketLog = {
      rows: rows.map((row) => ({
        entry: row.entry,
        at: formatInstant(instant(row.at)),
        who: row.person_id === null ? 'Weir' : (nameOf(row) ?? 'a person whose name is withheld'),
        seat: row.seat,
        compartment: row.compartment,
        what: row.what,
        say: sayOf(row, row.thing === null ? null : show(row.thing).name),
        refused: row.refused,
        calls: row.calls,
        tokens: row.tokens,
        hash: row.hash.toString('hex'),
      })),
      total,
      next: last === undefined || last.entry === 1 ? null : String(last.entry),
    }
    const shown = presentDocket(who, subjectOf(seen.row, true), view)
    return shown === null ? NOT_FOUND : done(shown)
  })
}
