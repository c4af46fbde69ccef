import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'

/** Where planted text was found, in which spelling, with what stands around it. */
export interface Leak {
  readonly file: string
  readonly spelling: string
  readonly around: string
}

interface Spelling {
  readonly name: string
  readonly bytes: Buffer
}

/** The ways in which text may lie in a file: as it is, in UTF-16, in hex, and in base 64 at each of its three alignments. */
export function spellings(marker: string): Spelling[] {
  const plain = Buffer.from(marker)
  const hex = plain.toString('hex')
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), plain])
      .toString('base64')
      .replaceAll('=', '')
    // Letters that hang on what stands before and after are left away.
    return text.slice(shift === 0 ? 0 : shift + 1, Math.floor(((shift + plain.length) * 8) / 6))
  })
  return [
    { name: 'plain', bytes: plain },
    { name: 'upper case', bytes: Buffer.from(marker.toUpperCase()) },
    { name: 'UTF-16', bytes: Buffer.from(marker, 'utf16le') },
    { name: 'UTF-16 big-endian', bytes: Buffer.from(marker, 'utf16le').swap16() },
    { name: 'hex', bytes: Buffer.from(hex) },
    { name: 'upper case hex', bytes: Buffer.from(hex.toUpperCase()) },
    ...base64.map((text, shift) => ({ name: `base64, shifted by ${shift}`, bytes: Buffer.from(text) })),
    ...base64.map((text, shift) => ({
      name: `base64url, shifted by ${shift}`,
      bytes: Buffer.from(text.replaceAll('+', '-').replaceAll('/', '_')),
    })),
  ]
}

/** Every place in `bytes` where the marker stands, also inside gzip, zlib and Zstandard streams that begin anywhere in them. */
export function scanBytes(file: string, bytes: Buffer, marker: string, depth = 0): Leak[] {
  const leaks = spellings(marker).flatMap(({ name, bytes: wanted }) => {
    const at = bytes.indexOf(wanted)
    const around = bytes.subarray(Math.max(0, at - 60), at + wanted.length + 60).toString('latin1')
    return at < 0 ? [] : [{ file, spelling: name, around: around.replaceAll(/[^\x20-\x7e]/g, '.') }]
  })
  return depth > 1
    ? leaks
    : [...leaks, ...packed(bytes).flatMap((inner) => scanBytes(`${file} (unpacked)`, inner, marker, depth + 1))]
}

type Unpack = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer

// Each passes over whatever stands behind the end of its stream; a gzip reader would not, hence its inner stream.
const HEADS: readonly { head: Buffer; unpack: Unpack }[] = [
  { head: Buffer.from([0x28, 0xb5, 0x2f, 0xfd]), unpack: zstdDecompressSync },
  { head: Buffer.from([0x1f, 0x8b, 0x08, 0x00]), unpack: (bytes, options) => inflateRawSync(bytes.subarray(10), options) },
  { head: Buffer.from([0x78, 0x9c]), unpack: inflateSync },
]

const MOST_STREAMS = 5000

function packed(bytes: Buffer): Buffer[] {
  const found: Buffer[] = []
  for (const { head, unpack } of HEADS) {
    let tried = 0
    for (let at = bytes.indexOf(head); at >= 0 && tried < MOST_STREAMS; at = bytes.indexOf(head, at + 1), tried++) {
      try {
        found.push(unpack(framed(bytes, at), { maxOutputLength: 64 << 20 }))
      } catch {
        // Bytes that only look like the head of a stream.
      }
    }
  }
  return found
}

/** A frame of a backup says its length before it; other streams end by themselves. */
function framed(bytes: Buffer, at: number): Buffer {
  const length = at < 4 ? 0 : bytes.readUInt32BE(at - 4)
  return length > 8 && at + length <= bytes.length ? bytes.subarray(at, at + length) : bytes.subarray(at)
}

export interface Scanned {
  readonly files: number
  readonly bytes: number
  readonly leaks: Leak[]
}

/** Scans every byte of every file under a folder, or one file. */
export function scanPath(path: string, marker: string): Scanned {
  const stat = lstatSync(path)
  if (stat.isDirectory()) {
    const inner = readdirSync(path).map((name) => scanPath(join(path, name), marker))
    const sum = (of: (one: Scanned) => number) => inner.reduce((total, one) => total + of(one), 0)
    return { files: sum((one) => one.files), bytes: sum((one) => one.bytes), leaks: inner.flatMap((one) => one.leaks) }
  }
  const named = scanBytes('a name', Buffer.from(path), marker)
  if (!stat.isFile()) return { files: 0, bytes: 0, leaks: named }
  const bytes = readFileSync(path)
  return { files: 1, bytes: bytes.length, leaks: [...named, ...scanBytes(path, bytes, marker)] }
}
