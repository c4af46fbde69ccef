import { z } from '@hono/zod-openapi'
import { COMPARTMENTS, type ObjectKind } from '../../core/docket/compartment.ts'
import { DOCKET_KINDS, DOCKET_STATES, OUTCOMES, RECORDED, VETTING_REASONS } from '../../core/docket/docket.ts'
import { SEATS } from '../../core/docket/seat.ts'
import { ENDPOINT_APIS } from '../custody.ts'

const When = z.string().describe('RFC 3339, UTC')
const Id = z.string().max(60)
const Person = z.object({ id: z.string(), name: z.string().nullable().describe('Null: withheld by the terms') })
const Signed = z.object({
  developer: z.object({ by: Person, at: When }).nullable(),
  office: z.object({ by: Person, at: When }).nullable(),
})

export const TermsFactsShape = z.object({
  days: z.number().int().min(1).max(30),
  opensBy: z.enum(['first-call', 'agreed-instant']),
  level: z.enum(['AL1', 'AL2', 'AL3']),
  retentionDays: z.number().int().min(0).max(3650),
  downtimeExtends: z.boolean(),
  mayPublish: z.boolean(),
  findingsToIntake: z.boolean(),
  readersNamed: z.boolean().describe('The developer reads by name who of the office is read in'),
})

export const OpenDocket = z.object({
  kind: z.enum(DOCKET_KINDS),
  office: Id.describe('The organisation that is asked'),
  model: z.string().trim().min(1).max(200),
  question: z.string().trim().max(20_000).default(''),
  planned: z
    .object({ at: z.string(), zone: z.string().max(60) })
    .nullable()
    .default(null),
  agreement: Id.nullable().default(null),
})
export type OpenDocket = z.infer<typeof OpenDocket>

/** What a person may do to a docket; each is a command of core/docket. `version`: the one that was looked at, for a clear conflict. */
export const DocketAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('answer-inquiry'), answer: z.enum(RECORDED) }),
  z.object({ do: z.literal('offer-terms'), text: z.string().trim().min(1).max(200_000), facts: TermsFactsShape }),
  z.object({ do: z.literal('sign-terms'), version: z.number().int(), digest: z.string().length(64) }),
  z.object({ do: z.literal('plan-release'), planned: z.object({ at: z.string(), zone: z.string().max(60) }) }),
  z.object({ do: z.literal('agree-opening'), at: z.string() }),
  z.object({ do: z.literal('grant-downtime'), hours: z.number().positive().max(720) }),
  z.object({ do: z.literal('end-window') }),
  z.object({ do: z.literal('seat'), person: Id, seat: z.enum(SEATS) }),
  z.object({ do: z.literal('unseat'), person: Id, seat: z.enum(SEATS) }),
  z.object({ do: z.literal('read-in'), person: Id, compartment: z.enum(COMPARTMENTS), until: z.string() }),
  z.object({ do: z.literal('second-read-in'), person: Id, compartment: z.enum(COMPARTMENTS) }),
  z.object({ do: z.literal('read-out'), person: Id, compartment: z.enum(COMPARTMENTS) }),
  z.object({ do: z.literal('lay-plan'), plan: z.string().min(2).max(100_000), why: z.string().trim().max(4000).nullable() }),
  z.object({ do: z.literal('record'), recorded: z.enum(RECORDED), reason: z.string().trim().max(20_000).nullable() }),
  z.object({ do: z.literal('sign-report'), digest: z.string().length(64), publicDigest: z.string().length(64) }),
  z.object({
    do: z.literal('propose-partner'),
    name: z.string().trim().min(1).max(200),
    answers: z.record(z.string().max(60), z.string().max(4000)),
  }),
  z.object({ do: z.literal('sign-partner'), partner: Id }),
  z.object({
    do: z.literal('decline-partner'),
    partner: Id,
    reasons: z.array(z.enum(VETTING_REASONS)).min(1).max(14),
    again: z.string().nullable(),
  }),
  z.object({ do: z.literal('admit-outside'), partner: Id }),
  z.object({
    do: z.literal('grant-partner'),
    partner: Id,
    person: Id,
    use: z.string().trim().min(1).max(1000),
    until: z.string(),
  }),
  z.object({ do: z.literal('revoke-partner'), partner: Id, grant: Id.nullable() }),
  z.object({ do: z.literal('consent-intake'), item: z.string().max(60) }),
  z.object({ do: z.literal('probe') }),
  z.object({ do: z.literal('dry-run') }),
  z.object({ do: z.literal('rotate-key'), sealed: z.string().max(20_000) }),
  z.object({ do: z.literal('withdraw') }),
  z.object({ do: z.literal('begin-closing') }),
  z.object({ do: z.literal('sign-receipt'), digest: z.string().length(64) }),
])
export type DocketAct = z.infer<typeof DocketAct>
export const ActDocket = z.object({ version: z.number().int().min(1), act: DocketAct })
export type ActDocket = z.infer<typeof ActDocket>

