import { z } from '@hono/zod-openapi'
import { RUNGS } from '../../core/validation/ladder.ts'
import { TASKS } from '../../core/validation/proof.ts'
import { SANITIZERS } from '../../core/validation/recipe.ts'
import { VERDICTS } from '../../core/validation/verdict.ts'

export const TaskName = z.enum(TASKS)
export const VerdictName = z.enum(VERDICTS)

// --- Targets ---------------------------------------------------------------------------------------------------------------

export const RecipeSummary = z.object({
  language: z.string(),
  sanitizer: z.enum(SANITIZERS),
  harnesses: z.array(z.object({ name: z.string(), kind: z.enum(['libfuzzer', 'command', 'server', 'script']) })),
  tests: z.array(z.string()),
  image: z.string().nullable(),
})

export const TargetOut = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(['archive', 'git-bundle', 'mirror']),
  digest: z.string().nullable().describe('Of the source as it was sent; null for a mirror'),
  revision: z.string().nullable(),
  bytes: z.number().int(),
  recipe: RecipeSummary.nullable().describe('Null until one was given or found in the source'),
  by: z.string(),
  at: z.string(),
})
export type TargetOut = z.infer<typeof TargetOut>
export const TargetList = z.object({ rows: z.array(TargetOut) })
export type TargetList = z.infer<typeof TargetList>

// --- Evidence --------------------------------------------------------------------------------------------------------------

export const EVIDENCE_KINDS = ['reproducer', 'patch', 'benign'] as const
export const EvidenceOut = z.object({
  id: z.string().describe('Reproducers and patches are named by it in runs and matrix'),
  letter: z.string().describe('A, B, C: the finding it came with'),
  kind: z.enum(EVIDENCE_KINDS),
  name: z.string(),
  bytes: z.number().int(),
  digest: z.string(),
  harness: z.string().nullable(),
  finding: z.string(),
  mine: z.boolean(),
})
export type EvidenceOut = z.infer<typeof EvidenceOut>

// --- Validations -----------------------------------------------------------------------------------------------------------

export const VALIDATION_STATES = ['waiting', 'running', 'done', 'stopped', 'failed'] as const
export const StartValidation = z.object({
  target: z.string().max(60),
  tasks: z.array(TaskName).min(1).max(5).default(['reproduce']),
  settings: z
    .object({
      runs: z.number().int().min(3).max(20).optional(),
      floor: z.enum(['gvisor', 'namespace', 'namespace-user']).optional(),
      variants: z.number().int().min(0).max(2000).optional(),
      refuzzSeconds: z.number().int().min(0).max(600).optional(),
    })
    .default({}),
})
export type StartValidation = z.infer<typeof StartValidation>

export const ValidationRow = z.object({
  id: z.string(),
  flaw: z.string().nullable().describe('Null for a finder, who sees the finding only'),
  finding: z.string().nullable().describe('The one finding it is about, when it was asked for one'),
  target: z.object({ id: z.string(), name: z.string() }),
  tasks: z.array(TaskName),
  state: z.enum(VALIDATION_STATES),
  say: z.string().describe('Where it stands, or what it came to, in one sentence'),
  progress: z.object({ done: z.number().int(), total: z.number().int(), say: z.string(), at: z.string() }).nullable(),
  waitsFor: z.string().nullable().describe('Why it does not run yet: a runner, its turn, a cost limit'),
  by: z.string(),
  askedAt: z.string(),
  startedAt: z.string().nullable(),
  endedAt: z.string().nullable(),
  runner: z.string().nullable(),
  tier: z.string().nullable(),
  seconds: z.number().nullable().describe('Sandbox time used: what fairness and cost limits count'),
  mayStop: z.boolean(),
})
export type ValidationRow = z.infer<typeof ValidationRow>
export const ValidationList = z.object({ rows: z.array(ValidationRow), next: z.string().nullable() })
export type ValidationList = z.infer<typeof ValidationList>

