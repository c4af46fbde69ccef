import type { Asking } from '../ask.ts'
import { benignSamples, type Sample } from '../controls/benign.ts'
import type { PatchGround } from '../validate-ground.ts'

export interface Benign extends Sample {
  readonly harness: string
}

// The samples are the same for all patches of one ground.
const READ_BEFORE = new WeakMap<PatchGround, readonly Benign[]>()

/** The samples that must not fire, of all harnesses; read once for a ground. */
export function* benignLoads(ground: PatchGround): Asking<readonly Benign[]> {
  const before = READ_BEFORE.get(ground)
  if (before) return before
  const all: Benign[] = []
  for (const { name: harness } of ground.proof.recipe.harnesses) {
    const samples = yield* benignSamples(ground.proof, ground.base, harness)
    all.push(...samples.map((sample) => ({ ...sample, harness })))
  }
  READ_BEFORE.set(ground, all)
  return all
}
