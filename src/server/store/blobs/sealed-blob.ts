import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto'
import type { Random } from '../../../core/kernel/id.ts'
import type { DataKey, KeyStore } from '../keys/key-store.ts'
import { SealBroken } from '../keys/seal.ts'
import { type BlobName, type BlobStore, parseBlobName } from './blob-store.ts'

// One byte 1, 16 bytes salt, then pieces of 64 KiB, each with its 16-byte tag; a shorter one (maybe empty) ends it.
// Each blob has its own AES-256-GCM key, HKDF of data key and salt; a piece's nonce is its number and whether it is the last, so
// that pieces cannot be cut off, moved or repeated (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
const VERSION = 1
const SALT = 16
const HEAD = 1 + SALT
const PIECE = 64 * 1024
const TAG = 16

/** More came than the caller allows; nothing was stored. */
export class BlobTooLarge extends Error {
  override name = 'BlobTooLarge'
  constructor(limit: number) {
    super(`the file has more than ${limit} bytes`)
  }
}

export interface PutBlob {
  readonly name: BlobName
  /** Of the plaintext. */
  readonly bytes: number
}

type Secrets = Pick<KeyStore, 'secret'>

/**
 * Seals a stream under a data key and stores it under a keyed digest of slot and content: the same content under the same key is
 * stored once, under another key again, so that erasing one key never takes another's file and names tell nobody who holds the
 * same. Throws BlobTooLarge past `limit` bytes. Memory: two pieces.
 */
export async function putBlob(
  blobs: BlobStore,
  keys: Secrets,
  key: DataKey,
  content: AsyncIterable<Uint8Array>,
  limit: number,
  random: Random,
): Promise<PutBlob> {
  const digest = nameDigest(keys, key.slot)
  const salt = Buffer.from(random(SALT))
  const sealer = pieceCipher(key.key, salt)
  const draft = await blobs.draft()
  try {
    await draft.append(Buffer.concat([Buffer.from([VERSION]), salt]))
    let bytes = 0
    for await (const piece of pieces(content, PIECE)) {
      bytes += piece.bytes.length
      if (bytes > limit) throw new BlobTooLarge(limit)
      digest.update(piece.bytes)
      await draft.append(sealer.seal(piece.bytes, piece.last))
    }
    const name = parseBlobName(digest.digest('hex'))!
    await draft.commit(name)
    return { name, bytes }
  } finally {
    await draft.abandon()
  }
}

/**
 * What was put, in pieces, each authenticated before it is given out; the last one only after the whole was found to be the
 * content of that name. Throws BlobMissing, or SealBroken where it was changed, cut or is another key's.
 */
export async function* getBlob(blobs: BlobStore, keys: Secrets, key: DataKey, name: BlobName): AsyncIterable<Uint8Array> {
  const digest = nameDigest(keys, key.slot)
  let opener: ReturnType<typeof pieceCipher> | null = null
  for await (const { bytes, last } of afterHead(blobs.read(name), (head) => {
    if (head.length < HEAD || head[0] !== VERSION) throw new SealBroken(`blob ${name} is not sealed by this Weir`)
    opener = pieceCipher(key.key, head.subarray(1, HEAD))
  })) {
    const piece = opener!.open(bytes, last, name)
    digest.update(piece)
    if (last && digest.digest('hex') !== name) throw new SealBroken(`blob ${name} holds another blob's content`)
    if (piece.length > 0) yield piece
  }
}

function nameDigest(keys: Secrets, slot: number) {
  return createHmac('sha256', keys.secret('blob')).update(`weir/blob/1/${slot}\0`)
}

function pieceCipher(dataKey: Buffer, salt: Uint8Array) {
  const key = Buffer.from(hkdfSync('sha256', dataKey, salt, 'weir/blob/1', 32))
  let n = 0
  const nonce = (last: boolean): Buffer => {
    const out = Buffer.alloc(12)
    out.writeUIntBE(n++, 5, 6)
    out[11] = last ? 1 : 0
    return out
  }
  return {
    seal(piece: Uint8Array, last: boolean): Buffer {
      const cipher = createCipheriv('aes-256-gcm', key, nonce(last))
      const sealed = cipher.update(piece)
      cipher.final()
      return Buffer.concat([sealed, cipher.getAuthTag()])
    },
    open(sealed: Uint8Array, last: boolean, name: BlobName): Buffer {
      if (sealed.length < TAG) throw new SealBroken(`blob ${name} is cut short`)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce(last), { authTagLength: TAG })
      decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
      const piece = decipher.update(sealed.subarray(0, sealed.length - TAG))
      try {
        decipher.final()
      } catch {
        throw new SealBroken(`blob ${name} was changed, cut, or sealed with another key`)
      }
      return piece
    },
  }
}

interface Piece {
  readonly bytes: Buffer
  readonly last: boolean
}

/** Cuts a stream into pieces of exactly `size` and a shorter last one, which may be empty. */
async function* pieces(content: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Piece> {
  let held: Uint8Array[] = []
  let length = 0
  for await (const chunk of content) {
    held.push(chunk)
    length += chunk.length
    if (length < size) continue
    const all = Buffer.concat(held)
    let at = 0
    for (; length - at >= size; at += size) yield { bytes: all.subarray(at, at + size), last: false }
    held = [all.subarray(at)]
    length -= at
  }
  yield { bytes: Buffer.concat(held), last: true }
}

async function* afterHead(content: AsyncIterable<Uint8Array>, onHead: (head: Buffer) => void): AsyncGenerator<Piece> {
  let head: Buffer | null = Buffer.alloc(0)
  const rest = async function* () {
    for await (const chunk of content) {
      if (head === null) {
        yield chunk
        continue
      }
      head = Buffer.concat([head, chunk])
      if (head.length < HEAD) continue
      onHead(head)
      yield head.subarray(HEAD)
      head = null
    }
    if (head !== null) onHead(head)
  }
  yield* pieces(rest(), PIECE + TAG)
}