export const ControlOut = z.object({
  control: z.enum(['empty-input', 'benign-sample', 'parent-of-introducing']),
  name: z.string(),
  outcome: z.enum(['silent', 'fired', 'not-run']),
  say: z.string(),
})

export const ReproducerOut = z.object({
  reproducer: z.string(),
  letter: z.string(),
  name: z.string(),
  verdict: VerdictName,
  say: z.string(),
  fired: z.number().int(),
  of: z.number().int(),
  runs: z.array(z.enum(['fired', 'silent', 'other', 'stopped'])),
  type: z.string().nullable(),
  signal: z.string().nullable(),
  stack: z.array(z.object({ symbol: z.string().nullable(), path: z.string().nullable(), line: z.number().nullable() })),
  alsoMet: z.array(z.string()),
  cwe: z.string().nullable(),
  controls: z.array(ControlOut),
})
export type ReproducerOut = z.infer<typeof ReproducerOut>

export const PatchOut = z.object({
  patch: z.string(),
  letter: z.string(),
  name: z.string(),
  standing: z.enum(['validated', 'stops-the-reproducer', 'rejected', 'undecided']),
  say: z.string(),
  rungs: z.array(
    z.object({
      rung: z.enum(RUNGS),
      outcome: z.enum(['passed', 'failed', 'not-run', 'not-possible']),
      say: z.string(),
      notes: z.array(z.string()),
    }),
  ),
  diff: z.string().nullable().describe('Hostile text, at most 64 KiB; null where it is no text'),
})
export type PatchOut = z.infer<typeof PatchOut>

export const CellOut = z.object({
  patch: z.string(),
  reproducer: z.string(),
  outcome: z.enum(['silent', 'fires', 'sometimes', 'other', 'no-answer']),
  fired: z.number().int(),
  of: z.number().int(),
  say: z.string(),
})
export const RelationOut = z.object({
  a: z.string(),
  b: z.string(),
  relation: z.enum(['same', 'a-covers-b', 'b-covers-a', 'apart', 'unknown']),
  say: z.string(),
})
export const BuildOut = z.object({
  of: z.string(),
  built: z.boolean(),
  say: z.string(),
  seconds: z.number(),
  fromCache: z.boolean(),
})

export const ValidationResult = z.object({
  builds: z.array(BuildOut),
  reproducers: z.array(ReproducerOut),
  patches: z.array(PatchOut),
  matrix: z.object({ cells: z.array(CellOut), relations: z.array(RelationOut) }).nullable(),
  minimised: z.array(
    z.object({
      reproducer: z.string(),
      before: z.number().int(),
      after: z.number().int(),
      say: z.string(),
      product: z.string().nullable(),
    }),
  ),
  ranges: z.array(
    z.object({ reproducer: z.string(), introduced: z.string().nullable(), fixed: z.string().nullable(), say: z.string() }),
  ),
  statement: z.object({ digest: z.string(), key: z.string(), runner: z.string() }).nullable(),
})
export type ValidationResult = z.infer<typeof ValidationResult>

export const ValidationPage = z.object({ row: ValidationRow, result: ValidationResult.nullable(), log: z.boolean() })
export type ValidationPage = z.infer<typeof ValidationPage>

/** The proof of a flaw as its page shows it: the newest answer to each question, over all validations of the flaw. */
export const FlawProof = z.object({
  targets: z.array(TargetOut).describe('Those of the same product, for asking'),
  evidence: z.array(EvidenceOut),
  validations: z.array(ValidationRow).describe('Newest first, at most 50'),
  reproducers: z.array(ReproducerOut.extend({ validation: z.string() })),
  patches: z.array(PatchOut.extend({ validation: z.string() })),
  columns: z.array(z.object({ id: z.string(), say: z.string(), kind: z.enum(['base', 'benign', 'patch']) })),
  cells: z.array(CellOut.extend({ validation: z.string(), disagrees: z.boolean() })),
  relations: z.array(RelationOut.extend({ validation: z.string(), otherFlaw: z.string().nullable() })),
  sandbox: z.object({ ready: z.boolean(), say: z.string(), mend: z.string().nullable() }),
  proofMet: z.boolean().describe('At least one reproducer of this flaw was confirmed'),
})
export type FlawProof = z.infer<typeof FlawProof>

