import { DOCUMENT_OBJECTS, type PaperList, type PaperOut } from '../../../contract/shapes/docket.ts'
import { presentDocket } from '../../../core/access/present/docket.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { OBJECTS, type ObjectKind } from '../../../core/docket/compartment.ts'
import { mayRead } from '../../../core/docket/reading.ts'
import { SEAT_TABLE } from '../../../core/docket/seat.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { readWhole } from '../../store/blobs/pieces.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { DocketDesk } from './docket-desk.ts'
import { type SeenDocket, seeDocket, subjectOf } from './load-docket.ts'
import { loadNames } from './names.ts'
import { listPapersOf, openPaper, type Paper, readPaperBytes, storeContent, addPaper as storePaper } from './papers.ts'
import { personShower } from './shown-person.ts'
import { withDocket } from './with-docket.ts'
import { writeDeed, writeReading } from './write-access.ts'

const LARGEST = 64 << 20
const LONGEST_MESSAGE = 20_000
/** Of one docket: more is no work but a disk to fill. */
const MOST = 5000
/** Papers that people add and read as such; what others there are has a page of its own. */
const LISTED: readonly ObjectKind[] = [...DOCUMENT_OBJECTS, 'terms', 'reason']

/** Papers of a docket that the person's seats show, the oldest first; messages with their text. */
export async function listPapers(desk: DocketDesk, who: Principal, text: string): Promise<Answer<Presented<PaperList>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeDocket(desk, tx, who, 'read', text)
    if (seen === null) return NOT_FOUND
    if (seen.purge !== null) return denied('docket.closed')
    const objects = LISTED.filter((object) => mayRead(seen.docket, seen.person, object, seen.now))
    if (objects.length === 0) return NOT_FOUND
    const papers = await listPapersOf(tx, seen, objects)
    const rows = await papersOut(desk, tx, seen, papers)
    for (const object of new Set(papers.map((paper) => paper.object))) await writeReading(tx, seen, object, null)
    const shown = presentDocket(who, subjectOf(seen.row, true), { rows })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

async function papersOut(desk: DocketDesk, tx: Tx, seen: SeenDocket, papers: readonly Paper[]): Promise<PaperOut[]> {
  const names = await loadNames(
    tx,
    papers.flatMap(({ person }) => person ?? []),
    [],
  )
  const show = personShower(seen.docket, seen.seats, names)
  const rows: PaperOut[] = []
  for (const { person, at, of: _of, blob: _blob, ...paper } of papers) {
    const bytes = paper.object === 'message' ? await readPaperBytes(desk, tx, seen, paper.id, LONGEST_MESSAGE * 4) : null
    const by = person === null ? null : show(person)
    const side = person === null ? null : sideOf(seen, person)
    rows.push({ ...paper, text: bytes?.toString('utf8') ?? null, by, side, at: formatInstant(instant(at)) })
  }
  return rows
}

function sideOf({ docket }: SeenDocket, person: string): PaperOut['side'] {
  const seat = docket.seats.find((one) => one.person === person)?.seat
  const side = seat === undefined ? null : SEAT_TABLE[seat].side
  return side === 'partner' ? null : side
}

