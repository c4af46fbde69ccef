import { letterOf } from '../flaws/finding-column.ts'
import type { PieceName } from './stored-proof.ts'

/** How pieces of evidence are called in front of people: the letter of their finding on the page, and their own name. */
export interface PieceNaming {
  readonly letter: (id: string) => string
  readonly name: (id: string) => string
  /** A sentence of a runner, which knows ids only, with names in their place. */
  readonly words: (text: string) => string
  /** The same without letters, which mean something on one page only. */
  readonly names: (text: string) => string
}

const IDS = /\b(?:evd_[0-9a-z]{24}|fnd_[0-9a-z]{24}-\d{1,4})\b/g

/** `findings` in the order of the page; pieces of others get the letters after them. */
export function pieceNaming(pieces: readonly PieceName[], findings: readonly string[]): PieceNaming {
  const order = [...new Set([...findings, ...pieces.map(({ finding }) => finding)])]
  const letters = new Map(order.map((finding, n) => [finding, letterOf(n)]))
  const byId = new Map(pieces.map((piece) => [piece.id, piece]))
  const letter = (id: string) => letters.get(byId.get(id)?.finding ?? '') ?? '?'
  const name = (id: string) => byId.get(id)?.name ?? id
  return {
    letter,
    name,
    names: (text) => text.replace(IDS, (id) => (byId.has(id) ? name(id).slice(0, 80) : id)),
    words: (text) => text.replace(IDS, (id) => (byId.has(id) ? `${letter(id)} (${name(id).slice(0, 80)})` : id)),
  }
}
