import { splice } from './byte-steps.ts'
import type { Chance } from './chance.ts'
import type { Pool } from './pool.ts'

// Changes that bring in what other inputs of the same harness hold.

export type Graft = (text: string, chance: Chance, pool: Pool) => string

const BLOCK_MOST = 64

/** One word becomes another that the target knows. */
export const otherWord: Graft = (text, chance, pool) => {
  if (pool.words.length === 0) return text
  const found = [...text.slice(0, 65_536).matchAll(/[A-Za-z0-9_.-]{1,40}/g)]
  if (found.length === 0) return text
  const at = chance.pick(found)
  return splice(text, at.index, at[0].length, chance.pick(pool.words))
}

/** A word with the sign behind it (`name=`, `../`, `item,`) is put before another word, as lists and paths go on. */
export const unit: Graft = (text, chance, pool) => {
  const found = [...text.slice(0, 65_536).matchAll(/[A-Za-z0-9_.-]{1,40}[^A-Za-z0-9_.\s-]?/g)]
  if (found.length === 0) return text
  const signed = found.filter(([word]) => /[^A-Za-z0-9_.-]$/.test(word))
  const sign = signed.length > 0 ? chance.pick(signed)[0].slice(-1) : ' '
  const own = signed.length > 0 && chance.below(2) === 0
  const put =
    own || pool.words.length === 0 ? (signed.length > 0 ? chance.pick(signed)[0] : text) : chance.pick(pool.words) + sign
  return splice(text, chance.pick(found).index, 0, put.slice(0, BLOCK_MOST))
}

/** A line of another input is put in. */
export const otherLine: Graft = (text, chance, pool) => {
  if (pool.lines.length === 0) return text
  const lines = text.split('\n')
  lines.splice(chance.below(lines.length), 0, chance.pick(pool.lines))
  return lines.join('\n')
}

/** A line becomes one of another input. */
export const lineSwap: Graft = (text, chance, pool) => {
  if (pool.lines.length === 0) return text
  const lines = text.split('\n')
  lines[chance.below(lines.length)] = chance.pick(pool.lines)
  return lines.join('\n')
}

/** The head of this and the tail of another, cut at line ends where there are any. */
export const joined: Graft = (text, chance, pool) => {
  if (pool.texts.length === 0) return text
  const other = chance.pick(pool.texts)
  const [head, tail] = chance.below(2) === 0 ? [text, other] : [other, text]
  return head.slice(0, cutPoint(head, chance)) + tail.slice(cutPoint(tail, chance))
}

/** A block of another input is put in, or laid over. */
export const block: Graft = (text, chance, pool) => {
  if (pool.texts.length === 0) return text
  const other = chance.pick(pool.texts)
  const length = 1 + chance.below(Math.min(BLOCK_MOST, other.length))
  const from = chance.below(other.length - length + 1)
  return splice(text, chance.below(text.length + 1), chance.pick([0, length]), other.slice(from, from + length))
}

function cutPoint(text: string, chance: Chance): number {
  const at = chance.below(text.length + 1)
  const line = text.indexOf('\n', at)
  return line < 0 || line - at > 200 ? at : line + 1
}
