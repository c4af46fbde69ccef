import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'

// A backup: 8 bytes "WEIRBKP1", then frames: one byte kind, four bytes length, payload. Kinds in this order:
// manifest (JSON), then per section its start (JSON), data (each one zstd frame of at most 1 MiB of content) and end (JSON),
// last the trailer (JSON), whose MAC is over the SHA-256 of every byte before it.
export const MAGIC = Buffer.from('WEIRBKP1', 'latin1')
export const KIND = { manifest: 1, start: 2, data: 3, end: 4, trailer: 5 } as const
export type Kind = (typeof KIND)[keyof typeof KIND]

/** Content of one data frame. */
export const CONTENT_BYTES = 1 << 20
const MOST_JSON = 4 << 20
const MOST_DATA = CONTENT_BYTES + (64 << 10)
const HEAD = 5

export interface Frame {
  readonly kind: Kind
  readonly payload: Buffer
  /** HMAC-SHA-256 of the SHA-256 of every byte of the file before this frame. */
  readonly before: Buffer
}

/** The file is not a whole, unchanged backup that was made with this key store. Nothing of it was kept. */
export class BackupRefused extends Error {
  override name = 'BackupRefused'
}

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)

/** Writes frames and keeps the MAC over them. */
export class FrameWriter {
  readonly #macKey: Buffer
  readonly #digest = createHash('sha256').update(MAGIC)

  constructor(macKey: Buffer) {
    this.#macKey = macKey
  }

  json(kind: Kind, value: unknown): Buffer {
    return this.#frame(kind, Buffer.from(JSON.stringify(value)))
  }

  async data(content: Buffer): Promise<Buffer> {
    const params = { [constants.ZSTD_c_compressionLevel]: 3 }
    return this.#frame(KIND.data, await compress(content, { params }))
  }

  /** The MAC of everything written so far. */
  soFar(): string {
    return createHmac('sha256', this.#macKey).update(this.#digest.copy().digest()).digest('hex')
  }

  #frame(kind: Kind, payload: Buffer): Buffer {
    const frame = Buffer.allocUnsafe(HEAD + payload.length)
    frame[0] = kind
    frame.writeUInt32BE(payload.length, 1)
    frame.set(payload, HEAD)
    this.#digest.update(frame)
    return frame
  }
}

/** Reads frames from a hostile stream: lengths are bounded before anything is held. Throws BackupRefused. */
export async function* readFrames(input: AsyncIterable<Uint8Array>, macKey: Buffer): AsyncGenerator<Frame> {
  const digest = createHash('sha256')
  const bytes = new Taker(input)
  const magic = await bytes.take(MAGIC.length)
  if (magic === null || !magic.equals(MAGIC)) throw new BackupRefused('this is not a backup of Weir, or of a later version')
  digest.update(magic)
  for (;;) {
    const head = await bytes.take(HEAD)
    if (head === null) return
    const kind = head[0] as Kind
    const length = head.readUInt32BE(1)
    if (kind < KIND.manifest || kind > KIND.trailer || length > (kind === KIND.data ? MOST_DATA : MOST_JSON))
      throw new BackupRefused('the backup is damaged: a part of it is not one of ours')
    const payload = await bytes.take(length)
    if (payload === null && length > 0) throw new BackupRefused('the backup is cut short')
    const before = createHmac('sha256', macKey).update(digest.copy().digest()).digest()
    digest.update(head).update(payload ?? '')
    yield { kind, payload: payload ?? Buffer.alloc(0), before }
  }
}

/** The content of a data frame, at most 1 MiB however small it came. */
export async function contentOf(frame: Frame): Promise<Buffer> {
  try {
    return await decompress(frame.payload, { maxOutputLength: CONTENT_BYTES })
  } catch {
    throw new BackupRefused('the backup is damaged: a part of it cannot be unpacked')
  }
}

/** A JSON frame's object. */
export function jsonOf(frame: Frame): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(frame.payload.toString('utf8'))
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  } catch {
    // Said below.
  }
  throw new BackupRefused('the backup is damaged: a part of it cannot be read')
}

export function sameMac(frame: Frame, hex: unknown): boolean {
  const claimed = Buffer.from(typeof hex === 'string' ? hex : '', 'hex')
  return claimed.length === frame.before.length && timingSafeEqual(claimed, frame.before)
}

class Taker {
  readonly #input: AsyncIterator<Uint8Array>
  #held: Uint8Array[] = []
  #length = 0

  constructor(input: AsyncIterable<Uint8Array>) {
    this.#input = input[Symbol.asyncIterator]()
  }

  /** Exactly `count` bytes; null at a clean end; throws when the stream ends within them. */
  async take(count: number): Promise<Buffer | null> {
    while (this.#length < count) {
      const { done, value } = await this.#input.next()
      if (done) {
        if (this.#length > 0) throw new BackupRefused('the backup is cut short')
        return null
      }
      this.#held.push(value)
      this.#length += value.length
    }
    const all =
      this.#held.length === 1
        ? Buffer.from(this.#held[0]!.buffer, this.#held[0]!.byteOffset, this.#held[0]!.length)
        : Buffer.concat(this.#held)
    this.#held = [all.subarray(count)]
    this.#length -= count
    return all.subarray(0, count)
  }
}
