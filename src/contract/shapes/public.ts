import { z } from '@hono/zod-openapi'

export const LedgerHead = z.object({
  origin: z.string(),
  size: z.number().int(),
  root: z.string().describe('base64'),
  signedAt: z.string().nullable(),
  key: z.string().describe('Verifier key: name+hash+base64'),
  stopped: z.string().nullable().describe('Why the log does not sign, when it does not'),
  intervalSeconds: z.number().int(),
})
export type LedgerHead = z.infer<typeof LedgerHead>

/** What anyone may see. Counts are taken once an hour, so that they do not answer whether a report just sent was new. */
export const Tally = z.object({
  name: z.string(),
  asOf: z.string(),
  nextAt: z.string(),
  steps: z.array(z.object({ step: z.string(), count: z.number().int().nullable(), say: z.string() })),
  ledger: LedgerHead,
  rules: z.array(z.object({ id: z.string(), title: z.string(), source: z.string() })).describe('Decision tables in force'),
  stewards: z
    .object({
      byState: z.record(z.string(), z.number().int().nullable()),
      byDue: z.record(z.string(), z.number().int().nullable()),
      byEnd: z.record(z.string(), z.number().int().nullable()),
      say: z.string(),
    })
    .optional()
    .describe('Packages that nobody maintains and somebody cares for, small counts withheld'),
})
export type Tally = z.infer<typeof Tally>

/** Server-sent event `intake`. */
export const IntakeProgress = z.object({
  report: z.string(),
  name: z.string().nullable(),
  finder: z.string(),
  read: z.number().int(),
  grouped: z.number().int(),
  total: z.number().int().nullable(),
  stage: z.enum(['reading', 'grouping', 'done', 'cut']),
  perSecond: z.number(),
  at: z.string(),
})
export type IntakeProgress = z.infer<typeof IntakeProgress>