// --- Runners ---------------------------------------------------------------------------------------------------------------

const TierFactsShape = z.object({
  tier: z.enum(['gvisor', 'namespace', 'namespace-user']),
  says: z.string().max(300),
  memory: z.enum(['cgroup-v1', 'cgroup-v2', 'watched']),
})

export const RegisterRunner = z.object({
  name: z.string().min(1).max(100),
  /** Ed25519 public key, base64 of its 32 raw bytes. */
  publicKey: z.string().length(44),
  tiers: z.array(TierFactsShape).max(3),
  lacking: z.array(z.object({ tier: z.string().max(40), say: z.string().max(500), mend: z.string().max(500) })).max(3),
  slots: z.number().int().min(1).max(64),
})
export type RegisterRunner = z.infer<typeof RegisterRunner>
export const RunnerOut = z.object({
  id: z.string(),
  name: z.string(),
  key: z.string(),
  tiers: z.array(TierFactsShape),
  lacking: z.array(z.object({ tier: z.string(), say: z.string(), mend: z.string() })),
  lastSeen: z.string(),
  running: z.number().int(),
})
export type RunnerOut = z.infer<typeof RunnerOut>
export const RunnerList = z.object({ rows: z.array(RunnerOut) })
export type RunnerList = z.infer<typeof RunnerList>

/** Waits up to `waitMs` for work. */
export const LeaseCommand = z.object({ runner: z.string().max(60), waitMs: z.number().int().min(0).max(20_000) })
export const Leased = z.object({
  job: z
    .object({
      id: z.string(),
      /** Shown with every later call; another runner that got the job after this lease ended has another. */
      lease: z.string(),
      /** Milliseconds after which the lease ends unless progress is told. */
      leaseMs: z.number().int(),
      /** A `Proof` (core/validation/proof.ts). */
      proof: z.unknown(),
    })
    .nullable(),
})
export type Leased = z.infer<typeof Leased>

export const JobProgress = z.object({
  lease: z.string().max(60),
  say: z.string().max(300),
  done: z.number().int().min(0),
  total: z.number().int().min(0),
  seconds: z.number().min(0),
})
export const JobKeeps = z.object({ stop: z.boolean().describe('The asker stopped it: end it and tell what is there') })
export type JobKeeps = z.infer<typeof JobKeeps>

/** The end of a job. The log was put before under the same lease. Sent again it changes nothing and answers the same. */
export const JobResult = z.object({
  lease: z.string().max(60),
  end: z.discriminatedUnion('how', [
    /** `outcome`: an `Outcome` (core/validation/outcome.ts); `envelope`: DSSE over a statement with the same outcome. */
    z.object({ how: z.literal('done'), outcome: z.unknown(), envelope: z.unknown() }),
    z.object({ how: z.literal('stopped') }),
    /** The runner ends (SIGTERM): the job waits again at once, and the attempt does not count. */
    z.object({ how: z.literal('returned') }),
    z.object({ how: z.literal('failed'), say: z.string().max(2000), mend: z.string().max(2000).nullable() }),
  ]),
  seconds: z.number().min(0),
  products: z.array(z.object({ name: z.string().max(200), content: z.string().max(8 << 20) })).max(50),
})
export type JobResult = z.infer<typeof JobResult>
export const JobTaken = z.object({
  taken: z.boolean().describe('False: it had ended already, or the lease had gone to another'),
})
export type JobTaken = z.infer<typeof JobTaken>
