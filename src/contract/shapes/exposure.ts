import { z } from '@hono/zod-openapi'
import { isSupportEnd } from '../../core/exposure/edge/asset-support.ts'
import { JUSTIFICATIONS } from '../../core/exposure/vex/justification.ts'
import { FEEDS, RecordAside } from './records.ts'

const When = z.string().describe('RFC 3339, UTC')
const Text = z.string().max(200)

/** What an operator says of an asset. Not said: null; exposure that is not said counts as public and is marked assumed. */
export const AssetTags = z.strictObject({
  organisation: Text.nullable().default(null),
  unit: Text.nullable().default(null).describe('Sub-organisation'),
  environment: z.enum(['production', 'development']).nullable().default(null),
  exposure: z.enum(['public', 'internal']).nullable().default(null),
  type: Text.nullable().default(null),
  impact: z
    .enum(['low', 'medium', 'high', 'very-high'])
    .nullable()
    .default(null)
    .describe(
      'What an attack on it would do to people and mission (SSVC human impact); not said counts as medium, marked assumed',
    ),
  edge: z.enum(['yes', 'no']).nullable().default(null).describe('Whether it is a device at the edge of a network (BOD 26-02)'),
  support: z
    .string()
    .refine(isSupportEnd, 'It is a day such as 2027-06-30, or ended.')
    .nullable()
    .default(null)
    .describe("When its vendor's support ends: a day, or `ended`"),
  listed: z
    .enum(['yes', 'no', 'unknown'])
    .nullable()
    .default(null)
    .describe('Whether CISA’s list of end-of-support edge devices names it'),
  maker: Text.nullable().default(null),
  model: Text.nullable().default(null),
})
export type AssetTags = z.infer<typeof AssetTags>

const Unmatched = z.object({ place: z.string(), why: z.string(), said: z.string() })

export const InventoryOut = z.object({
  id: z.string(),
  asset: z.string().describe('The asset it stands for; a new inventory of the same asset takes its place'),
  distribution: z.string().nullable().describe('Said with it, of packages that do not say it, like `debian-12`'),
  tags: AssetTags,
  format: z.string().describe('For example `cyclonedx-json 1.5`'),
  subject: z.string().nullable(),
  receivedAt: When,
  components: z.number().describe('Distinct ones that can be matched'),
  unmatched: z.number().describe('What could not be read, or has no identity that anything could be matched by'),
})
export type InventoryOut = z.infer<typeof InventoryOut>
export const InventoryList = z.object({ rows: z.array(InventoryOut), next: z.string().nullable() })
export type InventoryList = z.infer<typeof InventoryList>
export const InventoryWhole = InventoryOut.extend({ set: z.array(Unmatched).describe('At most 1,000 of the unmatched') })
export type InventoryWhole = z.infer<typeof InventoryWhole>

/** One input of a rule: its value, who says so, when, and whether it was only assumed. */
export const RuleInput = z.object({
  input: z.enum([
    'publicly-exposed',
    'in-kev',
    'automatable',
    'technical-impact',
    'exploitation',
    'human-impact',
    'epss',
    'severity',
    'tag',
  ]),
  value: z.string(),
  by: z.string().describe('Who judged it'),
  source: z.string(),
  at: When.nullable(),
  assumed: z.string().nullable().describe('Why it was assumed; null: somebody said so'),
})
export type RuleInput = z.infer<typeof RuleInput>

/** One way to count a due date. */
export const Reading = z.object({
  reading: z.enum(['from-first', 'from-change', 'assigned']),
  due: When.nullable(),
  counts: z.boolean().describe('The one that is taken'),
  says: z.string(),
})
export type Reading = z.infer<typeof Reading>

export const TriageStep = z.object({
  step: z.enum(['scope', 'collect', 'analyse']),
  due: When,
  singleSource: z.boolean(),
  look: z.array(z.string()).describe('What to look for, where the listing says it'),
  doneAt: When.nullable(),
})
export type TriageStep = z.infer<typeof TriageStep>

