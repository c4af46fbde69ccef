import type { Load } from '../run/load.ts'
import { byte, copy, cut, integer, type Step, token, truncate } from './byte-steps.ts'
import { bytesOf, looksLikeText, textOf } from './byte-text.ts'
import type { Chance } from './chance.ts'
import { block, type Graft, joined, lineSwap, otherLine, otherWord, unit } from './graft-steps.ts'
import { mutateRequest } from './mutate-request.ts'
import type { Pool } from './pool.ts'
import { sibling } from './sibling-step.ts'
import { dropLine, grow, literal, number, repeatLine, reword, shrink, smaller, swapLines } from './text-steps.ts'

/**
 * How far a mutant strays. `wild`: anything near; `gentle`: changes that make the input more ordinary (smaller numbers, shorter
 * words, a line less); `slight`: one small change of an input that is valid already; `grafted`: with pieces of
 * other inputs; `script`: only numbers and quoted words of
 * a program that is the reproducer itself.
 */
export type Reach = 'wild' | 'gentle' | 'slight' | 'grafted' | 'script'

const BYTE_STEPS: readonly Step[] = [byte, byte, cut, copy, integer, integer, token, truncate]
const TEXT_STEPS: readonly Step[] = [number, number, smaller, grow, grow, shrink, reword, dropLine, repeatLine, swapLines]
const BY_REACH: Readonly<
  Record<Reach, { readonly bytes: readonly (Step | Graft)[]; readonly text: readonly (Step | Graft)[] }>
> = {
  wild: { bytes: [...BYTE_STEPS, block], text: [...TEXT_STEPS, ...BYTE_STEPS, unit, unit, sibling, sibling, sibling] },
  gentle: { bytes: [byte, integer, cut, truncate], text: [smaller, number, shrink, dropLine, reword] },
  slight: { bytes: [byte, integer], text: [number, smaller, reword, repeatLine, swapLines, dropLine, otherWord, otherLine] },
  grafted: {
    bytes: [block, joined, integer, byte],
    text: [otherWord, otherWord, unit, unit, otherLine, lineSwap, joined, number, repeatLine],
  },
  script: { bytes: [literal], text: [literal, literal, sibling] },
}
const GROWTH = 65_536

/** One mutant of a load; the same chance gives the same mutant. Never more than 64 KiB longer. */
export function mutateLoad(load: Load, chance: Chance, reach: Reach, pool: Pool): Load {
  if (load.kind === 'file') return { ...load, bytes: bytesOf(mutateFile(textOf(load.bytes), chance, reach, pool)) }
  const at = chance.below(load.requests.length)
  const requests = load.requests.map((bytes, i) => {
    if (i !== at) return bytes
    let text = textOf(bytes)
    for (let step = steps(chance, reach); step > 0; step--) text = mutateRequest(text, chance, reach !== 'wild', pool)
    return bytesOf(text.slice(0, bytes.length + GROWTH))
  })
  return { kind: 'exchange', requests, waitMs: load.waitMs }
}

function mutateFile(text: string, chance: Chance, reach: Reach, pool: Pool): string {
  const from = BY_REACH[reach]
  const choices = looksLikeText(text) ? from.text : from.bytes
  let changed = text
  for (let step = steps(chance, reach); step > 0; step--) changed = chance.pick(choices)(changed, chance, pool)
  return changed.slice(0, text.length + GROWTH)
}

function steps(chance: Chance, reach: Reach): number {
  return reach === 'slight' ? 1 : 1 + chance.below(3)
}

/** A key by which equal loads are one. */
export function loadKey(load: Load): string {
  return load.kind === 'file' ? textOf(load.bytes) : load.requests.map(textOf).join('\0\0')
}

/** Bytes of a load. */
export function loadSize(load: Load): number {
  return load.kind === 'file' ? load.bytes.length : load.requests.reduce((sum, { length }) => sum + length, 0)
}
