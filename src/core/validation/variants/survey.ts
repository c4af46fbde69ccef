import type { Asking } from '../ask.ts'
import { sameBug } from '../crash/same-bug.ts'
import { benignLoads } from '../differential/benign-loads.ts'
import type { Reproducer } from '../proof.ts'
import { type BatchResult, batch } from '../run/batch.ts'
import type { Load } from '../run/load.ts'
import type { PatchGround } from '../validate-ground.ts'
import type { Sighting } from '../verdict.ts'
import { type Mutant, mutantsOf } from './mutants.ts'
import type { Reach } from './mutate-load.ts'
import { type Pool, poolOf } from './pool.ts'

const VARIANTS_MOST = 120
// The farther from the reproducer, the more a variant says.
const FARTHEST: readonly Reach[] = ['grafted', 'wild', 'script', 'slight', 'gentle']

export interface Probe extends Mutant {
  readonly result: BatchResult
}

/** What the mutants of one reproducer do on the base build. */
export interface Survey {
  /** Fire the same bug: a patch must silence them. */
  readonly variants: readonly Probe[]
  /** Do not fire: near misses, whose answers a patch should leave alone. */
  readonly quiet: readonly Probe[]
  /** What other bugs mutants met on the base. */
  readonly others: readonly Sighting[]
  readonly tried: number
}

// The base does not change between patches of one ground, so neither does what is found on it.
const SURVEYS = new WeakMap<PatchGround, Map<string, Survey>>()

/** Mutates a reproducer and runs the mutants on the base build; done once for each reproducer of a ground. */
export function* survey(ground: PatchGround, reproducer: Reproducer, load: Load, seen: Sighting): Asking<Survey> {
  const known = SURVEYS.get(ground) ?? new Map<string, Survey>()
  SURVEYS.set(ground, known)
  const before = known.get(reproducer.id)
  if (before) return before
  const { proof, base, tools } = ground
  const pool = yield* poolFor(ground, reproducer.harness)
  const reaches = reachesFor(ground, reproducer)
  const mutants = mutantsOf(load, proof.settings.variants, reaches, proof.settings.seed, pool, reproducer.id)
  const items = mutants.map((mutant) => ({ ...itemOf(reproducer), load: mutant.load }))
  const say = `variants of ${reproducer.id} on the base`
  const results = items.length > 0 ? yield* batch(proof, base, reproducer.harness, items, say, tools) : []
  const probes = mutants.map((mutant, i): Probe => ({ ...mutant, result: results[i]! }))
  const fired = probes.filter(({ result }) => result.sighting.fired)
  const same = fired.filter(({ result }) => firesAlike(reproducer, seen, result.sighting))
  const found: Survey = {
    variants: FARTHEST.flatMap((reach) => same.filter((probe) => probe.reach === reach)).slice(0, VARIANTS_MOST),
    quiet: probes.filter(({ result }) => !result.sighting.fired && result.sighting.stopped === null),
    others: fired.filter((probe) => !same.includes(probe)).map(({ result }) => result.sighting),
    tried: probes.length,
  }
  known.set(reproducer.id, found)
  return found
}

/** Pieces of the benign samples and reproducers of one harness. */
export function* poolFor(ground: PatchGround, harness: string): Asking<Pool> {
  const benign = (yield* benignLoads(ground)).filter((one) => one.harness === harness).map((one) => one.load)
  const own = ground.proof.reproducers.filter((one) => one.harness === harness).map(({ id }) => ground.loads.get(id))
  return poolOf([...own.filter((one) => one !== undefined).slice(0, 20), ...benign])
}

/** Whether a run met the bug that was seen. What an oracle other than a crash tells has no stack to compare. */
export function firesAlike(reproducer: Reproducer, seen: Sighting, now: Sighting): boolean {
  return now.fired && (reproducer.oracle.kind !== 'crash' || sameBug(seen, now))
}

/** What is the same for every load given to a reproducer's harness. */
export function itemOf(reproducer: Reproducer): Pick<Reproducer, 'oracle' | 'files' | 'claim'> {
  return { oracle: reproducer.oracle, files: reproducer.files, claim: reproducer.claim }
}

function reachesFor(ground: PatchGround, reproducer: Reproducer): readonly Reach[] {
  const harness = ground.proof.recipe.harnesses.find(({ name }) => name === reproducer.harness)
  return harness?.kind === 'script' ? ['script'] : ['wild', 'gentle', 'grafted', 'wild', 'grafted']
}
