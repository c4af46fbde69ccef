import type { Asking } from '../ask.ts'
import type { PatchedBuild } from '../build/build.ts'
import type { PatchVerdict } from '../ladder.ts'
import type { Patch } from '../proof.ts'
import type { PatchGround } from '../validate-ground.ts'

/** A patch's verdict and the build it was reached on; null where none was made. */
export type ProvedPatch = PatchVerdict & { readonly built: PatchedBuild | null }

/** Holds a patch against the rungs in their order; after the first that fails, the costly ones above are not run. */
export function* provePatch(_ground: PatchGround, _patch: Patch): Asking<ProvedPatch> {
  throw new Error('being written')
}
