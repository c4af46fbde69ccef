import { z } from '@hono/zod-openapi'

const When = z.string().describe('RFC 3339, UTC')

/** A duty of the order, of a directive, or an organisation's own: who must do what by when, and what is known of it. */
export const DutyOut = z.object({
  id: z.string(),
  instrument: z.string().describe('For example `EO 14409 §2(c)`'),
  who: z.string(),
  what: z.string(),
  due: z.object({
    on: z.string().nullable().describe('A day'),
    counted: z.string().describe('How it is counted, or why there is none'),
  }),
  source: z.object({ text: z.string(), mark: z.enum(['confirmed', 'secondary', 'unknown', 'disputed']), read: z.string() }),
  standing: z.enum(['open', 'reported', 'disputed', 'done', 'late', 'unknown']),
  evidence: z.array(z.object({ at: When, says: z.string(), link: z.string().nullable(), by: z.string().nullable() })),
  unknown: z.array(z.string()).describe('What nobody has said'),
  own: z.boolean(),
})
export type DutyOut = z.infer<typeof DutyOut>
export const DutyList = z.object({ rows: z.array(DutyOut), asOf: When })
export type DutyList = z.infer<typeof DutyList>
