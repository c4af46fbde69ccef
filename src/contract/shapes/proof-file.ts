import { z } from '@hono/zod-openapi'
import { CRASH_TOOLS } from '../../core/findings/finding.ts'
import { TIERS } from '../../core/sandbox/tier.ts'
import { TASKS } from '../../core/validation/proof.ts'

// `weir-proof.json`: what `weir validate` reads on a laptop. Paths are relative to the file. Hostile: read strictly, bounded.

const Path = z.string().min(1).max(4096)
const Id = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,59}$/, 'letters, digits, dot, dash and underscore, at most 60')
const Name = z.string().min(1).max(200)
const Revision = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/, 'a commit, a tag or a branch')

const Claims = z.strictObject({
  tool: z.enum(CRASH_TOOLS).optional(),
  kind: z.string().max(200).optional(),
  symbol: z.string().max(500).optional(),
  path: z.string().max(1000).optional(),
  cwe: z
    .string()
    .regex(/^CWE-[1-9]\d{0,4}$/, 'like CWE-787')
    .optional(),
})

const Fires = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('crash') }),
  z.strictObject({ kind: z.literal('exit'), code: z.number().int().min(0).max(255) }),
  z.strictObject({ kind: z.literal('output'), contains: z.string().min(1).max(1000) }),
  z.strictObject({ kind: z.literal('file'), path: Path }),
])

/** One file for the harness, or the requests of an exchange with a server, one connection each. */
const input = {
  file: Path.optional(),
  exchange: z.array(Path).min(1).max(20).optional(),
  waitMs: z.number().int().min(1).max(60_000).optional().describe('How long an answer is waited for; default 1000'),
}

export const ProofFile = z.strictObject({
  weir: z.literal('proof/1'),
  target: z.strictObject({
    name: Name,
    source: z.union([Path, z.strictObject({ mirror: Name, revision: Revision })]),
    revision: Revision.optional(),
    introducedAfter: Revision.optional(),
  }),
  image: Path.optional().describe('A tar of a root file system, instead of the machine’s own toolchain'),
  recipe: z.union([Path, z.strictObject({ ossFuzz: Path }), z.record(z.string(), z.unknown())]),
  reproducers: z
    .array(
      z.strictObject({
        id: Id,
        harness: Name.optional(),
        ...input,
        files: z.array(Path).max(50).optional(),
        fires: Fires.optional(),
        claims: Claims.optional(),
      }),
    )
    .min(1)
    .max(200),
  benign: z
    .array(z.union([Path, z.strictObject({ harness: Name.optional(), ...input })]))
    .max(1000)
    .default([]),
  patches: z
    .array(z.strictObject({ id: Id, file: Path, fixes: z.array(Id).max(200).optional() }))
    .max(200)
    .default([]),
  tasks: z.array(z.enum(TASKS)).max(TASKS.length).optional(),
  settings: z
    .strictObject({
      runs: z.number().int().min(3).max(20),
      floor: z.enum(TIERS),
      variants: z.number().int().min(0).max(2000),
      refuzzSeconds: z.number().int().min(0).max(600),
      minimiseRuns: z.number().int().min(0).max(5000),
      rangeBuilds: z.number().int().min(0).max(200),
      seed: z
        .number()
        .int()
        .min(0)
        .max(2 ** 31),
    })
    .partial()
    .default({}),
})
export type ProofFile = z.infer<typeof ProofFile>
