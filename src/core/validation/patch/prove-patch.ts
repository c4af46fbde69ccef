import { type Asking, ask } from '../ask.ts'
import { buildPatched, type PatchedBuild } from '../build/build.ts'
import { runDifferential } from '../differential/run-differential.ts'
import type { PatchVerdict, RungResult } from '../ladder.ts'
import type { Patch } from '../proof.ts'
import { refuzz } from '../refuzz/refuzz.ts'
import { touchedCode } from '../touched/touched-code.ts'
import type { PatchGround } from '../validate-ground.ts'
import { variantsSilent } from '../variants/variants-silent.ts'
import { heldAgainst } from './held.ts'
import { readPatch } from './read-patch.ts'
import { reproducersSilent } from './reproducers-silent.ts'
import { patchVerdict, rungResult } from './standing.ts'
import { testsPass } from './tests-pass.ts'

/** A patch's verdict and the build it was reached on; null where none was made. */
export type ProvedPatch = PatchVerdict & { readonly built: PatchedBuild | null }

/**
 * Holds a patch against the rungs in their order; after the first that fails, those that run the target are left out. The
 * touched code is looked at in any case: it costs little and tells a person where to look.
 */
export function* provePatch(ground: PatchGround, patch: Patch): Asking<ProvedPatch> {
  const rungs: RungResult[] = []
  const end = (built: PatchedBuild | null) => ({ ...patchVerdict(patch.id, patch.input.digest, rungs), built })
  const bytes = yield* ask({ ask: 'input', digest: patch.input.digest })
  const read = yield* readPatch(ground, bytes)
  if (!read.ok) {
    rungs.push(rungResult('applies', 'failed', `${read.say} ${read.mend}`, [`At ${read.where}.`]))
    return end(null)
  }
  const built = yield* buildPatched(ground.proof, ground.base, { id: patch.id, bytes: read.bytes }, ground.tools)
  rungs.push(rungResult('applies', built.applied ? 'passed' : 'failed', built.applySay))
  if (!built.applied) return end(built)
  rungs.push(rungResult('builds', built.entry === null ? 'failed' : 'passed', built.outcome.say))
  if (built.entry === null) return end(built)
  const held = heldAgainst(ground, patch.fixes)
  const climbs = [
    () => reproducersSilent(ground, built, held, patch.fixes),
    () => variantsSilent(ground, built, held),
    () => testsPass(ground, built),
    () => runDifferential(ground, built, held),
    () => touchedCode(ground, built, read.files, held),
    () => refuzz(ground, built, held),
  ]
  for (const [i, climb] of climbs.entries()) {
    const stopped = rungs.some(({ outcome }) => outcome === 'failed')
    if (stopped && i !== TOUCHED_CODE) continue
    rungs.push(yield* climb())
  }
  return end(built)
}

const TOUCHED_CODE = 4
