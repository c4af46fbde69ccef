import type { Asking } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import type { PatchStanding } from '../ladder.ts'
import type { Matrix } from '../matrix.ts'
import type { PatchGround } from '../validate-ground.ts'

/** Every patch against every reproducer; relations from validated patches only. Both maps are keyed by the patch's id. */
export function* crossMatrix(
  _ground: PatchGround,
  _patched: ReadonlyMap<string, PatchedBuild>,
  _standings: ReadonlyMap<string, PatchStanding>,
): Asking<Matrix> {
  throw new Error('being written')
}
