import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'

// Looks for texts in bytes, as they are and as base 64 or hexadecimal would write them.

export interface Scanned {
  readonly files: number
  readonly bytes: number
  readonly found: number
}

/** All the ways in which a text can stand in bytes: plain, hexadecimal, and base 64 at each of its three places. */
export function formsOf(text: string): Buffer[] {
  const bytes = Buffer.from(text)
  const forms = [text, bytes.toString('hex'), bytes.toString('hex').toUpperCase()]
  for (let before = 0; before < 3; before++) {
    // The first and last digits depend on what stands beside: only those in between are the text's own.
    const shifted = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    const own = shifted.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6))
    forms.push(own, own.replaceAll('+', '-').replaceAll('/', '_'))
  }
  return [...new Set(forms)].map((form) => Buffer.from(form))
}

/** Looks through every file below a folder; a file that goes away meanwhile is passed over. Memory: one piece of a file. */
export async function scanFolder(folder: string, forms: readonly Buffer[]): Promise<Scanned> {
  const sum = { files: 0, bytes: 0, found: 0 }
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) add(sum, await scanFolder(path, forms))
    else if (entry.isFile()) add(sum, await scanStream(createReadStream(path, { highWaterMark: 1 << 20 }), forms))
    if (forms.some((form) => entry.name.includes(form.toString('latin1')))) sum.found += 1
  }
  return sum
}

/** Looks through one stream; what cannot be read counts as not there. */
export async function scanStream(stream: AsyncIterable<Uint8Array>, forms: readonly Buffer[]): Promise<Scanned> {
  const longest = Math.max(...forms.map((form) => form.length))
  let bytes = 0
  let found = 0
  let tail = Buffer.alloc(0)
  try {
    for await (const piece of stream) {
      bytes += piece.length
      const held = Buffer.concat([tail, piece])
      for (const form of forms) if (held.includes(form)) found += 1
      tail = held.subarray(Math.max(0, held.length - longest + 1))
    }
  } catch {
    // Gone or cut while it was read.
  }
  return { files: 1, bytes, found }
}

function add(sum: { files: number; bytes: number; found: number }, more: Scanned): void {
  sum.files += more.files
  sum.bytes += more.bytes
  sum.found += more.found
}
