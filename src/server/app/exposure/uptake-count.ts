import { SMALL_BELOW } from '../../../core/kernel/suppress.ts'
import type { Ground } from '../../ground.ts'
import type { Tx } from '../../store/connection.ts'
import { type OrganisationUptake, uptakesOf } from '../../store/exposure-uptake.ts'
import { obligationMacs } from './obligation-body.ts'

/** What may be said of many operators together. Null: it would tell of few. */
export interface Uptake {
  readonly operators: number | null
  readonly patchedPercent: number | null
}

const NOTHING: Uptake = { operators: null, patchedPercent: null }
const STEP = 5

/**
 * How far the fix of a flaw of these public names is deployed with the operators that report; those of the reader's own organisation
 * are left out, for whoever can move a count and read it finds out what the others make of it. Needs the scope `all`.
 */
export async function uptakeOf(
  ground: Pick<Ground, 'keys'>,
  tx: Tx,
  names: readonly string[],
  reader: string | null,
): Promise<Uptake> {
  if (names.length === 0) return NOTHING
  const { flaw } = obligationMacs(ground)
  return cutUptake(await uptakesOf(tx, names.map(flaw), reader))
}

/**
 * Counts operators, not assets, so that a large one does not stand for all: the mean of their fractions, in steps of five. Nothing is
 * said of fewer than five operators, nor where fewer than five are patched whole or not at all beside it would show: the steps are
 * coarser than what one operator of five moves only beyond twenty, so the percentage of fewer is in steps of twenty.
 */
export function cutUptake(uptakes: readonly OrganisationUptake[]): Uptake {
  const counted = uptakes.filter(({ total }) => total > 0)
  if (counted.length < SMALL_BELOW) return NOTHING
  const mean = counted.reduce((sum, { patched, total }) => sum + Math.min(1, patched / total), 0) / counted.length
  const step = counted.length < 20 ? 20 : STEP
  return {
    operators: counted.length - (counted.length % SMALL_BELOW),
    patchedPercent: Math.floor((mean * 100) / step + 1e-9) * step,
  }
}