/** How a date came about, whole: what "why this date" opens. */
export const WhyDate = z.object({
  directive: z.string().describe('For example `bod-26-04/1.0.0`'),
  row: z.number().nullable(),
  outcome: z.string(),
  analogy: z.string().nullable().describe('Why this is no finding of compliance; null: the directive binds and applies'),
  inputs: z.array(RuleInput),
  readings: z.array(Reading),
  history: z.array(z.object({ at: When, due: When.nullable(), outcome: z.string(), because: z.string() })),
})
export type WhyDate = z.infer<typeof WhyDate>

/** What somebody states of a flaw in a component, where it counts for an obligation. */
export const StatementOut = z.object({
  status: z.enum(['not-affected', 'affected', 'fixed', 'under-investigation']),
  author: z.string(),
  source: z
    .enum(['operator', 'own-document', 'record', 'inventory', 'records'])
    .describe('`operator`: said by hand here; `records`: no record holds it affected any more'),
  document: z.string().nullable(),
  at: When.nullable(),
  justification: z.string().nullable(),
  detail: z.string().nullable(),
  by: z.string().nullable().describe('Who said it by hand'),
  assets: z.array(z.string()).describe('Assets for which it counts'),
})
export type StatementOut = z.infer<typeof StatementOut>

const AssetDone = z.object({
  inventory: z.string(),
  asset: z.string(),
  done: z.boolean(),
  held: z.boolean().describe('Held not affected'),
})

export const FlawOut = z.object({
  id: z.string().describe('Its CVE id where there is one'),
  aliases: z.array(z.string()),
  summary: z.string(),
  exploited: z.boolean(),
  score: z.number().nullable(),
  /** The reason of the match, a sentence a step. */
  why: z.array(z.string()),
  weak: z.boolean().describe('Matched by CPE only'),
  statements: z.array(StatementOut).describe('Statements that count, also those that end nothing'),
})
export type FlawOut = z.infer<typeof FlawOut>

export const STANDINGS = ['open', 'remediated', 'mitigated', 'deferred', 'not-affected'] as const

/** One thing to do, on these assets; it may settle several flaws. */
export const ActionOut = z.object({
  id: z.string().describe('It changes when what the action is about changes its standing'),
  do: z.enum(['triage', 'upgrade', 'mitigate', 'retire', 'replace']),
  component: z.string().describe('Purl without version, or the name of a product'),
  from: z.array(z.string()),
  to: z.string().nullable(),
  assets: z.array(AssetDone),
  done: z.number(),
  of: z.number(),
  due: When.nullable().describe('Null: at the next upgrade, or no date'),
  tier: z.string().describe('For example `3DF`'),
  rule: z.string().describe('For example `BOD 26-04, row 3`'),
  standing: z.enum(STANDINGS),
  until: When.nullable().describe('When a deferral ends'),
  reason: z.string().nullable().describe('Why it is put off'),
  flaws: z.array(FlawOut),
  why: WhyDate,
  triage: z.array(TriageStep),
  plain: z.object({ what: z.string(), first: z.string(), ask: z.string() }).describe('For people without a security team'),
})
export type ActionOut = z.infer<typeof ActionOut>

export const ActionList = z.object({
  rows: z.array(ActionOut),
  next: z.string().nullable(),
  reading: z.boolean().describe('Records are still being read after a start: this may not be whole'),
  late: z.number(),
  soon: z.number().describe('Due within 72 hours'),
  later: z.number().describe('Due after that'),
  undated: z.number(),
  held: z.number().describe('Flaws on assets that are held not affected, by a statement that is believed or by hand'),
  components: z.number(),
  inventories: z.number(),
  matchedAt: When.nullable(),
  records: z.object({ count: z.number(), newest: When.nullable() }),
  state: z.string().describe('Another word as soon as anything changes that this list tells'),
})
export type ActionList = z.infer<typeof ActionList>

