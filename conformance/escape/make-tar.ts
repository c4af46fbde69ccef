/** One entry of an archive, honest or not. */
export interface TarEntry {
  readonly name: string
  readonly body?: Uint8Array
  readonly mode?: number
  /** `0` a file, `1` a hard link, `2` a symbolic link, `3` and `4` devices, `5` a folder, `6` a fifo, `x` pax, `L` a long name. */
  readonly kind?: string
  readonly link?: string
  /** What the header says instead of the true length. */
  readonly size?: number | string
}

const BLOCK = 512

/** A ustar archive of exactly these entries, whatever they say; names beyond 100 bytes are cut. */
export function makeTar(entries: readonly TarEntry[], end = true): Uint8Array {
  const parts = entries.flatMap((entry) => {
    const body = entry.body ?? new Uint8Array()
    const padding = new Uint8Array((BLOCK - (body.length % BLOCK)) % BLOCK)
    return [header(entry, body.length), body, padding]
  })
  return Buffer.concat(end ? [...parts, new Uint8Array(2 * BLOCK)] : parts)
}

function header(entry: TarEntry, length: number): Uint8Array {
  const block = Buffer.alloc(BLOCK)
  const octal = (value: number, width: number) => value.toString(8).padStart(width - 1, '0')
  block.write(entry.name, 0, 100, 'latin1')
  block.write(octal(entry.mode ?? 0o644, 8), 100, 'latin1')
  block.write(octal(0, 8), 108, 'latin1')
  block.write(octal(0, 8), 116, 'latin1')
  const size = entry.size ?? length
  block.write(typeof size === 'string' ? size : octal(size, 12), 124, 12, 'latin1')
  block.write(octal(0, 12), 136, 'latin1')
  block.write('        ', 148, 'latin1')
  block.write(entry.kind ?? '0', 156, 1, 'latin1')
  block.write(entry.link ?? '', 157, 100, 'latin1')
  block.write('ustar\u000000', 257, 'latin1')
  if (entry.kind === '3' || entry.kind === '4') {
    block.write(octal(1, 8), 329, 'latin1')
    block.write(octal(3, 8), 337, 'latin1')
  }
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return block
}

/** The names, kinds and modes in an archive, for looking at what came out. */
export function listTar(bytes: Uint8Array): { name: string; kind: string; mode: number; link: string; body: Uint8Array }[] {
  const text = (at: number, most: number) => {
    const slice = bytes.subarray(at, at + most)
    const end = slice.indexOf(0)
    return Buffer.from(end < 0 ? slice : slice.subarray(0, end)).toString('latin1')
  }
  const found = []
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0; ) {
    const size = Number.parseInt(text(at + 124, 12), 8) || 0
    found.push({
      name: text(at, 100),
      kind: String.fromCharCode(bytes[at + 156]!),
      mode: Number.parseInt(text(at + 100, 8), 8),
      link: text(at + 157, 100),
      body: bytes.subarray(at + BLOCK, at + BLOCK + size),
    })
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return found
}
