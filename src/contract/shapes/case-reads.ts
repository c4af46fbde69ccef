import { z } from '@hono/zod-openapi'

export const CaseReadOut = z.object({
  number: z.number().int().describe('Counts from 1 among those that you see'),
  at: z.string(),
  who: z.string().describe('The person'),
  party: z.string().nullable().describe('The participant for whom they read'),
  what: z.enum(['page', 'papers', 'paper', 'patch', 'reproducer', 'advisory']),
  thing: z.string().nullable().describe('Id of the paper, evidence or advisory'),
  title: z.string().nullable().describe('Of a paper that you read'),
})
export type CaseReadOut = z.infer<typeof CaseReadOut>

/** What was read of a case, by whom and when; the newest first. */
export const CaseReads = z.object({ rows: z.array(CaseReadOut), next: z.string().nullable() })
export type CaseReads = z.infer<typeof CaseReads>
