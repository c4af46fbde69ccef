import { z } from '@hono/zod-openapi'

export const OUTCOMES = ['accepted', 'repeated', 'merged', 'needs-info', 'refused'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What became of one item. `same` names the earlier receipt of the sender's own organisation. */
export const ItemAnswer = z.object({
  n: z.number().int().describe('Position of the item in what was sent, from 0'),
  at: z.string().describe('JSON pointer or line of the item'),
  outcome: z.enum(OUTCOMES),
  receipt: z.string().nullable().describe('Keep it: it shows the status and proves when the item came. Null when refused'),
  finding: z.string().nullable().describe('Id of the finding; null when refused or sent without an account'),
  same: z.string().nullable().describe('repeated, merged: the receipt of the earlier item'),
  needs: z.array(z.object({ code: z.string(), say: z.string() })).describe('needs-info: what is missing'),
  refusal: z.object({ code: z.string(), say: z.string(), where: z.string(), mend: z.string() }).nullable(),
})
export type ItemAnswer = z.infer<typeof ItemAnswer>

export const Counts = z.object({
  accepted: z.number().int(),
  repeated: z.number().int(),
  merged: z.number().int(),
  needsInfo: z.number().int(),
  refused: z.number().int(),
})
export type Counts = z.infer<typeof Counts>

export const ReportAnswer = z.object({
  report: z.string(),
  format: z.string(),
  receivedAt: z.string(),
  complete: z
    .boolean()
    .describe('False while the upload goes on or after it was cut: send it again with the same key to go on'),
  counts: Counts,
  flaws: z.number().int().describe('Distinct flaws among these items as far as the caller may see'),
  items: z.array(ItemAnswer).describe('The first 20,000; ask for application/x-ndjson to get every one as it is stored'),
})
export type ReportAnswer = z.infer<typeof ReportAnswer>

export const ReportRow = z.object({
  id: z.string(),
  format: z.string(),
  name: z.string().nullable(),
  finder: z.string().nullable(),
  receivedAt: z.string(),
  complete: z.boolean(),
  counts: Counts,
  clustered: z.number().int().describe('Items that have been grouped so far'),
})
export type ReportRow = z.infer<typeof ReportRow>

export const FINDING_STATES = ['received', 'needs-info', 'being-looked-at', 'known-already', 'closed'] as const

export const ReceiptStatus = z.object({
  receipt: z.string(),
  receivedAt: z.string(),
  outcome: z.enum(OUTCOMES),
  state: z.enum(FINDING_STATES),
  say: z.string().describe('The state in one sentence'),
  needs: z.array(z.object({ code: z.string(), say: z.string() })),
  ledger: z.object({
    state: z.enum(['pending', 'recorded']),
    due: z.string().nullable().describe('pending: when the interval ends and the record is public'),
    leaf: z.number().int().nullable(),
    interval: z.object({ from: z.string(), to: z.string() }).nullable(),
  }),
})
export type ReceiptStatus = z.infer<typeof ReceiptStatus>

/** A line of a finder's own list. */
export const FindingRow = z.object({
  id: z.string(),
  receipt: z.string(),
  report: z.string(),
  title: z.string(),
  target: z.string().nullable(),
  state: z.enum(FINDING_STATES),
  say: z.string(),
  receivedAt: z.string(),
  group: z.string().describe('Own items with the same group are one flaw to their sender'),
  waits: z
    .object({ position: z.number().int(), expectedAt: z.string().nullable() })
    .nullable()
    .optional()
    .describe('Its place in the maintainer’s line; told to who takes part in its case, and left out otherwise'),
})
export type FindingRow = z.infer<typeof FindingRow>
