import { z } from '@hono/zod-openapi'
import { OUTCOMES } from '../../core/docket/docket.ts'
import { AXES, REASONS } from '../../core/evaluation/run-row.ts'

// Measurements of a docket: run sets, attempts, figures.
const When = z.string().describe('RFC 3339, UTC')

export const ProfileShape = z.object({
  name: z.string().trim().min(1).max(60),
  system: z.string().max(20_000),
  tools: z.array(z.enum(['run', 'read', 'write', 'submit'])).min(1),
  temperature: z.number().min(0).max(2).nullable(),
  maxOutputTokens: z.number().int().min(1).max(1_000_000),
  limits: z.object({
    tokens: z.number().int().min(1).max(100_000_000),
    messages: z.number().int().min(1).max(10_000),
    wallMs: z.number().int().min(1000).max(86_400_000),
    cost: z.number().positive().nullable(),
  }),
  safeguards: z.enum(['on', 'off']),
})

export const StartRunSet = z.object({
  suite: z.string().max(60).describe('The id of a suite among the docket’s papers, or `sample`'),
  tasks: z.array(z.string().max(200)).max(5000).nullable().default(null),
  attempts: z.number().int().min(1).max(100).default(1),
  profile: ProfileShape,
  prices: z
    .object({ input: z.number().min(0), output: z.number().min(0) })
    .nullable()
    .default(null),
  remeasure: z.boolean().default(false).describe('After the release, against the released model'),
})
export type StartRunSet = z.infer<typeof StartRunSet>

export const RUN_SET_STATES = ['waiting', 'running', 'done', 'stopped', 'failed'] as const
export const RunSetRow = z.object({
  id: z.string(),
  state: z.enum(RUN_SET_STATES),
  source: z.enum(['run', 'import']),
  say: z.string(),
  suite: z.string().nullable().describe('Null to those who see progress only'),
  profile: z.string().nullable(),
  attempts: z.number().int(),
  finished: z.number().int(),
  tokens: z.number().int(),
  cost: z.number().nullable(),
  leftMs: z.number().nullable(),
  askedAt: When,
  startedAt: When.nullable(),
  endedAt: When.nullable(),
  mayStop: z.boolean(),
})
export type RunSetRow = z.infer<typeof RunSetRow>
export const RunSetList = z.object({ rows: z.array(RunSetRow), mayStart: z.boolean() })
export type RunSetList = z.infer<typeof RunSetList>

export const AttemptRow = z.object({
  n: z.number().int(),
  task: z.string(),
  family: z.string(),
  attempt: z.string(),
  minutes: z.number().nullable(),
  minutesKind: z.string().nullable(),
  score: z.number().nullable(),
  reason: z.enum(REASONS),
  say: z.string(),
  tokens: z.number().int().nullable(),
  wallMs: z.number().int().nullable(),
  flags: z.array(z.string()),
  cheating: z.enum(['no', 'suspected', 'confirmed']),
  broken: z.string().nullable(),
  transcript: z.boolean(),
})
export type AttemptRow = z.infer<typeof AttemptRow>
export const ImportFinding = z.object({ code: z.string(), where: z.string(), say: z.string() })
export const RunSetView = RunSetRow.extend({
  rows: z.array(AttemptRow),
  findings: z.array(ImportFinding),
  model: z.string().nullable(),
})
export type RunSetView = z.infer<typeof RunSetView>

/** `cheated` needs two analysts; one says it, the other agrees. `broken` leaves the task out for every model. */
export const MarkAttempt = z.object({
  n: z.number().int().min(0),
  mark: z.enum(['cheated', 'not-cheated', 'broken', 'not-broken']),
  why: z.string().trim().min(1).max(4000),
})
export type MarkAttempt = z.infer<typeof MarkAttempt>

export const TranscriptOut = z.object({
  n: z.number().int(),
  task: z.string(),
  attempt: z.string(),
  lines: z.array(z.object({ n: z.number().int(), at: When.nullable(), kind: z.string(), who: z.string(), text: z.string() })),
  withheld: z.number().int().describe('Lines of reasoning that belong to D'),
  chain: z.enum(['whole', 'broken', 'none']),
})
export type TranscriptOut = z.infer<typeof TranscriptOut>

export const Analyse = z.object({
  runSets: z.array(z.string().max(60)).min(1).max(50),
  axis: z.enum(AXES).default('stated'),
  resamples: z.number().int().min(200).max(20_000).default(10_000),
})
export type Analyse = z.infer<typeof Analyse>

/** The figures as `core/evaluation` computed them; every number names the rows it came from. */
export const AnalysisOut = z.object({
  at: When,
  plan: z.string(),
  digest: z.string(),
  seed: z.string(),
  method: z.string(),
  computed: z.enum(OUTCOMES),
  say: z.string(),
  /** `AnalysisFigures` of core/evaluation, as JSON. */
  figures: z.unknown(),
  curve: z.string().describe('SVG made by us from numbers alone'),
})
export type AnalysisOut = z.infer<typeof AnalysisOut>
