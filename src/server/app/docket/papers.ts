import { createHash, hash } from 'node:crypto'
import type { Compartment } from '../../../core/docket/compartment.ts'
import { OBJECTS, type ObjectKind } from '../../../core/docket/compartment.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { parseBlobName } from '../../store/blobs/blob-store.ts'
import { onePiece } from '../../store/blobs/pieces.ts'
import { BlobTooLarge, getBlob, putBlob } from '../../store/blobs/sealed-blob.ts'
import { at, type Tx } from '../../store/connection.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { open, openJson, seal, sealJson } from '../../store/keys/seal.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { DocketDesk } from './docket-desk.ts'

// Papers: everything in a docket that has content. Each is sealed under its compartment's key for its own place.

/** What a paper says of itself, sealed beside it. */
export interface PaperAbout {
  readonly title: string
  /** SHA-256 of the plaintext, hex. */
  readonly digest: string
  /** Closed facts of its kind: the version of terms, the partner, the run set. */
  readonly of?: string | number | null
}

export interface Paper extends PaperAbout {
  readonly id: string
  readonly object: ObjectKind
  readonly compartment: Compartment
  readonly bytes: number
  readonly person: string | null
  readonly at: number
  /** Where a large one lies; null: in its row. */
  readonly blob: string | null
}

interface Holder {
  readonly row: { readonly id: string }
  readonly now: number
  readonly key: (compartment: Compartment) => DataKey | null
}

export interface NewPaper {
  readonly object: ObjectKind
  readonly title: string
  readonly person: string | null
  readonly of?: string | number | null
  readonly content: Uint8Array | StoredContent
  /** Where the docket must know the id beforehand. */
  readonly id?: string
}

/** A large content that was sealed into the blob store before the transaction. */
export interface StoredContent {
  readonly blob: string
  readonly bytes: number
  readonly digest: string
}

type Sealing = Pick<DocketDesk, 'keys' | 'random'>

/** Adds a paper to a docket in the running transaction; null where its compartment's key is gone. */
export async function addPaper(
  desk: Sealing,
  tx: Tx,
  docket: Holder,
  paper: NewPaper,
): Promise<{ id: string; digest: string } | null> {
  const compartment = OBJECTS[paper.object]
  const key = docket.key(compartment)
  if (key === null) return null
  const id = paper.id ?? newId('document', desk.random)
  const { content } = paper
  const digest = content instanceof Uint8Array ? textDigest(content) : content.digest
  const about: PaperAbout = { title: paper.title, digest, of: paper.of ?? null }
  await tx.db
    .insertInto('docket_paper')
    .values({
      docket_id: docket.row.id,
      id,
      object: paper.object,
      compartment,
      key_slot: key.slot,
      about: sealJson(key.key, about, placeOf(docket.row.id, id, 'about'), desk.random),
      body: content instanceof Uint8Array ? seal(key.key, content, placeOf(docket.row.id, id, 'body'), desk.random) : null,
      blob: content instanceof Uint8Array ? null : content.blob,
      bytes: content instanceof Uint8Array ? content.length : content.bytes,
      digest: Buffer.from(keyedMac(desk.keys.secret('docket'), 'paper')(Buffer.from(`${docket.row.id}/${digest}`))),
      person_id: paper.person,
      at: at(docket.now) as never,
    })
    .execute()
  return { id, digest }
}

/** Papers of those kinds, the oldest first, without their content; what cannot be opened any more is left out. */
export async function listPapersOf(tx: Tx, docket: Holder, objects: readonly ObjectKind[]): Promise<Paper[]> {
  if (objects.length === 0) return []
  const rows = await tx.db
    .selectFrom('docket_paper')
    .select(['id', 'object', 'compartment', 'key_slot', 'about', 'blob', 'bytes', 'person_id', 'at'])
    .where('docket_id', '=', docket.row.id)
    .where('object', 'in', [...objects])
    .orderBy('at')
    .orderBy('id')
    .execute()
  return rows.flatMap(({ about, object, person_id, key_slot, ...row }) => {
    const key = docket.key(row.compartment)
    // Another slot: a purge has begun, and the key that sealed it is gone or going.
    if (key === null || key.slot !== key_slot) return []
    const said = openJson<PaperAbout>(key.key, about, placeOf(docket.row.id, row.id, 'about'))
    return [{ ...row, ...said, object: object as ObjectKind, person: person_id }]
  })
}

/** The plaintext of a paper, whole; null where it is gone or has more than `most` bytes. */
export async function readPaperBytes(
  desk: Pick<Ground, 'keys' | 'blobs'>,
  tx: Tx,
  docket: Holder,
  id: string,
  most = 64 << 20,
): Promise<Buffer | null> {
  const parts: Uint8Array[] = []
  const stream = await openPaper(desk, tx, docket, id, most)
  if (stream === null) return null
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts)
}

/** The plaintext of a paper in pieces; a large one is read from the blob store while it is asked for. */
export async function openPaper(
  desk: Pick<Ground, 'keys' | 'blobs'>,
  tx: Tx,
  docket: Holder,
  id: string,
  most = Number.POSITIVE_INFINITY,
): Promise<AsyncIterable<Uint8Array> | null> {
  const row = await tx.db
    .selectFrom('docket_paper')
    .select(['compartment', 'key_slot', 'body', 'blob', 'bytes'])
    .where('docket_id', '=', docket.row.id)
    .where('id', '=', id)
    .executeTakeFirst()
  const key = row === undefined ? null : docket.key(row.compartment)
  if (row === undefined || key === null || key.slot !== row.key_slot || row.bytes > most) return null
  const name = row.blob === null ? null : parseBlobName(row.blob)
  if (name !== null) return getBlob(desk.blobs, desk.keys, key, name)
  return row.body === null ? null : onePiece(open(key.key, row.body, placeOf(docket.row.id, id, 'body')))
}

/** Seals a stream under a compartment's key into the blob store, before the transaction that names it. */
export async function storeContent(
  desk: Pick<Ground, 'blobs' | 'keys' | 'random'>,
  key: DataKey,
  content: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Answer<StoredContent>> {
  const digest = createHash('sha256')
  async function* hashed(): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      digest.update(piece)
      yield piece
    }
  }
  try {
    const { name, bytes } = await putBlob(desk.blobs, desk.keys, key, hashed(), limit, desk.random)
    return done({ blob: name, bytes, digest: digest.digest('hex') })
  } catch (error) {
    if (!(error instanceof BlobTooLarge)) throw error
    return denied('request.too-large', `Not stored. This address takes at most ${limit >> 20} MiB.`)
  }
}

/** SHA-256 of a text's UTF-8 bytes: hex. What both sides sign. */
export function textDigest(text: string | Uint8Array): string {
  return hash('sha256', text, 'hex')
}

const placeOf = (docket: string, paper: string, part: 'about' | 'body') => `docket/${docket}/paper/${paper}/${part}`
