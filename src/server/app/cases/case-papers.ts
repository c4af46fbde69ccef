import type { Participant } from '../../../core/cases/case.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { parseBlobName } from '../../store/blobs/blob-store.ts'
import { onePiece } from '../../store/blobs/pieces.ts'
import { getBlob } from '../../store/blobs/sealed-blob.ts'
import type { CasePaperTable } from '../../store/case-tables.ts'
import { at, type Tx } from '../../store/connection.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { open, openJson, seal, sealJson } from '../../store/keys/seal.ts'
import { textDigest } from '../docket/papers.ts'
import type { CaseDesk } from './case-desk.ts'
import type { LoadedCase, SeenCase } from './load-case.ts'
import { readsOf } from './reads-of.ts'

// Papers: messages and files of a case, each sealed under the case's key for its own place.

type PaperKind = CasePaperTable['kind']

/** What a paper says of itself, sealed beside it. */
export interface PaperAbout {
  readonly title: string
  /** SHA-256 of the plaintext, hex. */
  readonly digest: string
  /** Flaws that its writer read then: where it is for all, it is for those who read all of these. */
  readonly flaws: readonly string[]
  /** Participants by id, where it is for some; null: for all. */
  readonly readers: readonly string[] | null
}

export interface StoredContent {
  readonly blob: string
  readonly bytes: number
  readonly digest: string
}

export interface NewPaper {
  readonly kind: PaperKind
  readonly title: string
  readonly participant: string | null
  readonly person: string | null
  readonly flaws: readonly string[]
  readonly readers: readonly string[] | null
  readonly content: Uint8Array | StoredContent
  /** Null: now. */
  readonly at: number | null
}

export interface Paper extends PaperAbout {
  readonly id: string
  readonly kind: PaperKind
  readonly participant: string | null
  readonly person: string | null
  readonly at: number
  readonly bytes: number
  readonly blob: string | null
}

type Home = Pick<LoadedCase, 'case' | 'key' | 'now'>

/** Adds a paper to a case in the running transaction. Returns its id. */
export async function storePaper(
  desk: Pick<CaseDesk, 'keys' | 'random'>,
  tx: Tx,
  { case: of, key, now }: Home,
  paper: NewPaper,
): Promise<string> {
  const id = newId('document', desk.random)
  const { content, title, flaws, readers } = paper
  const inRow = content instanceof Uint8Array
  const digest = inRow ? textDigest(content) : content.digest
  const about: PaperAbout = { title, digest, flaws, readers }
  await tx.db
    .insertInto('case_paper')
    .values({
      case_id: of.id,
      id,
      kind: paper.kind,
      party_id: paper.participant,
      person_id: paper.person,
      about: sealJson(key.key, about, placeOf(of.id, id, 'about'), desk.random),
      body: inRow ? seal(key.key, content, placeOf(of.id, id, 'body'), desk.random) : null,
      blob: inRow ? null : content.blob,
      bytes: inRow ? content.length : content.bytes,
      digest: Buffer.from(keyedMac(desk.keys.secret('case'), 'paper')(Buffer.from(`${of.id}/${digest}`))),
      at: at(paper.at ?? now) as never,
    })
    .execute()
  return id
}

/** Of one case: more is no work but a disk to fill. */
export const MOST_PAPERS = 5000

/** How many papers a case has. */
export async function countPapers(tx: Tx, id: string): Promise<number> {
  const row = await tx.db
    .selectFrom('case_paper')
    .select((of) => of.fn.countAll<number>().as('n'))
    .where('case_id', '=', id)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}

/** Papers of a case without their content, the oldest first. */
export async function papersOf(tx: Tx, { case: of, key }: Home): Promise<Paper[]> {
  const rows = await tx.db
    .selectFrom('case_paper')
    .select(['id', 'kind', 'party_id', 'person_id', 'about', 'bytes', 'blob', 'at'])
    .where('case_id', '=', of.id)
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.map(({ about, party_id: participant, person_id: person, ...row }) => ({
    ...row,
    ...openJson<PaperAbout>(key.key, about, placeOf(of.id, row.id, 'about')),
    participant,
    person,
  }))
}

/** Rewrites who a paper is for. */
export async function changeReaders(
  desk: Pick<CaseDesk, 'random'>,
  tx: Tx,
  { case: of, key }: Home,
  { id, title, digest, flaws }: Paper,
  readers: readonly string[],
): Promise<void> {
  const about = sealJson(key.key, { title, digest, flaws, readers }, placeOf(of.id, id, 'about'), desk.random)
  await tx.db.updateTable('case_paper').set({ about }).where('case_id', '=', of.id).where('id', '=', id).execute()
}

/** Whether that participant reads that paper: it reads the case, and the paper is for it, or for all and about nothing it does not read. */
export function paperIsFor({ case: of, now }: Home, one: Participant, { flaws, readers }: PaperAbout): boolean {
  if (readsOf(of, one, now) !== 'content') return false
  const reads: readonly string[] = one.flaws
  return readers === null ? flaws.every((flaw) => reads.includes(flaw)) : readers.includes(one.id)
}

/** Whether the asker reads that paper. */
export function readsPaper(seen: SeenCase, paper: PaperAbout): boolean {
  return seen.parties.some((one) => paperIsFor(seen, one, paper))
}

/** The plaintext of a paper in pieces; a large one is read from the blob store while it is asked for. Null where it is gone. */
export async function openPaper(
  desk: Pick<Ground, 'keys' | 'blobs'>,
  tx: Tx,
  { case: of, key }: Home,
  { id, blob }: Pick<Paper, 'id' | 'blob'>,
): Promise<AsyncIterable<Uint8Array> | null> {
  const name = blob === null ? null : parseBlobName(blob)
  if (name !== null) return getBlob(desk.blobs, desk.keys, key, name)
  const row = await tx.db
    .selectFrom('case_paper')
    .select('body')
    .where('case_id', '=', of.id)
    .where('id', '=', id)
    .executeTakeFirst()
  return row?.body ? onePiece(open(key.key, row.body, placeOf(of.id, id, 'body'))) : null
}

const placeOf = (of: string, paper: string, part: 'about' | 'body') => `case/${of}/paper/${paper}/${part}`
