import type { Asking } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import type { RungResult } from '../ladder.ts'
import type { Held } from '../patch/held.ts'
import { rungResult } from '../patch/standing.ts'
import { harnessOf } from '../run/harness-argv.ts'
import type { PatchGround } from '../validate-ground.ts'
import { survey } from '../variants/survey.ts'
import { benignLoads } from './benign-loads.ts'
import { type Coverage, coverageOf, lostReach } from './coverage.ts'

const NEAR_MISSES_MOST = 120
// What inputs reach on the base is the same for all patches of one ground.
const ON_BASE = new WeakMap<PatchGround, Map<string, Coverage | null>>()

/**
 * Where a fuzzing harness answers nothing, the code that samples and near misses reach stands for their answers. Null where the
 * harness is of another kind or tells nothing.
 */
export function* reachDiffers(ground: PatchGround, built: PatchedBuild, held: readonly Held[]): Asking<RungResult | null> {
  let functions = 0
  for (const { reproducer, load, seen } of held) {
    const harness = harnessOf(ground.proof.recipe, reproducer.harness)
    if (harness?.kind !== 'libfuzzer') continue
    const benign = (yield* benignLoads(ground)).filter((one) => one.harness === harness.name).map((one) => one.load)
    const near = (yield* survey(ground, reproducer, load, seen)).quiet.slice(0, NEAR_MISSES_MOST).map((probe) => probe.load)
    for (const [what, loads] of [
      ['benign samples', benign],
      ['near misses', near],
    ] as const) {
      const key = `${reproducer.id}\n${what}`
      const known = ON_BASE.get(ground) ?? new Map<string, Coverage | null>()
      ON_BASE.set(ground, known)
      if (!known.has(key)) known.set(key, yield* coverageOf(ground, ground.base, harness, loads))
      const before = known.get(key)
      const after = before ? yield* coverageOf(ground, built, harness, loads) : null
      if (!before || !after) continue
      functions = Math.max(functions, before.size)
      const lost = lostReach(before, after, what === 'benign samples' ? 1 : undefined)
      if (lost.length > 0) return rungResult('differential', 'failed', `With the same ${what}, ${lost[0]}.`, lost.slice(1))
    }
  }
  if (functions === 0) return null
  const say = `The harness answers nothing; samples and near misses reach the same code of ${functions} functions as before.`
  return rungResult('differential', 'passed', say)
}
