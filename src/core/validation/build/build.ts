import { type Asking, ask, type Ran, type Tools } from '../ask.ts'
import type { BuildOutcome } from '../outcome.ts'
import type { Proof } from '../proof.ts'
import { inertLine, textOf } from '../run/inert.ts'
import { APPLY, PATCH, STEP } from './apply.ts'
import { buildEntry } from './build-entry.ts'
import { buildScript } from './build-env.ts'
import { buildAsk, built, COPY_TREE, found, notBuilt } from './built.ts'

/** A tree that was configured and built, or the reason why there is none. */
export interface Built {
  readonly outcome: BuildOutcome
  /** Depot entry of the built tree; null: it did not build. */
  readonly entry: string | null
}

/** A build of the base tree with a patch. */
export interface PatchedBuild extends Built {
  readonly applied: boolean
  /** How it applied, or why not, in one sentence. */
  readonly applySay: string
}

/** Builds the source at a revision (null: the target's own), or finds it built before. */
export function* buildBase(proof: Proof, revision: string | null, tools: Tools): Asking<Built> {
  const of = revision === null ? 'base' : `commit:${revision}`
  const source = yield* ask({ ask: 'source', revision })
  if (source === null) return notBuilt(of, 'The source at this revision is not there.', 0)
  const entry = buildEntry(source.digest, proof.recipe, null, tools.sha256)
  const before = yield* ask({ ask: 'has', entry })
  if (before !== null) return found(of, before)
  const script = `${COPY_TREE}\n${buildScript([...proof.recipe.configure, ...proof.recipe.build])}`
  const ran = yield* ask(buildAsk(proof, `build ${of}`, source.entry, script, [], entry))
  return built(of, ran)
}

/** Applies a patch to a copy of the built tree and runs the build lines again, or finds that done before. */
export function* buildPatched(
  proof: Proof,
  base: Built,
  patch: { readonly id: string; readonly bytes: Uint8Array },
  tools: Tools,
): Asking<PatchedBuild> {
  const of = `patch:${patch.id}`
  if (base.entry === null) {
    return {
      ...notBuilt(of, 'The target itself does not build.', 0),
      applied: false,
      applySay: 'There is no tree to apply it to.',
    }
  }
  const entry = buildEntry(base.entry, proof.recipe, patch.bytes, tools.sha256)
  const before = yield* ask({ ask: 'has', entry })
  if (before !== null) return { ...found(of, before), applied: true, applySay: 'Applies.' }
  const script = `${COPY_TREE}\n${APPLY}\n${buildScript(proof.recipe.build)}`
  const asked = buildAsk(proof, `build ${of}`, base.entry, script, [{ path: PATCH, bytes: patch.bytes }], entry)
  const ran = yield* ask({ ...asked, get: [STEP] })
  return settled(of, ran)
}

function settled(of: string, ran: Ran): PatchedBuild {
  const step = textOf(ran.got.get(STEP) ?? new Uint8Array(), 100).trim()
  const one = built(of, ran)
  if (one.entry !== null || (step !== 'apply' && step !== '')) {
    return { ...one, applied: true, applySay: 'Applies.' }
  }
  const said = inertLine(
    textOf(ran.stderr, 64 * 1024)
      .split('\n')
      .slice(0, 3)
      .join(' · '),
    400,
  )
  const applySay = said === '' ? 'Does not apply.' : `Does not apply: ${said}`
  return { ...notBuilt(of, applySay, ran.wallMs), applied: false, applySay }
}
