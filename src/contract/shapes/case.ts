import { z } from '@hono/zod-openapi'
import { JUSTIFICATIONS, PARTICIPANT_KINDS, STATUSES } from '../../core/cases/case.ts'
import { PriorityOut, SeverityOut } from './flaw.ts'

// A case as one of its participants, or its coordinator, sees it. Every instant is UTC.

const When = z.string().describe('RFC 3339, UTC')
const Id = z.string().max(40)
const Text = z.string().max(20_000)

export const EMBARGO_STATES = ['none', 'proposed', 'active', 'revise', 'exited'] as const
export const REPORT_STATES = ['start', 'received', 'invalid', 'valid', 'deferred', 'accepted', 'closed'] as const
export const CONSENT_STATES = ['no-embargo', 'invited', 'signatory', 'lapsed', 'declined'] as const
export const STEPS = ['vfd', 'Vfd', 'VFd', 'VFD'] as const
/** What the asker reads of a case: nothing never leaves as a case. */
export const READS = ['invitation', 'content'] as const

export const CaseRow = z.object({
  id: z.string(),
  /** Null before consent, and after erasure. */
  title: z.string().nullable(),
  target: z.string().nullable(),
  state: z.enum(['open', 'closed']),
  priority: PriorityOut.nullable(),
  embargo: z.enum(EMBARGO_STATES),
  endsAt: When.nullable(),
  reads: z.enum(READS),
  flaws: z.number().int(),
  parties: z.number().int(),
  unsaid: z.number().int().describe('Makers of whom no status is known'),
  next: z.string().describe('What is to be done next, in words'),
  whoseMove: z.enum(['yours', 'coordinator', 'maintainer', 'nobody']),
  changedAt: When,
})
export type CaseRow = z.infer<typeof CaseRow>
export const CaseList = z.object({ rows: z.array(CaseRow), next: z.string().nullable(), now: When })
export type CaseList = z.infer<typeof CaseList>

const WhyOut = z.object({ says: z.string(), at: When.nullable(), source: z.string().nullable(), binds: z.boolean() })
const TermsOut = z.object({
  version: z.number().int(),
  startsAt: When,
  endsAt: When.nullable().describe('Null: open-ended'),
  by: z.string(),
  policy: z.string(),
  why: z.array(z.string()),
})
const ProposalOut = z.object({
  number: z.number().int(),
  by: z.string(),
  at: When,
  endsAt: When.nullable(),
  policy: z.string(),
  why: z.array(z.string()),
  respondBy: When,
  accepted: z.number().int(),
  declined: z.number().int(),
  yours: z.enum(['accept', 'decline']).nullable(),
})
export const EmbargoOut = z.object({
  state: z.enum(EMBARGO_STATES),
  terms: TermsOut.nullable(),
  open: z.array(ProposalOut),
  ended: z.object({ at: When, why: z.string() }).nullable(),
  /** Every policy that was asked, the one that binds first. */
  dates: z.array(WhyOut),
  duties: z.array(z.object({ party: z.string(), duty: z.string(), source: z.string(), dueAt: When })),
})
export type EmbargoOut = z.infer<typeof EmbargoOut>

const StatusOut = z.object({
  /** Counts from 1 within one vendor and flaw; `approve-status` names it. */
  number: z.number().int(),
  status: z.enum(STATUSES),
  justification: z.enum(JUSTIFICATIONS).nullable(),
  text: z.string().nullable(),
  at: When,
  approved: z.boolean(),
})
export const PartyOut = z.object({
  id: z.string(),
  name: z.string().nullable().describe('Null: hides its participation'),
  hides: z.boolean().describe('Hides its participation from the others: the coordinator and its own people see it so'),
  kind: z.enum(PARTICIPANT_KINDS),
  tier: z.number().int(),
  report: z.enum(REPORT_STATES),
  consent: z.enum(CONSENT_STATES),
  reads: z.enum(['nothing', 'invitation', 'content']),
  works: z.array(
    z.object({
      flaw: z.string(),
      step: z.enum(STEPS),
      deployed: z.number().nullable(),
      status: StatusOut.nullable().describe('Approved; null is silence'),
      stated: StatusOut.nullable().describe('Waits for a second person; shown to its own people only'),
    }),
  ),
  invitedAt: When,
  respondBy: When.nullable(),
  lastWordAt: When.nullable().describe('Null: never'),
  leftAt: When.nullable(),
  you: z.boolean(),
})
export type PartyOut = z.infer<typeof PartyOut>

const NotedOut = z.object({ at: When, notedAt: When, evidence: z.string() }).nullable()
export const CaseFlawOut = z.object({
  id: z.string(),
  title: z.string(),
  summary: z.string(),
  target: z.string().nullable(),
  versions: z.string().nullable(),
  weaknesses: z.array(z.string()),
  priority: PriorityOut.nullable(),
  severities: z.array(SeverityOut),
  proof: z.string().describe('What the runs came to, in words'),
  reproducers: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.number().int() })),
  patches: z.array(z.object({ id: z.string(), name: z.string(), says: z.string() })),
  finders: z.number().int(),
  cve: z.string().nullable(),
  public: NotedOut,
  exploit: NotedOut,
  attacks: NotedOut,
})
export type CaseFlawOut = z.infer<typeof CaseFlawOut>

