import type { Load } from '../run/load.ts'
import { textOf } from './byte-text.ts'

/** What mutants are grafted with: pieces of other inputs of the same harness, which know words that this one does not. */
export interface Pool {
  readonly texts: readonly string[]
  readonly lines: readonly string[]
  readonly words: readonly string[]
}

export const NO_POOL: Pool = { texts: [], lines: [], words: [] }

const TEXT_MOST = 65_536
const TEXTS_MOST = 64
const PIECES_MOST = 2000

/** The pieces of some loads: at most 64 texts of 64 KiB, and 2,000 different lines and words. */
export function poolOf(loads: readonly Load[]): Pool {
  const texts = loads
    .flatMap((load) => (load.kind === 'file' ? [load.bytes] : load.requests))
    .slice(0, TEXTS_MOST)
    .map((bytes) => textOf(bytes.subarray(0, TEXT_MOST)))
  const lines = new Set<string>()
  const words = new Set<string>()
  for (const text of texts) {
    for (const line of text.split('\n')) if (line.length > 0 && line.length <= 400 && lines.size < PIECES_MOST) lines.add(line)
    for (const [word] of text.matchAll(/[A-Za-z0-9_.-]{1,40}/g)) {
      if (words.size >= PIECES_MOST) break
      words.add(word)
    }
  }
  return { texts, lines: [...lines], words: [...words] }
}
