import { BLOCK, padding } from './tar-header.ts'

// What comes out of a sandbox. The sandbox process wrote the archive, the names and bytes in it are hostile: nothing is ever
// written to a path of it, and a malformed one ends the reading with what was there.

const MOST_FILES = 20_000
const MOST_RECORDS = 64 << 10

/** The plain files of an archive, by absolute path inside. */
export function readTar(archive: Uint8Array): Map<string, Uint8Array> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const files = new Map<string, Uint8Array>()
  let long: string | null = null
  for (let at = 0; at + BLOCK <= bytes.length && files.size < MOST_FILES; ) {
    const head = bytes.subarray(at, at + BLOCK)
    const size = Number.parseInt(text(head, 124, 12), 8)
    if (head[0] === 0 || !Number.isSafeInteger(size) || size < 0 || at + BLOCK + size > bytes.length) break
    const body = bytes.subarray(at + BLOCK, at + BLOCK + size)
    const type = String.fromCharCode(head[156] ?? 0)
    if (type === 'x') long = pathRecord(body) ?? long
    else if (type === 'L') long = text(body, 0, Math.min(size, 4096))
    else {
      const prefix = text(head, 345, 155)
      const path = long ?? (prefix === '' ? text(head, 0, 100) : `${prefix}/${text(head, 0, 100)}`)
      if (type === '0' || type === '\0') files.set(absolute(path), body)
      long = null
    }
    at += BLOCK + size + padding(size)
  }
  return files
}

const absolute = (path: string) => `/${path.replace(/^(?:\.?\/)+/, '')}`

/** Bytes up to the first NUL or the field's end, as UTF-8. */
function text(bytes: Buffer, from: number, length: number): string {
  const field = bytes.subarray(from, from + length)
  const end = field.indexOf(0)
  return field.subarray(0, end < 0 ? field.length : end).toString('utf8')
}

/** The `path` of pax records; null where none is there. */
function pathRecord(body: Buffer): string | null {
  let found: string | null = null
  for (let at = 0; at < Math.min(body.length, MOST_RECORDS); ) {
    const space = body.indexOf(32, at)
    const length = space < 0 || space - at > 9 ? 0 : Number(body.subarray(at, space).toString('latin1'))
    if (!Number.isInteger(length) || length < 5 || at + length > body.length) break
    const record = body.subarray(space + 1, at + length - 1).toString('utf8')
    if (record.startsWith('path=')) found = record.slice(5)
    at += length
  }
  return found
}