export const CaseView = z.object({
  row: CaseRow,
  version: z.number().int(),
  now: When,
  /** The participants for which the asker speaks; the coordinator's own is among them. */
  you: z.array(z.string()),
  coordinator: z.object({ name: z.string(), you: z.boolean() }),
  /** What the asker’s own party is asked to accept: the case, or more of its flaws. */
  invitation: z
    .object({
      party: z.string(),
      name: z.string().nullable(),
      kind: z.enum(PARTICIPANT_KINDS),
      version: z.number().int().nullable().describe('To be named on accepting; null: no embargo'),
      respondBy: When.nullable(),
      late: z.boolean(),
    })
    .nullable(),
  embargo: EmbargoOut,
  flaws: z.array(CaseFlawOut),
  parties: z.array(PartyOut),
  hidden: z.number().int().describe('Parties that take part and do not show who they are'),
  /** What somebody said is public or attacked and the coordinator has yet to confirm; the coordinator and who said it see it. */
  claims: z.array(
    z.object({
      flaw: z.string(),
      what: z.enum(['public', 'exploit', 'attacks']),
      at: When,
      by: z.string().nullable(),
      evidence: z.string(),
    }),
  ),
  publish: z.object({ may: z.boolean(), says: z.string() }),
  orders: z
    .array(z.object({ flaw: z.string(), met: z.number().int(), of: z.number().int() }))
    .describe('Desired orders of events, once they are known'),
  advisory: z.string().nullable(),
  receipt: z.string().nullable(),
  /** Acts that the asker may do now, by their `do`. */
  may: z.array(z.string()),
})
export type CaseView = z.infer<typeof CaseView>

export const OpenCase = z.object({
  flaws: z.array(Id).min(1).max(100),
  project: Id.nullable().default(null),
  policy: z.string().max(100).nullable().default(null).describe('The policy under which an embargo is proposed; null: none is'),
})
export type OpenCase = z.infer<typeof OpenCase>

const party = Id.describe('The participant that acts; one for which the asker speaks')
export const CaseAct = z.discriminatedUnion('do', [
  z.object({
    do: z.literal('invite'),
    organisation: Id.nullable().default(null),
    project: Id.nullable().default(null),
    kind: z.enum(PARTICIPANT_KINDS),
    tier: z.number().int().min(0).max(3),
    flaws: z.array(Id).max(100).default([]).describe('None: all of the case'),
    respondInDays: z.number().min(0).max(90).nullable().default(null),
    showsProduct: z.boolean().default(false),
  }),
  z.object({ do: z.literal('accept'), party, version: z.number().int().nullable().default(null) }),
  z.object({ do: z.literal('decline'), party }),
  z.object({ do: z.literal('leave'), party }),
  z.object({ do: z.literal('hide'), party, hidden: z.boolean() }),
  z.object({ do: z.literal('remove'), participant: Id, why: z.string().trim().min(1).max(500) }),
  z.object({ do: z.literal('set-cve'), flaw: Id, cve: z.string().max(20).nullable() }),
  z.object({ do: z.literal('propose'), party, endsAt: When.nullable(), policy: z.string().max(100), why: z.string().max(500) }),
  z.object({ do: z.literal('answer'), party, number: z.number().int(), answer: z.enum(['accept', 'decline']) }),
  z.object({
    do: z.literal('note'),
    party,
    flaw: Id,
    what: z.enum(['public', 'exploit', 'attacks']),
    at: When,
    evidence: z.string().max(500),
  }),
  z.object({ do: z.literal('confirm'), flaw: Id, what: z.enum(['public', 'exploit', 'attacks']), confirm: z.boolean() }),
  z.object({
    do: z.literal('end-embargo'),
    why: z.enum(['adversary-knows', 'fixes-ready', 'all-agreed']),
    reason: z.string().max(500).default(''),
  }),
  z.object({
    do: z.literal('report'),
    party,
    to: z.enum(['received', 'invalid', 'valid', 'deferred', 'accepted', 'closed']),
    text: Text.default(''),
  }),
  z.object({
    do: z.literal('step'),
    party,
    flaw: Id,
    step: z.enum(['fix-ready', 'deployed']),
    share: z.number().min(0).max(1).nullable().default(null),
  }),
  z.object({
    do: z.literal('state'),
    party,
    flaw: Id,
    status: z.enum(STATUSES),
    justification: z.enum(JUSTIFICATIONS).nullable().default(null),
    text: Text.default(''),
  }),
  z.object({ do: z.literal('approve-status'), party, flaw: Id, number: z.number().int() }),
  z.object({ do: z.literal('judge-severity'), party, flaw: Id, vector: z.string().max(300) }),
  z.object({ do: z.literal('agree-to-publish'), party, agree: z.boolean().default(true) }),
  z.object({ do: z.literal('legal-duty'), party, duty: z.string().max(100), startedAt: When }),
  z.object({ do: z.literal('add-flaw'), flaw: Id }),
  z.object({ do: z.literal('merge'), from: Id.describe('The other case, which ends in this one') }),
  z.object({ do: z.literal('split'), flaws: z.array(Id).min(1).max(100), why: z.string().max(500) }),
  z.object({ do: z.literal('close'), why: z.string().max(500) }),
])
export type CaseAct = z.infer<typeof CaseAct>
export const ActCase = z.object({ version: z.number().int(), act: CaseAct })
export type ActCase = z.infer<typeof ActCase>

