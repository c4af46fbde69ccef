import type { Instant } from '../../kernel/instant.ts'
import { SMALL_BELOW, suppressSmall } from '../../kernel/suppress.ts'
import { STEWARD_ENDS, STEWARD_STATES, type Stewardship } from './stewardship.ts'

/** Null: withheld, because it or a neighbour is small. */
type Cell = number | null

export interface StewardTally {
  /** With `ended` for those that have ended. */
  readonly byState: Readonly<Record<string, Cell>>
  /** Of the open ones: past the instant by which something should have happened, and not. */
  readonly byDue: Readonly<Record<'overdue' | 'in-time', Cell>>
  readonly byEnd: Readonly<Record<string, Cell>>
  readonly say: string
}

/** Counts over all stewardships for everyone, each row with its small cells withheld; no package is named. */
export function tallyStewards(all: readonly Stewardship[], now: Instant): StewardTally {
  const open = all.filter(({ ended }) => ended === null)
  const late = open.filter(({ dueAt }) => dueAt <= now).length
  const [overdue = null, inTime = null] = suppressSmall([late, open.length - late])
  return {
    byState: row([...STEWARD_STATES, 'ended'], all, ({ state, ended }) => (ended === null ? state : 'ended')),
    byDue: { overdue, 'in-time': inTime },
    byEnd: row([...STEWARD_ENDS], all, ({ ended }) => ended?.why ?? null),
    say: `Counts below ${SMALL_BELOW} are withheld, and others beside them so that nothing follows by subtraction.`,
  }
}

function row(
  words: readonly string[],
  all: readonly Stewardship[],
  wordOf: (care: Stewardship) => string | null,
): Readonly<Record<string, Cell>> {
  const counts = new Map(words.map((word) => [word, 0]))
  for (const care of all) {
    const word = wordOf(care)
    if (word !== null) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const shown = suppressSmall([...counts.values()])
  return Object.fromEntries([...counts.keys()].map((word, n) => [word, shown[n] ?? null]))
}
