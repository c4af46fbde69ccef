import type { Chance } from './chance.ts'

// One small change each, on text of one character a byte. A step that finds nothing to change answers what it was given.
export type Step = (text: string, chance: Chance) => string

const BLOCK_MOST = 64
const EDGES = [0, 1, 0x7f, 0x80, 0xff, 0x7fff, 0x8000, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff]

/** Sets, flips or moves a byte by a little. */
export const byte: Step = (text, chance) => {
  if (text === '') return text
  const at = chance.below(text.length)
  const old = text.charCodeAt(at)
  const now = chance.pick([
    old ^ (1 << chance.below(8)),
    old + 1,
    old - 1,
    chance.below(256),
    chance.pick([0, 0x20, 0x7f, 0xff]),
  ])
  return splice(text, at, 1, String.fromCharCode(now & 255))
}

/** Takes out a block. */
export const cut: Step = (text, chance) => {
  const length = 1 + chance.below(Math.min(BLOCK_MOST, text.length))
  return text.length < 2 ? text : splice(text, chance.below(text.length - length + 1), length, '')
}

/** Puts a copy of a block somewhere else. */
export const copy: Step = (text, chance) => {
  const length = 1 + chance.below(Math.min(BLOCK_MOST, text.length))
  const from = chance.below(text.length - length + 1)
  return splice(text, chance.below(text.length + 1), 0, text.slice(from, from + length))
}

/** Overwrites one to four bytes by a number at an edge, or by one near the number that stood there. */
export const integer: Step = (text, chance) => {
  const width = chance.pick([1, 2, 4])
  if (text.length < width) return text
  const at = chance.below(text.length - width + 1)
  const little = chance.below(2) === 0
  const digits = Array.from({ length: width }, (_, i) => text.charCodeAt(little ? at + i : at + width - 1 - i))
  const old = digits.reduce((sum, digit, i) => sum + digit * 256 ** i, 0)
  const now = chance.below(2) === 0 ? chance.pick(EDGES) : old + chance.pick([-16, -2, -1, 1, 2, 16, old, -(old >>> 1)])
  const bytes = Array.from({ length: width }, (_, i) => Math.floor((now >>> 0) / 256 ** i) & 255)
  if (!little) bytes.reverse()
  return splice(text, at, width, String.fromCharCode(...bytes))
}

/** Puts a word of the input itself somewhere else. */
export const token: Step = (text, chance) => {
  const words = text.slice(0, 65_536).match(/[A-Za-z0-9_-]{2,32}/g)
  if (words === null) return copy(text, chance)
  return splice(text, chance.below(text.length + 1), chance.pick([0, 0, 2, 4]), chance.pick(words))
}

/** Ends the input early. */
export const truncate: Step = (text, chance) => text.slice(0, text.length - chance.below(Math.min(256, text.length)))

/** `text` with `remove` characters at `at` replaced. */
export function splice(text: string, at: number, remove: number, put: string): string {
  return text.slice(0, at) + put + text.slice(at + remove)
}