/** Adds a message or a document; into a compartment only by those who read that kind of thing themselves. */
export async function addPaper(
  desk: DocketDesk,
  who: Principal,
  text: string,
  wanted: { readonly object: string; readonly title: string },
  source: AsyncIterable<Uint8Array> | null,
): Promise<Answer<Presented<PaperOut>>> {
  const object = DOCUMENT_OBJECTS.find((one) => one === wanted.object)
  const first = await inTransaction(desk.store, 'all', async (tx): Promise<Answer<SeenDocket>> => {
    const seen = await seeDocket(desk, tx, who, 'write', text)
    if (seen === null || seen.seats.length === 0) return NOT_FOUND
    if (seen.purge !== null) return denied('docket.closed')
    if (object === undefined) return denied('request.invalid', `A paper is a ${DOCUMENT_OBJECTS.join(', a ')}.`, 'object')
    if (mayRead(seen.docket, seen.person, object, seen.now)) return done(seen)
    await writeReading(tx, seen, object, null, true)
    return NOT_FOUND
  })
  if (!first.ok) return first
  const key = object === undefined ? null : first.value.key(OBJECTS[object])
  if (object === undefined || key === null) return denied('docket.closed')
  if (source === null) return denied('request.invalid', 'The request has no body: send the text or the file itself.')
  const small = object === 'message' ? await readWhole(source, LONGEST_MESSAGE * 4) : null
  if (object === 'message' && small === null)
    return denied('request.too-large', `A message has at most ${LONGEST_MESSAGE} characters.`)
  if (small !== null && isBlank(small)) return denied('request.invalid', 'A message is text, in UTF-8.')
  const put = small === null ? await storeContent(desk, key, source, LARGEST) : done(small)
  if (!put.ok) return put
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeDocket(desk, tx, who, 'write', text, true)
    // Read again with its row locked: a purge that began meanwhile takes no more in.
    if (seen === null || !mayRead(seen.docket, seen.person, object, seen.now)) return NOT_FOUND
    if (seen.purge !== null) return denied('docket.closed')
    if ((await countPapers(tx, seen.docket.id)) >= MOST) return denied('quota.exceeded', `A docket has at most ${MOST} papers.`)
    const title = wanted.title.trim().slice(0, 300) || 'Without title'
    const stored = await storePaper(desk, tx, seen, { object, title, person: seen.person, content: put.value })
    if (stored === null) return denied('docket.closed')
    await writeDeed(tx, seen, object, 'added', stored.id)
    const [out] = await papersOut(
      desk,
      tx,
      seen,
      (await listPapersOf(tx, seen, [object])).filter(({ id }) => id === stored.id),
    )
    const shown = out === undefined ? null : presentDocket(who, subjectOf(seen.row, true), out)
    return shown === null ? NOT_FOUND : done(shown)
  })
}

/** One paper as a file. Of terms, reasons and documents those that the person's seats show. */
export async function readPaper(
  desk: DocketDesk,
  who: Principal,
  text: string,
  paper: string,
): Promise<Answer<Presented<{ bytes: AsyncIterable<Uint8Array>; mediaType: string; name: string }>>> {
  const object = await objectOfPaper(desk, who, text, paper)
  if (object === null) return NOT_FOUND
  return await withDocket(desk, who, { docket: text, object, thing: paper }, async (tx, seen) => {
    const bytes = await openPaper(desk, tx, seen, paper)
    const about = (await listPapersOf(tx, seen, [object])).find(({ id }) => id === paper)
    if (bytes === null || about === undefined) return NOT_FOUND
    const file = { bytes, mediaType: 'application/octet-stream', name: about.title }
    const shown = presentDocket(who, subjectOf(seen.row, true), file)
    return shown === null ? NOT_FOUND : done(shown)
  })
}

async function objectOfPaper(desk: DocketDesk, who: Principal, text: string, paper: string): Promise<ObjectKind | null> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeDocket(desk, tx, who, 'read', text)
    if (seen === null) return null
    const row = await tx.db
      .selectFrom('docket_paper')
      .select('object')
      .where('docket_id', '=', seen.docket.id)
      .where('id', '=', paper.slice(0, 60))
      .executeTakeFirst()
    return LISTED.find((object) => object === row?.object) ?? null
  })
}

async function countPapers(tx: Tx, docket: string): Promise<number> {
  const row = await tx.db
    .selectFrom('docket_paper')
    .select((of) => of.fn.countAll<number>().as('n'))
    .where('docket_id', '=', docket)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

function isBlank(bytes: Uint8Array): boolean {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim() === ''
  } catch {
    return true
  }
}
