const BLOCK = 512
const utf8 = new TextEncoder()

/** A tar archive (POSIX ustar) whose bytes follow from names and contents alone: no time, no owner. Names are ASCII, at most 100. */
export function writeTar(files: readonly (readonly [name: string, bytes: Uint8Array])[]): Uint8Array {
  const size = files.reduce((sum, [, bytes]) => sum + BLOCK + padded(bytes.length), 2 * BLOCK)
  const out = new Uint8Array(size)
  let at = 0
  for (const [name, bytes] of files) {
    out.set(header(name, bytes.length), at)
    out.set(bytes, at + BLOCK)
    at += BLOCK + padded(bytes.length)
  }
  return out
}

/** The files of an archive that `writeTar` wrote, as views; null for anything else, doubled names too. Hostile input. */
export function readTar(bytes: Uint8Array): ReadonlyMap<string, Uint8Array> | null {
  const files = new Map<string, Uint8Array>()
  let at = 0
  while (at + BLOCK <= bytes.length && bytes[at] !== 0) {
    const name = text(bytes, at, 100)
    const size = Number.parseInt(text(bytes, at + 124, 12), 8)
    const end = at + BLOCK + size
    if (!(size >= 0) || end > bytes.length || name === '' || files.has(name)) return null
    if (!same(bytes.subarray(at, at + BLOCK), header(name, size))) return null
    files.set(name, bytes.subarray(at + BLOCK, end))
    at += BLOCK + padded(size)
  }
  return at + 2 * BLOCK === bytes.length && bytes.subarray(at).every((byte) => byte === 0) ? files : null
}

function padded(size: number): number {
  return Math.ceil(size / BLOCK) * BLOCK
}

function header(name: string, size: number): Uint8Array {
  const out = new Uint8Array(BLOCK)
  const put = (value: string, at: number) => out.set(utf8.encode(value).subarray(0, BLOCK - at), at)
  const octal = (value: number, digits: number) => value.toString(8).padStart(digits, '0')
  put(name.slice(0, 100), 0)
  put(`${octal(0o644, 7)}\0${octal(0, 7)}\0${octal(0, 7)}\0${octal(size, 11)}\0${octal(0, 11)}\0        0`, 100)
  put('ustar\x0000', 257)
  const sum = out.reduce((total, byte) => total + byte, 0)
  put(`${octal(sum, 6)}\0 `, 148)
  return out
}

function text(bytes: Uint8Array, from: number, length: number): string {
  let end = from
  while (end < from + length && bytes[end] !== 0) end++
  return String.fromCharCode(...bytes.subarray(from, end))
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i])
}
