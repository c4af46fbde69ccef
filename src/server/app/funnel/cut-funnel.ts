import type { FunnelOut } from '../../../contract/shapes/case.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { SMALL_BELOW } from '../../../core/kernel/suppress.ts'
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
 * The funnel as everyone reads it: small counts withheld, each other one down to a multiple of five, so that neither two steps nor two
 * hours subtracted from each other tell of one flaw; a median only over as many as are shown.
 */
export function cutFunnel({ at, steps, missed }: FunnelCount): FunnelOut {
  return {
    asOf: formatInstant(instant(at)),
    steps: steps.map(({ step, flaws, medianHours, timed, held }) => ({
      step,
      flaws: cut(flaws),
      medianHours: cut(timed) === null || medianHours === null ? null : Math.round(medianHours),
      // A reason without a count would still say that somebody is there.
      held: held.flatMap(({ why, flaws: count }) => (cut(count) === null ? [] : [{ why, flaws: cut(count) }])),
    })),
    missed: missed.map(({ whose, what, of, missed: late, longestHours }) => {
      // The longest delay is one case's own: in whole days it says less of it.
      const longest = cut(late) === null || longestHours === null ? null : Math.ceil(longestHours / 24) * 24
      return { whose, what, of: cut(of), missed: cut(late), longestHours: longest }
    }),
  }
}

function cut(count: number): number | null {
  return count < SMALL_BELOW ? null : count - (count % SMALL_BELOW)
}
