import { readFileSync } from 'node:fs'
import { zstdDecompressSync } from 'node:zlib'

/** Every regular file of a `.tar.zst` (ustar, GNU and pax long names), by its path without a leading `./`. */
export function readTarZst(file: string): Map<string, Buffer> {
  const tar = zstdDecompressSync(readFileSync(file))
  const out = new Map<string, Buffer>()
  let longName: string | null = null
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0; ) {
    const text = (from: number, length: number) => tar.toString('utf8', at + from, at + from + length).replace(/\0.*$/s, '')
    const size = Number.parseInt(text(124, 12).trim(), 8)
    const kind = String.fromCharCode(tar[at + 156]!)
    const body = tar.subarray(at + 512, at + 512 + size)
    const prefix = text(345, 155)
    if (kind === 'L') longName = body.toString('utf8').replace(/\0.*$/s, '')
    else if (kind === 'x') longName = /(?:^|\n)\d+ path=([^\n]*)\n/.exec(body.toString('utf8'))?.[1] ?? null
    else {
      const name = longName ?? (prefix ? `${prefix}/${text(0, 100)}` : text(0, 100))
      if (kind === '0' || kind === '\0') out.set(name.replace(/^\.\//, ''), body)
      longName = null
    }
    at += 512 + Math.ceil(size / 512) * 512
  }
  return out
}
