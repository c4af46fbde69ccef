import { z } from 'zod'
import { CRASH_TOOLS } from '../../../core/findings/finding.ts'
import { RUNGS } from '../../../core/validation/ladder.ts'
import type { Outcome } from '../../../core/validation/outcome.ts'
import { VERDICTS } from '../../../core/validation/verdict.ts'

// An outcome as a runner posts it. Hostile: what it says comes from logs of hostile programs, and the runner may be another's machine.
// Lists and texts are bounded; what an outcome does not have is refused, so that what is compared is what is stored.

const text = (most: number) => z.string().max(most)
const maybe = (most: number) => text(most).nullable()
const count = z.number().int().min(0).max(1e9)
const id = text(200)

const Frame = z.strictObject({
  symbol: maybe(20_000),
  path: maybe(4096),
  line: z.number().nullable(),
  column: z.number().nullable(),
  module: maybe(4096),
})
const Crash = z.strictObject({
  tool: z.enum(CRASH_TOOLS),
  kind: text(500),
  access: z.enum(['read', 'write']).nullable(),
  size: z.number().nullable(),
  address: maybe(100),
  signal: maybe(100),
})
const State = z.array(text(20_000)).max(50)
const Sighting = z.strictObject({
  fired: z.boolean(),
  crash: Crash.nullable(),
  stack: z.array(Frame).max(1000),
  state: State,
  type: maybe(1000),
  signal: maybe(100),
  exit: z.number().nullable(),
  stopped: z.enum(['wall-time', 'cpu-time', 'memory', 'files', 'closed', 'lost']).nullable(),
  logDigest: text(200),
})
const Control = z.strictObject({
  control: z.enum(['empty-input', 'benign-sample', 'parent-of-introducing']),
  name: text(4096),
  outcome: z.enum(['silent', 'fired', 'not-run']),
  say: text(4000),
})
const Reproducer = z.strictObject({
  reproducer: id,
  verdict: z.enum(VERDICTS),
  say: text(4000),
  fired: count,
  of: count,
  sightings: z.array(Sighting).max(100),
  controls: z.array(Control).max(500),
  seen: Sighting.nullable(),
  alsoMet: z.array(State).max(100),
  cwe: maybe(20),
})
const Patch = z.strictObject({
  patch: id,
  digest: text(100),
  standing: z.enum(['validated', 'stops-the-reproducer', 'rejected', 'undecided']),
  say: text(4000),
  rungs: z
    .array(
      z.strictObject({
        rung: z.enum(RUNGS),
        outcome: z.enum(['passed', 'failed', 'not-run', 'not-possible']),
        say: text(4000),
        notes: z.array(text(4000)).max(50),
      }),
    )
    .max(20),
})
const Cell = z.strictObject({
  patch: id,
  reproducer: id,
  outcome: z.enum(['silent', 'fires', 'sometimes', 'other', 'no-answer']),
  fired: count,
  of: count,
  say: text(4000),
})
const Relation = z.strictObject({
  a: id,
  b: id,
  relation: z.enum(['same', 'a-covers-b', 'b-covers-a', 'apart', 'unknown']),
  say: text(4000),
})

const OutcomeShape = z.strictObject({
  tier: z
    .strictObject({
      tier: z.enum(['gvisor', 'namespace', 'namespace-user']),
      says: text(300),
      memory: z.enum(['cgroup-v1', 'cgroup-v2', 'watched']),
    })
    .nullable(),
  builds: z
    .array(
      z.strictObject({
        of: text(300),
        built: z.boolean(),
        say: text(8000),
        tree: maybe(200),
        fromCache: z.boolean(),
        wallMs: z.number().min(0),
      }),
    )
    .max(500),
  reproducers: z.array(Reproducer).max(100),
  patches: z.array(Patch).max(100),
  matrix: z.strictObject({ cells: z.array(Cell).max(10_000), relations: z.array(Relation).max(10_000) }).nullable(),
  minimised: z
    .array(z.strictObject({ reproducer: id, before: count, after: count, runs: count, minimised: maybe(100), say: text(4000) }))
    .max(100),
  ranges: z
    .array(
      z.strictObject({
        reproducer: id,
        introduced: maybe(200),
        fixed: maybe(200),
        skipped: count,
        builds: count,
        say: text(4000),
      }),
    )
    .max(100),
})

/** An outcome out of parsed JSON, or where it is none. */
export function parseOutcome(value: unknown): { ok: true; outcome: Outcome } | { ok: false; where: string } {
  const parsed = OutcomeShape.safeParse(value)
  if (parsed.success) return { ok: true, outcome: parsed.data }
  return { ok: false, where: `/${(parsed.error.issues[0]?.path ?? []).map(String).join('/')}` }
}
