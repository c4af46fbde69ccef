// A ustar header (POSIX.1-1988) of 512 bytes, with pax records (POSIX.1-2001) where a path or link is too long for it.

export const BLOCK = 512

export interface TarEntry {
  /** Without a leading slash; folders without a trailing one. */
  readonly path: string
  readonly kind: 'file' | 'folder' | 'link'
  readonly executable: boolean
  /** Where a symbolic link points; else empty. */
  readonly target: string
  readonly size: number
  /** Seconds since 1970. */
  readonly mtime: number
}

const TYPE = { file: '0', folder: '5', link: '2' } as const

/** The header blocks of an entry: one, or a pax header before it. */
export function headerOf(entry: TarEntry): Buffer {
  const path = entry.kind === 'folder' ? `${entry.path}/` : entry.path
  const records: string[] = []
  if (Buffer.byteLength(path) > 100 || !isAscii(path)) records.push(record('path', path))
  if (Buffer.byteLength(entry.target) > 100 || !isAscii(entry.target)) records.push(record('linkpath', entry.target))
  const own = block(path.slice(0, 99).replace(/[^\x20-\x7e]/g, '_'), entry.target.slice(0, 99).replace(/[^\x20-\x7e]/g, '_'), {
    type: TYPE[entry.kind],
    mode: entry.kind === 'file' && !entry.executable ? 0o644 : 0o755,
    size: entry.size,
    mtime: entry.mtime,
  })
  if (records.length === 0) return own
  const pax = Buffer.from(records.join(''))
  const head = block('PaxHeader', '', { type: 'x', mode: 0o644, size: pax.length, mtime: entry.mtime })
  return Buffer.concat([head, pax, Buffer.alloc(padding(pax.length)), own])
}

/** Zero bytes that fill the last block of `size` bytes. */
export function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

const isAscii = (text: string) => /^[\x20-\x7e]*$/.test(text)

/** `length key=value\n`, where the length counts itself. */
function record(key: string, value: string): string {
  const rest = Buffer.byteLength(` ${key}=${value}\n`)
  let length = rest + String(rest).length
  if (String(length).length > String(rest).length) length = rest + String(length).length
  return `${length} ${key}=${value}\n`
}

interface Fields {
  readonly type: string
  readonly mode: number
  readonly size: number
  readonly mtime: number
}

function block(name: string, link: string, { type, mode, size, mtime }: Fields): Buffer {
  const out = Buffer.alloc(BLOCK)
  out.write(name, 0, 100, 'latin1')
  out.write(octal(mode, 7), 100)
  out.write(octal(0, 7), 108)
  out.write(octal(0, 7), 116)
  out.write(octal(size, 11), 124)
  out.write(octal(mtime, 11), 136)
  out.write('        ', 148)
  out.write(type, 156)
  out.write(link, 157, 100, 'latin1')
  out.write('ustar\u000000', 257)
  let sum = 0
  for (const byte of out) sum += byte
  out.write(`${octal(sum, 6)}\0 `, 148)
  return out
}

const octal = (value: number, width: number) => value.toString(8).padStart(width, '0')
