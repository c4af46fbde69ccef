import { type Step, splice } from './byte-steps.ts'
import type { Chance } from './chance.ts'

// Changes of text that a person could have written: they mostly stay in the space of what the target accepts.

const SCAN = 65_536
const MATCHES = 400
const RUN_MOST = 4096

/** Changes one decimal number. */
export const number: Step = (text, chance) => {
  const at = place(text, /[0-9]{1,18}/g, chance)
  if (at === null) return text
  const old = Number(at.found)
  const now = chance.pick([
    ...[old + 1, Math.max(0, old - 1), old * 2, Math.floor(old / 2), old + 10],
    ...[0, 1, 2, 3, 5, 10, 100, 65_535, 2_147_483_647, 4_294_967_295],
  ])
  return splice(text, at.at, at.found.length, String(now))
}

/** Makes one number small, as ordinary inputs have it. */
export const smaller: Step = (text, chance) => {
  const at = place(text, /[0-9]{1,18}/g, chance)
  return at === null ? text : splice(text, at.at, at.found.length, String(chance.below(Math.min(10, Number(at.found) + 1))))
}

/** Makes one word longer, out of its own characters. */
export const grow: Step = (text, chance) => {
  const at = place(text, /[A-Za-z0-9_+/=.-]{1,4096}/g, chance)
  if (at === null) return text
  const more = at.found.repeat(1 + chance.below(8)).slice(0, RUN_MOST)
  return splice(text, at.at + at.found.length, 0, more)
}

/** Makes one word shorter. */
export const shrink: Step = (text, chance) => {
  const at = place(text, /[^\s]{2,4096}/g, chance)
  if (at === null) return text
  return splice(text, at.at, at.found.length, at.found.slice(0, 1 + chance.below(Math.min(at.found.length - 1, 24))))
}

/** Changes the letters of one word and keeps its length. */
export const reword: Step = (text, chance) => {
  const at = place(text, /[A-Za-z]{1,64}/g, chance)
  if (at === null) return text
  const from = chance.below(at.found.length)
  return splice(text, at.at + from, 1, String.fromCharCode(97 + chance.below(26)))
}

/** Takes one line out. */
export const dropLine: Step = (text, chance) => {
  const lines = text.split('\n')
  if (lines.length < 3) return text
  lines.splice(chance.below(lines.length - 1), 1)
  return lines.join('\n')
}

/** Says one line twice. */
export const repeatLine: Step = (text, chance) => {
  const lines = text.split('\n')
  const at = chance.below(Math.max(1, lines.length - 1))
  lines.splice(at, 0, lines[at]!)
  return lines.join('\n')
}

/** Swaps two lines. */
export const swapLines: Step = (text, chance) => {
  const lines = text.split('\n')
  const [a, b] = [chance.below(Math.max(1, lines.length - 1)), chance.below(Math.max(1, lines.length - 1))]
  ;[lines[a], lines[b]] = [lines[b]!, lines[a]!]
  return lines.join('\n')
}

/** Writes one word, or its head, in percent signs: another form of the same for whatever decodes it. */
export const encode: Step = (text, chance) => {
  const at = place(text, /[A-Za-z0-9_.-]{1,4096}/g, chance)
  if (at === null) return text
  const kept = at.found.slice(0, 1 + chance.below(Math.min(at.found.length, 48)))
  const coded = [...kept].map((c) => `%${c.charCodeAt(0).toString(16).padStart(2, '0')}`).join('')
  return splice(text, at.at, at.found.length, coded + (chance.below(2) === 0 ? at.found.slice(kept.length) : ''))
}

/** Changes one number, or the inside of one quoted word, of a program text. */
export const literal: Step = (text, chance) => {
  const at = place(text, /"[^"\\\n]{1,400}"|'[^'\\\n]{1,400}'|\b[0-9]{1,18}\b/g, chance)
  if (at === null) return text
  if (/^[0-9]/.test(at.found)) return splice(text, at.at, at.found.length, number(at.found, chance))
  const inside = chance.pick([number, grow, shrink, reword])(at.found.slice(1, -1), chance)
  return splice(text, at.at + 1, at.found.length - 2, inside)
}

function place(text: string, pattern: RegExp, chance: Chance): { readonly at: number; readonly found: string } | null {
  const found: { at: number; found: string }[] = []
  for (const match of text.slice(0, SCAN).matchAll(pattern)) {
    found.push({ at: match.index, found: match[0] })
    if (found.length >= MATCHES) break
  }
  return found.length > 0 ? chance.pick(found) : null
}
