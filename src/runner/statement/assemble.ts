import { createHash } from 'node:crypto'
import type { TierFacts } from '../../core/sandbox/tier.ts'
import type { Outcome } from '../../core/validation/outcome.ts'
import type { Input, Proof } from '../../core/validation/proof.ts'
import { buildLimits, runLimits } from '../../core/validation/run/run-limits.ts'
import { canonicalJson } from '../../core/validation/signed/canonical.ts'
import { PREDICATE_TYPE, STATEMENT_TYPE, type Subject, type ValidationStatement } from '../../core/validation/statement.ts'
import type { Toolchain } from './toolchain.ts'

/** What is known besides proof and outcome. */
export interface Facts {
  readonly tier: TierFacts
  readonly toolchain: Toolchain
  /** SHA-256, hex, of the source tree that was built; null where there was none. */
  readonly sourceTree: string | null
  readonly normalisedLog: string
  readonly rawLog: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly endedAt: number
  /** Id of the key. */
  readonly runner: string
}

/** The statement about one proof: all but `varying` is a function of the inputs and the environment. */
export function assemble(proof: Proof, outcome: Outcome, facts: Facts): ValidationStatement {
  const network = proof.recipe.harnesses.some(({ kind }) => kind === 'server') ? 'own-loopback' : 'none'
  return {
    _type: STATEMENT_TYPE,
    subject: subjectsOf(proof, facts.sourceTree),
    predicateType: PREDICATE_TYPE,
    predicate: {
      asked: { proof: hex(canonicalJson(proof)), tasks: proof.tasks, settings: proof.settings },
      environment: {
        tier: facts.tier,
        architecture: process.arch,
        toolchain: { digest: facts.toolchain.digest, says: facts.toolchain.says },
        addressRandomisation: facts.tier.addressRandomisation ?? 'off',
      },
      limits: {
        build: buildLimits(proof.recipe),
        run: runLimits(proof.recipe),
        network,
      },
      outcome: {
        builds: outcome.builds.map(({ of, built, say, tree }) => ({ of, built, say, tree })),
        reproducers: outcome.reproducers,
        patches: outcome.patches,
        matrix: outcome.matrix,
        minimised: outcome.minimised,
        ranges: outcome.ranges,
      },
      normalisedLog: facts.normalisedLog,
      varying: {
        startedAt: new Date(facts.startedAt).toISOString(),
        endedAt: new Date(facts.endedAt).toISOString(),
        wallMs: Math.round(facts.endedAt - facts.startedAt),
        rawLog: facts.rawLog,
        runner: facts.runner,
      },
    },
  }
}

function subjectsOf(proof: Proof, sourceTree: string | null): Subject[] {
  const { source } = proof.target
  const of = (name: string, input: Input): Subject => ({ name, digest: { sha256: input.digest.replace(/^sha256:/, '') } })
  const target: Subject[] =
    source.kind === 'mirror'
      ? sourceTree === null
        ? []
        : [{ name: `source ${source.mirror} at ${source.revision}`, digest: { sha256: sourceTree } }]
      : [of(source.kind === 'git-bundle' ? `source at ${source.revision}` : 'source', source.input)]
  return [
    ...target,
    { name: 'recipe', digest: { sha256: hex(canonicalJson(proof.recipe)) } },
    ...(proof.recipe.image === null ? [] : [{ name: 'image', digest: { sha256: proof.recipe.image.replace(/^sha256:/, '') } }]),
    ...proof.reproducers.flatMap(({ id, input, files }) => [
      ...(input.kind === 'file'
        ? [of(`reproducer ${id}`, input.input)]
        : input.requests.map((one, n) => of(`reproducer ${id}, request ${n + 1}`, one))),
      ...files.map((file) => of(`reproducer ${id}, ${file.name}`, file)),
    ]),
    ...proof.patches.map(({ id, input }) => of(`patch ${id}`, input)),
  ]
}

const hex = (text: string) => createHash('sha256').update(text).digest('hex')