export const DocketRow = z.object({
  id: z.string(),
  kind: z.enum(DOCKET_KINDS),
  label: z.string().nullable().describe('What must be said of its kind wherever it is shown'),
  state: z.enum(DOCKET_STATES),
  withdrawn: z.boolean(),
  model: z.string().nullable().describe('Null to those who may not read the head'),
  developer: z.string(),
  office: z.string(),
  openedAt: When,
  opensAt: When.nullable().describe('Of the window'),
  endsAt: When.nullable(),
  zone: z.string().nullable(),
  leftMs: z.number().nullable().describe('By the clock that decides'),
  whoseMove: z.enum(['developer', 'office', 'both', 'nobody']),
  next: z.string().describe('What comes next, in one sentence'),
  seats: z.array(z.enum(SEATS)).describe('Mine'),
})
export type DocketRow = z.infer<typeof DocketRow>
export const DocketList = z.object({ rows: z.array(DocketRow), next: z.string().nullable(), now: When })
export type DocketList = z.infer<typeof DocketList>

export const PartnerOut = z.object({
  partner: z.string(),
  name: z.string(),
  standing: z.enum(['proposed', 'selected', 'declined', 'outside', 'ended']),
  signed: Signed,
  vetting: z
    .object({
      list: z.string(),
      lines: z.array(z.object({ line: z.string(), says: z.string(), answer: z.string().nullable(), open: z.boolean() })),
    })
    .nullable(),
  declined: z.object({ by: z.enum(['developer', 'office']), reasons: z.array(z.string()), again: When.nullable() }).nullable(),
  grants: z.array(
    z.object({ grant: z.string(), person: Person, use: z.string(), until: When, ended: z.boolean(), mine: z.boolean() }),
  ),
})
export type PartnerOut = z.infer<typeof PartnerOut>

export const DocketView = DocketRow.extend({
  version: z.number().int(),
  now: When,
  question: z.string().nullable(),
  answered: z.enum(RECORDED).nullable(),
  policy: z.object({ name: z.string(), days: z.number().int(), source: z.string() }),
  agreement: z.string().nullable(),
  terms: z.array(
    z.object({
      version: z.number().int(),
      digest: z.string(),
      facts: TermsFactsShape,
      text: z.string().nullable(),
      by: Person,
      at: When,
      signed: Signed,
    }),
  ),
  planned: z.object({ at: When, zone: z.string() }).nullable(),
  endpoint: z
    .object({
      api: z.enum(ENDPOINT_APIS).nullable(),
      base: z.string().nullable().describe('Null to those not read into D'),
      model: z.string().nullable(),
      registeredAt: When,
      baseline: z.string().nullable(),
      dryRun: z.boolean(),
      isolation: z.enum(['own-user', 'process-only']),
    })
    .nullable(),
  window: z
    .object({
      days: z.number().int(),
      opensAt: When.nullable(),
      openedAt: When.nullable(),
      endsAt: When.nullable(),
      latest: When.nullable().describe('Never past this'),
      endsBecause: z.enum(['days', 'planned-release', 'policy']).nullable(),
      closed: z.object({ at: When, why: z.enum(['end', 'withdrawn', 'early']) }).nullable(),
      downtime: z.array(z.object({ from: When, to: When.nullable(), grantedMs: z.number() })),
      calls: z.array(z.object({ day: When, calls: z.number(), tokens: z.number() })),
    })
    .nullable(),
  seated: z.array(z.object({ person: Person, organisation: z.string(), seat: z.enum(SEATS), mine: z.boolean() })),
  readIns: z.array(
    z.object({
      person: Person,
      compartment: z.enum(COMPARTMENTS),
      until: When,
      proposedBy: Person,
      secondedBy: Person.nullable(),
      ended: z.boolean(),
    }),
  ),
  plans: z.array(
    z.object({
      digest: z.string().describe('SHA-256 where its criteria are published; else HMAC-SHA-256 under the key of B'),
      at: When,
      why: z.string().nullable(),
      afterUnblinding: z.boolean(),
    }),
  ),
  determination: z
    .object({
      recorded: z.enum(RECORDED),
      computed: z.enum(OUTCOMES).nullable(),
      departs: z.boolean(),
      reason: z.string().nullable().describe('Null to those not read into R'),
      by: Person,
      at: When,
    })
    .nullable(),
  report: z.object({ digest: z.string(), publicDigest: z.string(), signed: Signed }).nullable(),
  partners: z.array(PartnerOut),
  toIntake: z.array(z.object({ item: z.string(), title: z.string(), signed: Signed, report: z.string().nullable() })),
  closing: z
    .object({
      why: z.enum(['ended', 'withdrawn']),
      startedAt: When,
      receiptDigest: z.string().nullable(),
      signed: Signed,
      residual: z.array(z.object({ what: z.string(), where: z.string(), state: z.string() })),
    })
    .nullable(),
  withdrawnAt: When.nullable(),
  may: z
    .array(z.string())
    .describe(
      'Names of acts that I could do now, and put-endpoint, add-paper, write-message, start-run-set, read-results, analyse',
    ),
})
export type DocketView = z.infer<typeof DocketView>

