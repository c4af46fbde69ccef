import { z } from '@hono/zod-openapi'

const When = z.string().describe('RFC 3339, UTC')
const Day = z.string().describe('A date, `2026-07-02`')
const Mark = z
  .enum(['C', 'S', 'X', 'U'])
  .describe('C: the text itself or two independent sources; S: a single source; X: sources disagree; U: looked for, not found')
const Evidence = z.object({
  title: z.string(),
  address: z.string().nullable().describe('https; shown and never fetched'),
  mark: Mark,
})

/** A duty of the order, of a directive, or an organisation's own: who must do what by when, and what has been said of it. */
export const DutyOut = z.object({
  id: z.string().describe('For example `eo-14409/2(d)`; an organisation’s own begins with `own/`'),
  key: z.string().nullable().describe('The id to change it by; null: a public one, which goes by `id`'),
  version: z.int().describe('Of what has been said of it; sent along with each act'),
  instrument: z.object({ id: z.string(), name: z.string(), source: z.string(), from: Day }),
  section: z.string(),
  who: z.string(),
  with: z.array(z.string()),
  what: z.string(),
  due: z.object({
    at: When.nullable().describe('The end of the last day; null: standing'),
    on: Day.nullable(),
    counted: z.string().describe('How the date comes about, or why there is none'),
  }),
  mark: Mark.describe('How sure the entry itself is'),
  caveat: z.string().nullable(),
  known: z.array(z.object({ on: Day, what: z.string(), mark: Mark })).describe('What is publicly known of it'),
  unknown: z.array(z.string()).describe('What nobody outside could find out'),
  status: z.enum(['not-reported', 'reported-done', 'disputed']),
  overdue: z.boolean().describe('Follows from the date, what was said, and now: the date has passed and no report stands'),
  daysLate: z.int(),
  report: z.object({ doneOn: Day, at: When, evidence: z.array(Evidence) }).nullable(),
  dispute: z.object({ reason: z.string(), at: When, evidence: z.array(Evidence) }).nullable(),
  answered: z.array(z.object({ stands: z.boolean(), reason: z.string(), at: When })),
  notes: z.array(z.object({ text: z.string(), mark: Mark, at: When })),
})
export type DutyOut = z.infer<typeof DutyOut>

const Counts = z.object({ duties: z.int(), overdue: z.int(), reported: z.int(), disputed: z.int(), standing: z.int() })

export const DutyList = z.object({
  asOf: When,
  calendar: z.string().describe('How days are counted'),
  counts: Counts,
  rows: z.array(DutyOut).describe('What is overdue first, then by date'),
})
export type DutyList = z.infer<typeof DutyList>

const EvidenceIn = z.object({
  title: z.string().min(1).max(300),
  address: z.string().max(2_000).nullable().default(null),
  mark: z.enum(['C', 'S', 'X', 'U']).default('S'),
})
const Reason = z.string().min(1).max(2_000)

/** What is said of a duty. */
export const DutyAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('report-done'), doneOn: Day, evidence: z.array(EvidenceIn).min(1).max(20) }),
  z.object({ do: z.literal('take-back'), reason: Reason }),
  z.object({ do: z.literal('dispute'), reason: Reason, evidence: z.array(EvidenceIn).max(20).default([]) }),
  z.object({ do: z.literal('answer-dispute'), stands: z.boolean(), reason: Reason }),
  z.object({ do: z.literal('note'), text: z.string().min(1).max(2_000), mark: z.enum(['C', 'S', 'X', 'U']) }),
])
export type DutyAct = z.infer<typeof DutyAct>

export const ActDuty = z.object({ duty: z.string().max(120), version: z.int(), act: DutyAct })
export type ActDuty = z.infer<typeof ActDuty>

/** What was said of a public duty, the newest first, as the ledger holds it. */
export const DutyHistory = z.object({
  duty: z.string(),
  rows: z.array(
    z.object({
      version: z.int(),
      at: When,
      type: z.string(),
      says: z.string().nullable(),
      doneOn: Day.nullable(),
      evidence: z.array(Evidence),
    }),
  ),
})
export type DutyHistory = z.infer<typeof DutyHistory>

/** An organisation's own duty as it writes it; read strictly by core/duties, which names what does not fit. */
export const AddOwnDuty = z.object({ duty: z.unknown() })
export const EditOwnDuty = z.object({ version: z.int(), duty: z.unknown() })
export const ActOwnDuty = z.object({ version: z.int(), act: DutyAct })
export const OwnDutyGone = z.object({ id: z.string() })
