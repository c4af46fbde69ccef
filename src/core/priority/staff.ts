import type { Outcome } from './decision-table.ts'

export type PriorityWord = 'immediate' | 'out-of-cycle' | 'scheduled' | 'defer'

const WORDS: Readonly<Record<string, PriorityWord>> = { I: 'immediate', O: 'out-of-cycle', S: 'scheduled', D: 'defer' }

/** The priority word of a supplier's or deployer's outcome; null for outcomes that are no priority (coordinate, publish, days). */
export function staffOf(outcome: Outcome): PriorityWord | null {
  if (outcome.point !== 'ssvc:DSOI:1.0.0') return null
  return Object.hasOwn(WORDS, outcome.value) ? WORDS[outcome.value]! : null
}

/** 4 for immediate down to 1 for defer: what queues sort by. */
export function priorityRank(word: PriorityWord): 1 | 2 | 3 | 4 {
  return word === 'immediate' ? 4 : word === 'out-of-cycle' ? 3 : word === 'scheduled' ? 2 : 1
}
