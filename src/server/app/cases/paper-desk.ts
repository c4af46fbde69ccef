import type { CasePaperList, CasePaperOut, WriteCaseMessage } from '../../../contract/shapes/case.ts'
import { presentCase } from '../../../core/access/present/case.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { readWhole } from '../../store/blobs/pieces.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { storeContent } from '../docket/papers.ts'
import type { CaseDesk } from './case-desk.ts'
import {
  countPapers,
  MOST_PAPERS,
  type NewPaper,
  openPaper,
  type Paper,
  papersOf,
  readsPaper,
  storePaper,
} from './case-papers.ts'
import { type SeenCase, seeCase, subjectOf } from './load-case.ts'
import { readsOf } from './reads-of.ts'
import { viewerOf } from './viewer.ts'
import { writeRead } from './write-read.ts'

const LARGEST = 64 << 20
const LONGEST_MESSAGE = 80_000
const FILES = ['file', 'patch', 'reproducer'] as const

/** Papers of a case that the asker reads, the oldest first; messages with their text. */
export async function listCasePapers(desk: CaseDesk, who: Principal, text: string): Promise<Answer<Presented<CasePaperList>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeCase(desk, tx, who, 'read', text)
    if (seen === null || seen.reads !== 'content') return NOT_FOUND
    if (seen.purge !== null) return denied('case.closed')
    const papers = (await papersOf(tx, seen)).filter((paper) => readsPaper(seen, paper))
    const rows = await papersOut(desk, tx, seen, papers)
    await writeRead(tx, seen, 'papers', null)
    const shown = presentCase(who, subjectOf(seen), { rows })
    return shown === null ? NOT_FOUND : done(shown)
  })
}

async function papersOut(desk: CaseDesk, tx: Tx, seen: SeenCase, papers: readonly Paper[]): Promise<CasePaperOut[]> {
  const { called } = await viewerOf(tx, seen)
  const rows: CasePaperOut[] = []
  for (const paper of papers) {
    const { id, kind, title, participant, at, bytes, digest, readers } = paper
    const said = kind === 'message' || kind === 'reply' || kind === 'machine'
    const source = said && bytes <= LONGEST_MESSAGE ? await openPaper(desk, tx, seen, paper) : null
    const whole = source === null ? null : await readWhole(source, LONGEST_MESSAGE)
    rows.push({
      id,
      kind,
      title,
      text: whole?.toString('utf8') ?? null,
      by: participant === null ? null : called(participant),
      at: formatInstant(instant(at)),
      bytes,
      digest,
      readers: readers === null ? 'all' : 'some',
    })
  }
  return rows
}

/** Writes a message to all that read what the writer reads, or to some of them; the coordinator reads all. */
export async function writeCaseMessage(
  desk: CaseDesk,
  who: Principal,
  text: string,
  message: WriteCaseMessage,
): Promise<Answer<Presented<CasePaperOut>>> {
  const content = Buffer.from(message.text)
  return await add(desk, who, text, { kind: 'message', title: 'Message', to: message.to }, async () => done(content))
}

export interface WantedFile {
  readonly kind: string
  readonly title: string
  readonly to: readonly string[]
}

/** Adds a file, streamed and sealed as it comes. */
export async function addCaseFile(
  desk: CaseDesk,
  who: Principal,
  text: string,
  wanted: WantedFile,
  source: AsyncIterable<Uint8Array> | null,
): Promise<Answer<Presented<CasePaperOut>>> {
  const kind = FILES.find((one) => one === wanted.kind)
  const title = wanted.title.trim().slice(0, 300) || 'Without title'
  return await add(desk, who, text, { kind, title, to: wanted.to }, async (seen) => {
    if (kind === undefined) return denied('request.invalid', `A paper is a ${FILES.join(', a ')}.`, 'kind')
    if (source === null) return denied('request.invalid', 'The request has no body: send the file itself.')
    return await storeContent(desk, seen.key, source, LARGEST)
  })
}

interface Wanted {
  readonly kind: NewPaper['kind'] | undefined
  readonly title: string
  readonly to: readonly string[]
}

