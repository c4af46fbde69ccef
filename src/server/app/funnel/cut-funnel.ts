import type { FunnelOut } from '../../../contract/shapes/case.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { SMALL_BELOW, suppressSmall } from '../../../core/kernel/suppress.ts'
import type { FunnelCount } from './funnel-step.ts'

/** The funnel as coordination reads it: every count as it is. */
export function exactFunnel({ at, steps, missed }: FunnelCount): FunnelOut {
  return {
    asOf: formatInstant(instant(at)),
    steps: steps.map(({ step, flaws, medianHours, held }) => ({ step, flaws, medianHours, held: [...held] })),
    missed: [...missed],
  }
}

/**
 * The funnel as everyone reads it: small counts withheld, the others down to a multiple of five, so that neither two steps nor two
 * hours subtracted from each other tell of one flaw; a median only over as many as are shown.
 */
export function cutFunnel({ at, steps, missed }: FunnelCount): FunnelOut {
  const shown = cut(steps.map(({ flaws }) => flaws))
  return {
    asOf: formatInstant(instant(at)),
    steps: steps.map(({ step, medianHours, timed, held }, n) => {
      const counts = cut(held.map(({ flaws }) => flaws))
      // A reason without a count would still say that somebody is there.
      const told = held.flatMap(({ why }, m) => (counts[m] == null ? [] : [{ why, flaws: counts[m] }]))
      const median = shown[n] === null || timed < SMALL_BELOW || medianHours === null ? null : Math.round(medianHours)
      return { step, flaws: shown[n] ?? null, medianHours: median, held: told }
    }),
    missed: missed.map(({ whose, what, of, missed: late, longestHours }) => {
      const [kept = null, not = null] = cut([of - late, late])
      // The longest delay is one case's own: in whole days it says less of it.
      const longest = not === null || longestHours === null ? null : Math.ceil(longestHours / 24) * 24
      return { whose, what, of: kept === null || not === null ? null : kept + not, missed: not, longestHours: longest }
    }),
  }
}

function cut(counts: readonly number[]): readonly (number | null)[] {
  return suppressSmall(counts).map((count) => (count === null ? null : count - (count % SMALL_BELOW)))
}
