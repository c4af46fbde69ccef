import type { TreeFacts } from '../../sandbox/contract.ts'
import type { Ran, RunAsk } from '../ask.ts'
import type { Proof } from '../proof.ts'
import { GIVEN_TREE, TREE } from '../run/places.ts'
import { buildLimits } from '../run/run-limits.ts'
import type { Built } from './build.ts'
import { buildEnv } from './build-env.ts'
import { whyNotBuilt } from './build-log.ts'

/** Times are kept: a build that goes by them does again only what changed. */
export const COPY_TREE = `mkdir -p ${TREE}\ncp -a ${GIVEN_TREE}/. ${TREE}/\ncd ${TREE}`

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

/** A build that was found in the depot: said in the same words, so that equal proofs have equal statements. */
export function found(of: string, tree: TreeFacts): Built {
  const outcome = { of, built: true, say: 'Built.', tree: tree.digest, fromCache: true, wallMs: 0 }
  return { outcome, entry: tree.entry }
}

/** What a finished build came to. */
export function built(of: string, ran: Ran): Built {
  if (ran.end.how !== 'ended' || ran.end.exit !== 0) return notBuilt(of, `It does not build. ${whyNotBuilt(ran)}`, ran.wallMs)
  if (ran.kept === null) return notBuilt(of, 'It built, but its tree could not be kept: it is above the limits.', ran.wallMs)
  const outcome = { of, built: true, say: 'Built.', tree: ran.kept.digest, fromCache: false, wallMs: ran.wallMs }
  return { outcome, entry: ran.kept.entry }
}

/** No tree, and why. */
export function notBuilt(of: string, say: string, wallMs: number): Built {
  return { outcome: { of, built: false, say, tree: null, fromCache: false, wallMs }, entry: null }
}
