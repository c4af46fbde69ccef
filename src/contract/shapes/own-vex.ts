import { z } from '@hono/zod-openapi'

const When = z.string().describe('RFC 3339, UTC')

/** A VEX document that an organisation brought for itself. */
export const OwnVexOut = z.object({
  id: z.string(),
  document: z
    .string()
    .describe('The id that it gives itself, else the name of its file; a new one of the same id takes its place'),
  name: z.string().nullable().describe('The name of its file'),
  author: z.string(),
  format: z.enum(['openvex', 'cyclonedx', 'csaf', 'inventory']),
  statements: z.object({
    notAffected: z.number(),
    affected: z.number(),
    fixed: z.number(),
    underInvestigation: z.number(),
  }),
  aside: z.number().describe('Statements that name no product: nobody can tell what they are about'),
  newest: When.nullable().describe('When the newest of its statements was made'),
  receivedAt: When,
})
export type OwnVexOut = z.infer<typeof OwnVexOut>

export const OwnVexList = z.object({
  rows: z.array(OwnVexOut).describe('The newest first'),
  authors: z
    .array(z.object({ author: z.string(), statements: z.number(), believed: z.boolean() }))
    .describe('Who makes statements among the records of this server, those with the most first; at most 200'),
})
export type OwnVexList = z.infer<typeof OwnVexList>

export const OwnVexGone = z.object({ id: z.string() })
export type OwnVexGone = z.infer<typeof OwnVexGone>
