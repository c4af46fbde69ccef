import type { TreeFacts } from '../../sandbox/contract.ts'
import { type Asking, ask, type Ran, type RunAsk, type Tools } from '../ask.ts'
import type { BuildOutcome } from '../outcome.ts'
import type { Proof } from '../proof.ts'
import { GIVEN_TREE, TREE } from '../run/places.ts'
import { buildLimits } from '../run/run-limits.ts'
import { buildEntry } from './build-entry.ts'
import { buildEnv, buildScript } from './build-env.ts'
import { whyNotBuilt } from './build-log.ts'

/** A tree that was configured and built, or the reason why there is none. */
export interface Built {
  readonly outcome: BuildOutcome
  /** Depot entry of the built tree; null: it did not build. */
  readonly entry: string | null
}

/** Times are kept: a build that goes by them does again only what changed. */
export const COPY_TREE = `mkdir -p ${TREE}\ncp -a ${GIVEN_TREE}/. ${TREE}/\ncd ${TREE}`

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

/** One run that copies a tree, does what the script says and keeps the tree. */
export function buildAsk(
  proof: Proof,
  purpose: string,
  from: string,
  script: string,
  files: RunAsk['files'],
  entry: string,
): RunAsk {
  return {
    ask: 'run',
    purpose,
    image: proof.recipe.image,
    mounts: [{ entry: from, at: GIVEN_TREE }],
    files,
    argv: ['sh', '-eu', '-c', script],
    env: buildEnv(proof.recipe),
    cwd: '/work',
    stdin: null,
    limits: buildLimits(proof.recipe),
    network: 'none',
    get: [],
    keep: { path: TREE, entry },
  }
}

/** A build that was found in the depot. */
export function found(of: string, tree: TreeFacts): Built {
  const outcome = { of, built: true, say: 'Built before.', tree: tree.digest, fromCache: true, wallMs: 0 }
  return { outcome, entry: tree.entry }
}

/** What a finished build came to. */
export function built(of: string, ran: Ran): Built {
  if (ran.end.how !== 'ended' || ran.end.exit !== 0) return notBuilt(of, `It does not build. ${whyNotBuilt(ran)}`, ran.wallMs)
  if (ran.kept === null) return notBuilt(of, 'It built, but its tree could not be kept: it is above the limits.', ran.wallMs)
  const outcome = { of, built: true, say: 'Built.', tree: ran.kept.digest, fromCache: false, wallMs: ran.wallMs }
  return { outcome, entry: ran.kept.entry }
}

export function notBuilt(of: string, say: string, wallMs: number): Built {
  return { outcome: { of, built: false, say, tree: null, fromCache: false, wallMs }, entry: null }
}