export const ActAction = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('remediate'),
    assets: z.array(z.string()).min(1).max(10_000),
    evidence: z.string().max(2000),
  }),
  z.strictObject({
    do: z.literal('mitigate'),
    assets: z.array(z.string()).min(1).max(10_000),
    evidence: z.string().min(1).max(2000),
  }),
  z.strictObject({ do: z.literal('defer'), reason: z.string().min(1).max(2000), until: When }),
  z.strictObject({
    do: z.literal('not-affected'),
    assets: z
      .union([z.literal('all'), z.array(z.string()).min(1).max(10_000)])
      .describe('Assets that are not affected, by inventory; `all` on which it is open'),
    flaws: z
      .array(z.string().max(200))
      .min(1)
      .max(10_000)
      .optional()
      .describe('Which of its flaws; needed where the action settles several'),
    justification: z.enum(JUSTIFICATIONS),
    says: z.string().min(1).max(2000).describe('Why, in words'),
  }),
  z.strictObject({
    do: z.literal('reopen'),
    reason: z.string().max(2000),
    assets: z.array(z.string()).min(1).max(10_000).optional().describe('Where it is open again; left out: everywhere'),
  }),
  z.strictObject({
    do: z.literal('triage-step'),
    step: z.enum(['scope', 'collect', 'analyse']),
    found: z.enum(['nothing', 'suspected', 'confirmed']).nullable(),
  }),
])
export type ActAction = z.infer<typeof ActAction>

/** Which rule an organisation goes by. */
export const RuleOut = z.object({
  directive: z.enum(['bod-26-04', 'kev-dates', 'ssvc-deployer', 'own', 'none']),
  binds: z.boolean().describe('Whether it is bound; otherwise results are its own choice and no finding of compliance'),
  reading: z.enum(['from-first', 'from-change']),
  own: z.unknown().nullable().describe("The organisation's own policy, of the published schema"),
  version: z.number(),
  believe: z
    .array(z.string().max(200))
    .max(100)
    .describe('Authors of VEX statements among the records that are believed, the most trusted first'),
  believeInventories: z.boolean().describe('Whether what the own inventories state of their flaws is believed'),
})
export type RuleOut = z.infer<typeof RuleOut>
/** `version`: of the rule that was read; another policy needs another version of its own. */
export const SetRule = z.strictObject({
  ...RuleOut.shape,
  own: z.unknown().nullable().default(null),
  believe: RuleOut.shape.believe.default([]),
  believeInventories: RuleOut.shape.believeInventories.default(false),
})
export type SetRule = z.infer<typeof SetRule>

/** What one inventory comes to, finding by finding as `weir exposure --json` prints them; nothing of it was kept. */
export const CheckOut = z.object({
  format: z.string(),
  components: z.number(),
  unmatched: z.number(),
  set: z.array(Unmatched).describe('At most 1,000 of the unmatched'),
  findings: z.array(z.record(z.string(), z.unknown())).describe('An object a finding: see docs/exposure.md'),
  settled: z.array(z.record(z.string(), z.unknown())).describe('What a statement that you believe ends, each with it'),
  unknown: z.array(z.record(z.string(), z.unknown())).describe('Where nobody can tell, each with why'),
  records: z.object({ count: z.number(), newest: When.nullable() }),
})
export type CheckOut = z.infer<typeof CheckOut>

/** Why a flaw holds in a component, or does not: every record of it, step by step. */
export const ExposureWhy = z.object({
  id: z.string(),
  aliases: z.array(z.string()),
  component: z.string(),
  affected: z.enum(['yes', 'no', 'unknown']),
  records: z.array(
    z.object({
      id: z.string(),
      source: z.string(),
      affected: z.enum(['yes', 'no', 'unknown']),
      fixed: z.string().nullable(),
      why: z.array(z.string()),
    }),
  ),
  joined: z.array(z.object({ ids: z.array(z.string()), by: z.string() })).describe('Why these names are one flaw'),
  statements: z
    .array(
      StatementOut.omit({ by: true, assets: true }).extend({
        why: z.string().nullable().describe('Why it changes nothing here; null: it counts'),
      }),
    )
    .describe('At most 100 of what is stated of the flaw in VEX documents'),
  stated: z.number().describe('How many statements there are'),
  assets: z.array(z.object({ inventory: z.string(), asset: z.string() })).describe('Your assets that have this component'),
})
export type ExposureWhy = z.infer<typeof ExposureWhy>

