import type { Asking, Tools } from '../ask.ts'
import type { BuildOutcome } from '../outcome.ts'
import type { Proof } from '../proof.ts'

/** A tree that was configured and built, or the reason why there is none. */
export interface Built {
  readonly outcome: BuildOutcome
  /** Depot entry of the built tree; null: it did not build. */
  readonly entry: string | null
}

export interface PatchedBuild extends Built {
  readonly applied: boolean
  /** How it applied, or why not, in one sentence. */
  readonly applySay: string
}

/** Builds the source at a revision (null: the target's own), or finds it built before. */
export function* buildBase(_proof: Proof, _revision: string | null, _tools: Tools): Asking<Built> {
  throw new Error('being written')
}

/** Applies a patch to a copy of the built tree and runs the build lines again, or finds that done before. */
export function* buildPatched(
  _proof: Proof,
  _base: Built,
  _patch: { readonly id: string; readonly bytes: Uint8Array },
  _tools: Tools,
): Asking<PatchedBuild> {
  throw new Error('being written')
}
