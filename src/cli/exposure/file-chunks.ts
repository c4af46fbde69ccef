import { closeSync, createReadStream, openSync, readSync } from 'node:fs'
import type { Transform } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'

export type Packing = 'plain' | 'gzip' | 'zstd' | 'zip'

const HEAD = 1 << 16
const CHUNK = 1 << 15
/** Unpacked bytes of one file beyond which a packed file is not believed. */
const MOST_UNPACKED = 16 * 2 ** 30

/** A packed file that does not unpack, or unpacks without end. */
export class BadPacking extends Error {}

/** How a file is packed, by its first bytes. */
export function packingOf(head: Uint8Array): Packing {
  const starts = (...bytes: readonly number[]) => bytes.every((byte, n) => head[n] === byte)
  if (starts(0x1f, 0x8b)) return 'gzip'
  if (starts(0x28, 0xb5, 0x2f, 0xfd)) return 'zstd'
  return starts(0x50, 0x4b, 0x03, 0x04) || starts(0x50, 0x4b, 0x05, 0x06) ? 'zip' : 'plain'
}

/** The first bytes of a file, at most 64 KiB. */
export function headOf(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const head = new Uint8Array(HEAD)
    return head.subarray(0, readSync(file, head, 0, HEAD, 0))
  } finally {
    closeSync(file)
  }
}

/**
 * The unpacked bytes of a plain, gzip or Zstandard file, chunk by chunk. `reuse`: a chunk stands until the next is asked for only, so
 * that a large file leaves no garbage. Hostile: throws BadPacking on what does not unpack.
 */
export async function* fileChunks(path: string, reuse = false): AsyncGenerator<Uint8Array> {
  const packing = packingOf(headOf(path))
  if (reuse && packing === 'plain') {
    yield* plainChunks(path)
    return
  }
  const raw = createReadStream(path, { highWaterMark: CHUNK })
  if (packing === 'plain' || packing === 'zip') {
    yield* raw as AsyncIterable<Uint8Array>
    return
  }
  const unpacker: Transform =
    packing === 'gzip' ? createGunzip({ chunkSize: CHUNK }) : createZstdDecompress({ chunkSize: CHUNK })
  raw.on('error', (error) => unpacker.destroy(error))
  let bytes = 0
  try {
    for await (const chunk of raw.pipe(unpacker) as AsyncIterable<Uint8Array>) {
      bytes += chunk.length
      if (bytes > MOST_UNPACKED) throw new BadPacking('it unpacks to more than 16 GiB')
      yield chunk
    }
  } catch (error) {
    if (error instanceof BadPacking || (error as NodeJS.ErrnoException).syscall !== undefined) throw error
    throw new BadPacking('it does not unpack')
  } finally {
    raw.destroy()
  }
}

function* plainChunks(path: string): Generator<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    const buffer = new Uint8Array(CHUNK)
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) yield buffer.subarray(0, read)
  } finally {
    closeSync(file)
  }
}
