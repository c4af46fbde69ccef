import { crc32, deflateRawSync, zstdCompressSync } from 'node:zlib'

// Archives as Inspect writes them, and as nobody should: for tests of the import.

export interface ArchiveMember {
  readonly name: string
  readonly text: string | Uint8Array
  readonly method?: 0 | 8 | 93
  /** Packed bytes instead of those of `text`. */
  readonly packed?: Uint8Array
  /** What the directory is to state instead of the truth. */
  readonly lie?: Partial<Record<'size' | 'packed' | 'crc' | 'at' | 'flags' | 'method', number>>
  readonly zip64?: boolean
}

export interface ArchiveOptions {
  /** Stands before the archive, as in a program that unpacks itself. */
  readonly before?: Uint8Array
  readonly comment?: Uint8Array
  readonly zip64?: boolean
  readonly entries?: number
}

/** A ZIP archive of these members, its truth bent where they ask for it. */
export function evalArchive(members: readonly ArchiveMember[], options: ArchiveOptions = {}): Uint8Array {
  const before = options.before ?? new Uint8Array(0)
  const parts: Uint8Array[] = [before]
  const directory: Uint8Array[] = []
  let at = 0
  for (const member of members) {
    const bytes = typeof member.text === 'string' ? new TextEncoder().encode(member.text) : member.text
    const method = member.method ?? 8
    const packed = member.packed ?? pack(bytes, method)
    const name = new TextEncoder().encode(member.name)
    const local = record(30, [0x04034b50, 0, 20, 4, 0, 6, method, 8, name.length, 26], name)
    const truth = { size: bytes.length, packed: packed.length, crc: crc32(bytes), at, flags: 0, method, ...member.lie }
    directory.push(entry(name, truth, member.zip64 ?? false))
    parts.push(local, packed)
    at += local.length + packed.length
  }
  const length = directory.reduce((sum, part) => sum + part.length, 0)
  const entries = options.entries ?? members.length
  parts.push(...directory)
  if (options.zip64) parts.push(...end64(entries, length, at))
  const comment = options.comment ?? new Uint8Array(0)
  const [count, long, start] = options.zip64 ? [0xffff, 0xffffffff, 0xffffffff] : [entries & 0xffff, length, at]
  const end = record(22, [0x06054b50, 0, count!, 8, count!, 10, long!, -12, start!, -16, comment.length, 20], comment)
  return Buffer.concat([...parts, end])
}

function pack(bytes: Uint8Array, method: number): Uint8Array {
  if (method === 8) return deflateRawSync(bytes)
  return method === 93 ? zstdCompressSync(bytes) : bytes
}

/** Pairs of a value and its offset; a first value of four bytes at 0, others of two, or of four where the offset is negative. */
function record(length: number, fields: readonly number[], rest: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(length)
  for (let k = 0; k < fields.length; k += 2) {
    const offset = fields[k + 1]!
    if (offset <= 0) bytes.writeUInt32LE(fields[k]! >>> 0, -offset)
    else bytes.writeUInt16LE(fields[k]! & 0xffff, offset)
  }
  return Buffer.concat([bytes, rest])
}

function entry(
  name: Uint8Array,
  truth: Record<'size' | 'packed' | 'crc' | 'at' | 'flags' | 'method', number>,
  zip64: boolean,
): Uint8Array {
  const extra = Buffer.alloc(zip64 ? 28 : 0)
  if (zip64) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    for (const [k, value] of [truth.size, truth.packed, truth.at].entries()) extra.writeBigUInt64LE(BigInt(value), 4 + 8 * k)
  }
  const full = (value: number) => (zip64 ? 0xffffffff : value)
  const fields = [0x02014b50, 0, 20, 6, truth.flags, 8, truth.method, 10, truth.crc, -16, full(truth.packed), -20]
  const more = [full(truth.size), -24, name.length, 28, extra.length, 30, full(truth.at), -42]
  return Buffer.concat([record(46, [...fields, ...more], name), extra])
}

function end64(entries: number, length: number, at: number): readonly Uint8Array[] {
  const end = Buffer.alloc(56)
  end.writeUInt32LE(0x06064b50, 0)
  end.writeBigUInt64LE(44n, 4)
  for (const [k, value] of [entries, entries, length, at].entries()) end.writeBigUInt64LE(BigInt(value), 24 + 8 * k)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(at + length), 8)
  locator.writeUInt32LE(1, 16)
  return [end, locator]
}