export const DOCUMENT_OBJECTS = [
  'message',
  'joint-document',
  'developer-document',
  'benchmark-document',
  'result-document',
  'suite',
  'criterion',
] as const satisfies readonly ObjectKind[]
/** `POST …/papers?object=&title=`: the bytes of a document as the body; of a message its text in UTF-8, at most 20,000 characters. */
export const PaperOut = z.object({
  id: z.string(),
  object: z.string(),
  compartment: z.enum(COMPARTMENTS),
  title: z.string(),
  text: z.string().nullable().describe('Of a message'),
  bytes: z.number().int(),
  digest: z.string(),
  by: Person.nullable(),
  side: z.enum(['developer', 'office']).nullable(),
  at: When,
})
export type PaperOut = z.infer<typeof PaperOut>
export const PaperList = z.object({ rows: z.array(PaperOut) })
export type PaperList = z.infer<typeof PaperList>

export const PutEndpoint = z.object({
  api: z.enum(ENDPOINT_APIS),
  base: z.string().max(500),
  model: z.string().trim().min(1).max(200),
  spki: z.string().length(64).nullable().default(null),
  sealed: z.string().max(20_000).describe('age file in base64, sealed to the custodian: the server never sees the key'),
})
export type PutEndpoint = z.infer<typeof PutEndpoint>
export const CustodyOut = z.object({ recipient: z.string(), isolation: z.enum(['own-user', 'process-only']) })
export type CustodyOut = z.infer<typeof CustodyOut>

export const LogRow = z.object({
  entry: z.number().int(),
  at: When,
  who: z.string(),
  seat: z.string().nullable(),
  compartment: z.enum(COMPARTMENTS),
  what: z.string().describe('A closed word'),
  say: z.string(),
  refused: z.boolean(),
  calls: z.number().int(),
  tokens: z.number().int(),
  hash: z.string(),
})
export type LogRow = z.infer<typeof LogRow>
export const DocketLog = z.object({ rows: z.array(LogRow), total: z.number().int(), next: z.string().nullable() })
export type DocketLog = z.infer<typeof DocketLog>

export const AgreementOut = z.object({
  id: z.string(),
  version: z.number().int(),
  state: z.enum(['offered', 'standing', 'ended']),
  developer: z.string(),
  office: z.string(),
  text: z.string(),
  digest: z.string(),
  facts: TermsFactsShape,
  contacts: z.array(z.string()),
  endsAt: When.nullable(),
  signed: Signed,
  dockets: z.number().int(),
  may: z.array(z.string()),
})
export type AgreementOut = z.infer<typeof AgreementOut>
export const AgreementList = z.object({ rows: z.array(AgreementOut) })
export type AgreementList = z.infer<typeof AgreementList>
/** Organisations with an officer among their people: whom a developer can ask. */
export const OfficeList = z.object({ rows: z.array(z.object({ id: z.string(), name: z.string() })) })
export type OfficeList = z.infer<typeof OfficeList>
export const AddAgreement = z.object({
  other: Id.describe('The organisation on the other side'),
  text: z.string().trim().min(1).max(200_000),
  facts: TermsFactsShape,
  contacts: z.array(z.string().max(200)).max(20),
  endsAt: z.string().nullable(),
})
export type AddAgreement = z.infer<typeof AddAgreement>
export const ActAgreement = z.object({
  version: z.number().int(),
  do: z.enum(['sign', 'end']),
  digest: z.string().length(64),
})
export type ActAgreement = z.infer<typeof ActAgreement>

const Cell = z.number().int().nullable().describe('Null: withheld, for it or its neighbour is small')
export const DocketTally = z.object({
  asOf: When,
  byKind: z.record(z.string(), Cell),
  byState: z.record(z.string(), Cell),
  byRecorded: z.record(z.string(), Cell),
  withdrawn: Cell,
  medianDays: z.number().nullable(),
  say: z.string(),
})
export type DocketTally = z.infer<typeof DocketTally>
