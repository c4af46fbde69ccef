import { closeSync, createReadStream, openSync, readSync, statSync } from 'node:fs'
import { Readable, type Transform } from 'node:stream'
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

/** The first bytes of a file, unless said otherwise at most 64 KiB. */
export function headOf(path: string, most = HEAD): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const head = new Uint8Array(most)
    return head.subarray(0, readSync(file, head, 0, most, 0))
  } finally {
    closeSync(file)
  }
}

/** How standard input is named on a command line. */
export const STDIN = '-'

/**
 * The unpacked bytes of a plain, gzip or Zstandard file, of a pipe or of standard input (`-`), chunk by chunk. `reuse`: a chunk stands
 * until the next is asked for only, so that a large file leaves no garbage. Hostile: throws BadPacking on what does not unpack.
 */
export async function* fileChunks(path: string, reuse = false): AsyncGenerator<Uint8Array> {
  if (path === STDIN || !statSync(path).isFile()) {
    yield* streamed(path === STDIN ? process.stdin : createReadStream(path))
    return
  }
  const packing = packingOf(headOf(path, 4))
  if (packing === 'plain' || packing === 'zip') yield* plainChunks(path, reuse)
  else yield* unpacked(createReadStream(path, { highWaterMark: CHUNK }), packing)
}

/** What comes once and cannot be read again: its first bytes say how it is packed. */
async function* streamed(raw: Readable): AsyncGenerator<Uint8Array> {
  const rest = raw[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  let head = new Uint8Array(0)
  while (head.length < 4) {
    const next = await rest.next()
    if (next.done) break
    head = Buffer.concat([head, next.value])
  }
  const all = async function* () {
    yield head
    for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
  }
  const packing = packingOf(head)
  if (packing === 'plain' || packing === 'zip') yield* all()
  else yield* unpacked(Readable.from(all()), packing)
}

async function* unpacked(raw: Readable, packing: 'gzip' | 'zstd'): AsyncGenerator<Uint8Array> {
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

function* plainChunks(path: string, reuse: boolean): Generator<Uint8Array> {
  const file = openSync(path, 'r')
  try {
    let buffer = new Uint8Array(CHUNK)
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      yield buffer.subarray(0, read)
      if (!reuse) buffer = Buffer.allocUnsafeSlow(CHUNK)
    }
  } finally {
    closeSync(file)
  }
}