/** One obligation of the report. */
export const ReportRow = z.object({
  id: z.string(),
  flaw: z.string(),
  aliases: z.array(z.string()),
  component: z.string(),
  version: z.string(),
  directive: z.string(),
  row: z.number().nullable(),
  tier: z.string(),
  outcome: z.string(),
  /** Why this is no finding of compliance; null: the directive binds and applies. */
  analogy: z.string().nullable(),
  inputs: z.array(RuleInput),
  readings: z.array(Reading),
  openedAt: When,
  due: When.nullable(),
  standing: z.enum(STANDINGS),
  until: When.nullable(),
  late: z.boolean(),
  assets: z.array(AssetDone),
  statements: z.array(StatementOut),
  evidence: z.array(z.object({ at: When, how: z.string(), says: z.string(), assets: z.array(z.string()) })),
  triage: z.array(TriageStep),
  history: WhyDate.shape.history,
})
export type ReportRow = z.infer<typeof ReportRow>
export const ExposureReport = z.object({
  report: z.literal('weir/exposure-report/1'),
  at: When,
  directive: z.string(),
  name: z.string(),
  binds: z.boolean(),
  rows: z.array(ReportRow),
})
export type ExposureReport = z.infer<typeof ExposureReport>

/** Counts of one flaw from an operator that matches at home. */
export const PatchedIn = z.strictObject({
  flaw: z.string().min(1).max(200),
  patched: z.number().int().min(0).max(10_000_000),
  total: z.number().int().min(1).max(10_000_000).describe('Assets that have or had it'),
})
export type PatchedIn = z.infer<typeof PatchedIn>
export const PatchedOut = PatchedIn.extend({ at: When })
export type PatchedOut = z.infer<typeof PatchedOut>

/** How far the fix of each flaw of a case is deployed with other organisations than the reader's. Null: fewer than five report. */
export const CaseUptake = z.object({
  rows: z.array(
    z.object({
      flaw: z.string(),
      ids: z.array(z.string()).describe('The public names it is counted by'),
      operators: z.number().nullable(),
      patchedPercent: z
        .number()
        .nullable()
        .describe('The mean of what each of them patched, in steps of twenty; of five from twenty operators on'),
    }),
  ),
})
export type CaseUptake = z.infer<typeof CaseUptake>
export const InventoryGone = z.object({ id: z.string() })
export type InventoryGone = z.infer<typeof InventoryGone>

/** The patched fraction over time. */
export const UptakeOut = z.object({
  points: z.array(z.object({ at: When, open: z.number(), settled: z.number() })),
})
export type UptakeOut = z.infer<typeof UptakeOut>

/** What was taken in from one source of records. */
export const RecordSource = z.object({
  source: z.string(),
  kind: z.enum(FEEDS).nullable().describe('Null: records of several kinds'),
  count: z.number(),
  newest: When.nullable(),
  takenAt: When,
  whole: z.boolean().describe('What it no longer listed was removed'),
  setAside: z.array(RecordAside).describe('At most 100 of what could not be read'),
  setAsideCount: z.number(),
})
export type RecordSource = z.infer<typeof RecordSource>
export const RecordSources = z.object({
  rows: z.array(RecordSource).describe('By feed: the newest file of each'),
  flaws: z.number(),
  held: z.array(z.object({ source: z.string(), count: z.number(), newest: When.nullable() })).describe('By database'),
  editions: z.array(z.object({ kind: z.enum(['kev', 'epss']), source: z.string(), asOf: When.nullable() })),
  loaded: z.boolean().describe('False: records are still being read after a start'),
  version: z.number(),
})
export type RecordSources = z.infer<typeof RecordSources>
