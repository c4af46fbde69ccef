import type { Ground } from '../../ground.ts'
import { parseBlobName } from '../../store/blobs/blob-store.ts'
import { onePiece } from '../../store/blobs/pieces.ts'
import { getBlob } from '../../store/blobs/sealed-blob.ts'
import { inTransaction } from '../../store/connection.ts'
import { readBody } from '../findings/body.ts'
import { evidenceBytes } from './gather-evidence.ts'
import type { Place } from './stored-proof.ts'

/** The bytes at a place, opened piece by piece; null where the key was erased or nothing is there. */
export async function readInput(ground: Ground, place: Place): Promise<AsyncIterable<Uint8Array> | null> {
  return place.in === 'blob' ? fromBlob(ground, place) : await fromBody(ground, place)
}

/** At most `limit` bytes of it, whole in memory; null where there is none. */
export async function readStart(ground: Ground, place: Place, limit: number): Promise<Buffer | null> {
  const source = await readInput(ground, place)
  if (source === null) return null
  const parts: Uint8Array[] = []
  let held = 0
  for await (const part of source) {
    parts.push(part)
    held += part.length
    if (held >= limit) break
  }
  return Buffer.concat(parts).subarray(0, limit)
}

function fromBlob(ground: Ground, place: Extract<Place, { in: 'blob' }>): AsyncIterable<Uint8Array> | null {
  const [key] = ground.keys.get([place.slot])
  const name = parseBlobName(place.blob)
  if (!key || name === null) return null
  return part(getBlob(ground.blobs, ground.keys, { slot: place.slot, key }, name), place.from, place.bytes)
}

async function* part(source: AsyncIterable<Uint8Array>, from: number, bytes: number): AsyncGenerator<Uint8Array> {
  let at = 0
  for await (const piece of source) {
    const cut = piece.subarray(Math.max(0, from - at), Math.max(0, from + bytes - at))
    at += piece.length
    if (cut.length > 0) yield cut
    // Not cut short before its end: the blob's last piece shows that the whole is what it was.
  }
}

async function fromBody(ground: Ground, place: Extract<Place, { in: 'body' }>): Promise<AsyncIterable<Uint8Array> | null> {
  const row = await inTransaction(ground.store, 'all', async ({ db }) =>
    db.selectFrom('finding').select(['key_slot', 'body']).where('id', '=', place.finding).executeTakeFirst(),
  )
  const [key] = row === undefined ? [] : ground.keys.get([row.key_slot])
  if (row === undefined || !key) return null
  const { finding } = await readBody(ground, { slot: row.key_slot, key }, place.finding, row.body)
  const one = finding.evidence[place.n]
  return one === undefined ? null : onePiece(evidenceBytes(one))
}
