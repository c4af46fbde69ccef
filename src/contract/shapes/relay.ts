import { z } from '@hono/zod-openapi'
import { RELAY_ROUTES } from '../../core/cases/relay/relay-draft.ts'

// Reports passed on to other coordinators or to maintainers' own forms, and CVE ids, of one flaw of a case.

const When = z.string().describe('RFC 3339, UTC')
const Id = z.string().max(40)

export const RELAY_STATES = ['draft', 'begun', 'sent', 'not-sent', 'unsure', 'dropped'] as const

export const RelayOut = z.object({
  id: z.string(),
  flaw: z.string(),
  route: z.enum(RELAY_ROUTES),
  to: z.string().describe('The host, and the project on it'),
  state: z.enum(RELAY_STATES),
  says: z.string().describe('What came of it, in words'),
  digest: z.string().describe('SHA-256 of what would be sent; sending names it'),
  sends: z.string().describe('What is sent, as text'),
  files: z.array(z.object({ name: z.string(), kind: z.string(), bytes: z.number().int() })),
  leftOut: z.array(z.object({ what: z.string(), says: z.string() })),
  removed: z.number().int().describe('Pieces of personal data that were taken out'),
  lacks: z.array(z.string()),
  handle: z.string().nullable().describe('The identifier that the other side gave'),
  retryAt: When.nullable(),
  madeAt: When,
})
export type RelayOut = z.infer<typeof RelayOut>

export const CveOut = z.object({
  flaw: z.string(),
  cve: z.string().nullable(),
  state: z.enum(['none', 'asking', 'unsure', 'reserved', 'published', 'rejected']),
  at: When.nullable(),
})
export type CveOut = z.infer<typeof CveOut>

export const RelayList = z.object({
  rows: z.array(RelayOut),
  cves: z.array(CveOut),
  open: z.array(z.enum([...RELAY_ROUTES, 'cve'])).describe('Routes that have a credential here'),
  production: z.boolean().describe('Whether CVE ids are real ones'),
})
export type RelayList = z.infer<typeof RelayList>

export const DraftRelay = z.object({
  flaw: Id,
  route: z.enum(RELAY_ROUTES),
  discovery: z
    .enum(['manual', 'ai-assisted', 'ai-discovered', 'automated-scan'])
    .nullable()
    .default(null)
    .describe('How it was found; null: as the finder stated it'),
  repository: z.string().max(300).nullable().default(null).describe('Which one, where the flaw names several on GitHub'),
  trigger: z.string().max(20_000).nullable().default(null).describe('How it is made to show; VINCE asks for it'),
  impact: z.string().max(20_000).nullable().default(null).describe('VINCE asks for it'),
  privateFork: z.boolean().default(false),
  shareContact: z.boolean().default(false),
  nameCredits: z.boolean().default(false),
  industrialControl: z.boolean().default(false),
  machineLearning: z.boolean().default(false),
  coordinateWithCisa: z.boolean().default(false),
  planToDisclose: z.boolean().default(true),
  vendorContact: z.string().max(20_000).nullable().default(null).describe('What was said to the vendor so far'),
})
export type DraftRelay = z.infer<typeof DraftRelay>

export const ActRelay = z.discriminatedUnion('do', [
  z.object({ do: z.literal('send'), digest: z.string().max(64) }),
  z.object({ do: z.literal('settle'), handle: z.string().max(256).nullable().describe('Null: it never arrived') }),
  z.object({ do: z.literal('drop'), reason: z.string().max(500).default('') }),
])
export type ActRelay = z.infer<typeof ActRelay>

export const ActCve = z.discriminatedUnion('do', [
  z.object({ do: z.literal('reserve') }),
  z.object({ do: z.literal('look') }).describe('Look for an id whose answer was lost'),
  z.object({ do: z.literal('settle'), cve: z.string().max(30).nullable().describe('Null: none was reserved') }),
  z.object({ do: z.literal('publish') }).describe('The record of the published advisory'),
  z.object({ do: z.literal('reject'), reason: z.string().max(1000) }),
])
export type ActCve = z.infer<typeof ActCve>