export const TimelineLine = z.object({
  version: z.number().int().describe('Of the case; 0: of a letter, which changes no case'),
  at: When,
  who: z.string(),
  says: z.string(),
  kind: z.enum(['embargo', 'party', 'flaw', 'letter', 'message', 'clock']),
})
export type TimelineLine = z.infer<typeof TimelineLine>
export const Timeline = z.object({ rows: z.array(TimelineLine), next: z.string().nullable() })
export type Timeline = z.infer<typeof Timeline>

export const CasePaperOut = z.object({
  id: z.string(),
  kind: z.enum(['message', 'file', 'patch', 'reproducer', 'reply', 'machine']),
  title: z.string(),
  text: z.string().nullable().describe('Messages and replies; a file is fetched by itself'),
  by: z.string().nullable(),
  at: When,
  bytes: z.number().int(),
  digest: z.string(),
  readers: z.enum(['all', 'some']),
})
export type CasePaperOut = z.infer<typeof CasePaperOut>
export const CasePaperList = z.object({ rows: z.array(CasePaperOut) })
export type CasePaperList = z.infer<typeof CasePaperList>
export const WriteCaseMessage = z.object({
  text: z.string().trim().min(1).max(20_000),
  to: z.array(Id).max(200).default([]).describe('None: all that read the case'),
})
export type WriteCaseMessage = z.infer<typeof WriteCaseMessage>

export const LETTER_STATES = ['draft', 'queued', 'sending', 'sent', 'unsure', 'bounced', 'refused', 'dropped'] as const
export const LetterOut = z.object({
  id: z.string(),
  version: z.number().int(),
  template: z.string(),
  state: z.enum(LETTER_STATES),
  to: z.string().describe('The party, or the project, in words; the address is shown to the coordinator'),
  address: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  sealed: z.enum(['pgp', 'age', 'none']),
  missing: z
    .array(z.object({ code: z.string(), says: z.string() }))
    .describe('What the maintainer’s terms ask for and is not there'),
  mayGoAt: When.nullable().describe('Null: never as it stands'),
  waits: z.string().nullable().describe('Why it waits, in words'),
  says: z.string().describe('What came of it, in words'),
  madeAt: When,
  sentAt: When.nullable(),
})
export type LetterOut = z.infer<typeof LetterOut>
export const LetterList = z.object({ rows: z.array(LetterOut) })
export type LetterList = z.infer<typeof LetterList>
export const DraftLetter = z.object({
  template: z.string().max(60),
  party: Id,
  text: z.string().max(40_000).nullable().default(null),
})
export type DraftLetter = z.infer<typeof DraftLetter>
export const ActLetter = z.discriminatedUnion('do', [
  z.object({ do: z.literal('write'), version: z.number().int(), text: z.string().min(1).max(40_000) }),
  z.object({
    do: z.literal('send'),
    version: z.number().int(),
    scopeRead: z.boolean().optional().describe('I have read what the project leaves out in words, and this is in scope'),
  }),
  z.object({ do: z.literal('drop'), version: z.number().int() }),
  z.object({
    do: z.literal('settle'),
    version: z.number().int(),
    sent: z.boolean().describe('Of an unsure one: a person looked'),
  }),
])
export type ActLetter = z.infer<typeof ActLetter>

/** All ends of embargoes and answers that are awaited, for the calendar. */
export const CalendarOut = z.object({
  now: When,
  rows: z.array(
    z.object({
      case: z.string(),
      title: z.string().nullable(),
      at: When,
      what: z.enum(['embargo-ends', 'answer-awaited', 'proposal-answer', 'ladder', 'legal-duty', 'release']),
      says: z.string(),
    }),
  ),
})
export type CalendarOut = z.infer<typeof CalendarOut>

/** From found to deployed, in flaws; small cells withheld. */
export const FunnelOut = z.object({
  asOf: When,
  missed: z
    .array(
      z.object({
        whose: z.enum(['ours', 'others']),
        what: z.string(),
        of: z.number().int().nullable(),
        missed: z.number().int().nullable(),
        longestHours: z.number().nullable(),
      }),
    )
    .describe('Dates that were not kept; our own first'),
  steps: z.array(
    z.object({
      step: z.enum(['found', 'confirmed', 'in-a-case', 'sent', 'accepted', 'fixed', 'public', 'deployed']),
      flaws: z.number().int().nullable(),
      medianHours: z.number().nullable().describe('From the step before'),
      held: z.array(z.object({ why: z.string(), flaws: z.number().int().nullable() })),
    }),
  ),
})
export type FunnelOut = z.infer<typeof FunnelOut>
