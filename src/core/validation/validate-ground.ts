import type { Tools } from './ask.ts'
import type { Built } from './build/build.ts'
import type { Proof } from './proof.ts'
import type { Load } from './run/load.ts'
import type { ReproducerVerdict } from './verdict.ts'

/** What a patch is judged on: the base build, what its reproducers came to, and their bytes by the reproducer's id. */
export interface PatchGround {
  readonly proof: Proof
  readonly base: Built
  readonly verdicts: readonly ReproducerVerdict[]
  readonly loads: ReadonlyMap<string, Load>
  readonly tools: Tools
}