/** Asks first whether the asker may, then takes the content, then asks once more with the case's row locked. */
async function add(
  desk: CaseDesk,
  who: Principal,
  text: string,
  { kind, title, to }: Wanted,
  take: (seen: SeenCase) => Promise<Answer<NewPaper['content']>>,
): Promise<Answer<Presented<CasePaperOut>>> {
  const first = await inTransaction(desk.store, 'all', (tx) => writer(desk, tx, who, text, to, false))
  if (!first.ok) return first
  const taken = await take(first.value.seen)
  if (!taken.ok || kind === undefined) return taken.ok ? NOT_FOUND : taken
  return await inTransaction(desk.store, 'all', async (tx) => {
    const again = await writer(desk, tx, who, text, to, true)
    if (!again.ok) return again
    const { seen, participant, readers, flaws } = again.value
    // Closed and opened anew under another key meanwhile: what was sealed before is nobody's any more.
    if (seen.key.slot !== first.value.seen.key.slot) return denied('case.closed')
    const paper = { kind, title, participant, person: seen.person, flaws, readers, content: taken.value, at: null }
    const id = await storePaper(desk, tx, seen, paper)
    const stored = (await papersOf(tx, seen)).filter((one) => one.id === id)
    const [out] = await papersOut(desk, tx, seen, stored)
    const shown = out === undefined ? null : presentCase(who, subjectOf(seen), out)
    return shown === null ? NOT_FOUND : done(shown)
  })
}

interface Writer {
  readonly seen: SeenCase
  readonly participant: string
  readonly readers: readonly string[] | null
  readonly flaws: readonly string[]
}

async function writer(
  desk: CaseDesk,
  tx: Tx,
  who: Principal,
  text: string,
  to: readonly string[],
  lock: boolean,
): Promise<Answer<Writer>> {
  const seen = await seeCase(desk, tx, who, 'write', text, lock)
  if (seen === null || seen.reads !== 'content') return NOT_FOUND
  const { case: of, coordinator, parties, now } = seen
  if (of.state === 'closed') return denied('case.closed')
  const reading = parties.filter((one) => readsOf(of, one, now) === 'content')
  const one = coordinator ? reading.find(({ id }) => id === of.chair) : reading[0]
  if (one === undefined) return NOT_FOUND
  // Asked before the content is taken: what is refused fills no disk.
  if ((await countPapers(tx, of.id)) >= MOST_PAPERS)
    return denied('quota.exceeded', `A case has at most ${MOST_PAPERS} papers.`)
  if (to.length === 0) return done({ seen, participant: one.id, readers: null, flaws: one.flaws })
  const { shown } = await viewerOf(tx, seen)
  const known = new Set<string>([of.chair, ...shown.map(({ id }) => id)])
  if (!to.every((id) => known.has(id)))
    return denied('request.invalid', 'There is no participant of that id that you see.', 'to')
  return done({ seen, participant: one.id, readers: [...new Set([of.chair, one.id, ...to])], flaws: one.flaws })
}

type File = { bytes: AsyncIterable<Uint8Array>; mediaType: string; name: string }

/** One paper as a file. */
export async function readCasePaper(
  desk: CaseDesk,
  who: Principal,
  text: string,
  paper: string,
): Promise<Answer<Presented<File>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const seen = await seeCase(desk, tx, who, 'read', text)
    if (seen === null || seen.reads !== 'content') return NOT_FOUND
    if (seen.purge !== null) return denied('case.closed')
    const found = (await papersOf(tx, seen)).find(({ id }) => id === paper)
    const bytes = found === undefined || !readsPaper(seen, found) ? null : await openPaper(desk, tx, seen, found)
    if (found === undefined || bytes === null) return NOT_FOUND
    await writeRead(tx, seen, 'paper', found.id)
    const shown = presentCase(who, subjectOf(seen), { bytes, mediaType: 'application/octet-stream', name: found.title })
    return shown === null ? NOT_FOUND : done(shown)
  })
}
