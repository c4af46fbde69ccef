import type { Load } from '../run/load.ts'
import { chance } from './chance.ts'
import { loadKey, loadSize, mutateLoad, type Reach } from './mutate-load.ts'
import type { Pool } from './pool.ts'

/** Bytes of all mutants of one search together: large inputs get fewer mutants. */
const BYTES_MOST = 32 << 20

export interface Mutant {
  readonly load: Load
  readonly reach: Reach
}

/** Up to `count` different mutants of a load, none equal to it or to one of `known`. Follows from seed and words alone. */
export function mutantsOf(
  load: Load,
  count: number,
  reaches: readonly Reach[],
  seed: number,
  pool: Pool,
  ...what: string[]
): Mutant[] {
  const luck = chance(seed, ...what)
  const seen = new Set([loadKey(load)])
  const out: Mutant[] = []
  const most = Math.min(count, Math.floor(BYTES_MOST / (loadSize(load) + 64)))
  // A short input has few neighbours: after three tries a mutant it is left at what was found.
  for (let tries = 0; out.length < most && tries < most * 3; tries++) {
    const reach = reaches[tries % reaches.length]!
    const mutant = mutateLoad(load, luck, reach, pool)
    const key = loadKey(mutant)
    if (seen.has(key)) continue
    seen.add(key)
    out.push({ load: mutant, reach })
  }
  return out
}
