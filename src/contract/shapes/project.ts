import { z } from '@hono/zod-openapi'
import { LetterOut } from './case.ts'
import { PriorityOut, SeverityOut } from './flaw.ts'

// Projects, what their maintainers asked for, and the maintainer's inbox. Every instant is UTC.

const When = z.string().describe('RFC 3339, UTC')
const Id = z.string().max(40)

export const BudgetOut = z.object({
  openAtOnce: z.number().int(),
  perWeek: z.number().int(),
  open: z.number().int().nullable().describe('Null: not the asker’s to know'),
  sentThisWeek: z.number().int().nullable(),
  nextAt: When.nullable(),
  pausedUntil: When.nullable(),
  quiet: z.string().nullable().describe('Hours in which nothing is sent, with their zone'),
  says: z.string(),
})
export type BudgetOut = z.infer<typeof BudgetOut>

export const ProofOut = z.object({
  id: z.string(),
  kind: z.enum(['repository-file', 'security-txt', 'dns', 'registry', 'vouched']),
  state: z.enum(['asked', 'proved', 'expired']),
  /** What to put where; shown to who asked. */
  put: z.object({ where: z.string(), value: z.string() }).nullable(),
  vouchedBy: z.number().int(),
  expiresAt: When,
})
export type ProofOut = z.infer<typeof ProofOut>

export const ProjectOut = z.object({
  id: z.string(),
  version: z.number().int(),
  name: z.string(),
  purl: z.string().nullable(),
  repository: z.string().nullable(),
  /** The project's terms in their published form (`/schemas/project-terms/1`). */
  terms: z.record(z.string(), z.unknown()),
  source: z.string(),
  budget: BudgetOut,
  steward: z.enum(['unassigned', 'assessing', 'active', 'escalated']),
  proved: z.boolean().describe('Its contact proved to be the maintainer'),
  proofs: z.array(ProofOut),
  change: z.object({ says: z.string(), takesEffectAt: When }).nullable().describe('A change of contact or route that waits'),
  move: z
    .object({ says: z.string(), takesEffectAt: When })
    .nullable()
    .describe('Another organisation that proved itself and waits to maintain it'),
  yours: z.boolean(),
  may: z.array(z.string()),
})
export type ProjectOut = z.infer<typeof ProjectOut>
export const ProjectRow = ProjectOut.pick({
  id: true,
  name: true,
  purl: true,
  repository: true,
  steward: true,
  proved: true,
}).extend({
  waiting: z.number().int().nullable(),
  pausedUntil: When.nullable(),
})
export type ProjectRow = z.infer<typeof ProjectRow>
export const ProjectList = z.object({ rows: z.array(ProjectRow), next: z.string().nullable() })
export type ProjectList = z.infer<typeof ProjectList>

export const AddProject = z.object({
  name: z.string().trim().min(1).max(200),
  purl: z.string().max(500).nullable().default(null),
  repository: z.string().max(500).nullable().default(null),
  terms: z.record(z.string(), z.unknown()),
  /** Domains of the project's own, at which its maintainer can show a token; not those of a mail provider or a forge. */
  domains: z.array(z.string().max(253)).max(20).optional(),
  source: z.string().trim().min(1).max(500),
})
export type AddProject = z.infer<typeof AddProject>
/** Reads a file that a project publishes as a draft of its terms, for a person to confirm; nothing is stored. */
export const ReadTerms = z.object({
  kind: z.enum(['security-txt', 'security-insights', 'security-md', 'terms']),
  text: z.string().max(200_000),
})
export type ReadTerms = z.infer<typeof ReadTerms>
export const TermsDraft = z.object({
  terms: z.record(z.string(), z.unknown()),
  from: z.array(z.object({ field: z.string(), line: z.number().int().nullable(), says: z.string() })),
  wrong: z.array(z.object({ where: z.string(), says: z.string() })),
})
export type TermsDraft = z.infer<typeof TermsDraft>
export const ProjectAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('set-terms'), terms: z.record(z.string(), z.unknown()), source: z.string().trim().min(1).max(500) }),
  z.object({
    do: z.literal('set-budget'),
    openAtOnce: z.number().int().min(0).max(1000),
    perWeek: z.number().int().min(0).max(1000),
  }),
  z.object({ do: z.literal('pause'), until: When.nullable().describe('Null: goes on') }),
  z.object({
    do: z.literal('ask-proof'),
    kind: z.enum(['repository-file', 'security-txt', 'dns', 'registry', 'vouched']),
    organisation: Id.nullable().optional().describe('The maintainer’s, where a coordinator asks; null: of the contact itself'),
  }),
  z.object({ do: z.literal('check-proof'), proof: Id, seen: z.string().max(2000).nullable().default(null) }),
  z.object({ do: z.literal('vouch'), proof: Id }),
  z.object({ do: z.literal('stop-change') }),
  z.object({
    do: z.literal('put-key'),
    armoured: z.string().max(100_000).describe('The PGP key itself, of which the terms name the fingerprint'),
    fingerprint: z.string().max(100),
  }),
  z.object({
    do: z.literal('steward'),
    to: z.enum(['unassigned', 'assessing', 'active', 'escalated', 'ended']),
    why: z.string().max(500),
    lead: Id.nullable().optional().describe('Who is asked to look, on the way to assessing'),
    lastSignAt: When.nullable().optional(),
    firstLetterAt: When.nullable().optional().describe('Since when nobody answers; null: the maintainer said so, in `why`'),
    end: z.enum(['maintainer-back', 'maintainer-declined', 'not-needed', 'out-of-use']).nullable().optional(),
  }),
])
export type ProjectAct = z.infer<typeof ProjectAct>
export const ActProject = z.object({ version: z.number().int(), act: ProjectAct })
export type ActProject = z.infer<typeof ActProject>

/** One thing for a maintainer to look at. */
export const InboxItem = z.object({
  case: z.string(),
  version: z.number().int(),
  party: z.string(),
  title: z.string(),
  summary: z.string(),
  priority: PriorityOut.nullable(),
  proof: z.string(),
  reproducers: z.array(z.object({ id: z.string(), name: z.string(), bytes: z.number().int() })),
  patches: z.array(z.object({ id: z.string(), name: z.string(), says: z.string() })),
  foundBy: z.string(),
  publicOn: When.nullable(),
  publicSays: z.string(),
  severities: z.array(SeverityOut),
  report: z.string(),
  sentAt: When,
  answeredAt: When.nullable(),
  waitsFor: z.string().nullable(),
  may: z.array(z.string()),
})
export type InboxItem = z.infer<typeof InboxItem>
export const InboxOut = z.object({
  now: When,
  project: ProjectOut,
  items: z.array(InboxItem),
  waiting: z.array(
    z.object({
      position: z.number().int(),
      title: z.string().nullable().describe('Null: what was not sent is not told'),
      priority: PriorityOut.nullable(),
      waitsSince: When,
      expectedAt: When.nullable(),
    }),
  ),
  more: z.number().int(),
})
export type InboxOut = z.infer<typeof InboxOut>
export const InboxList = z.object({ rows: z.array(InboxOut) })
export type InboxList = z.infer<typeof InboxList>

/** What the bearer of a one-time link sees before they act. */
export const LinkOut = z.object({
  act: z.enum(['accept', 'dispute', 'ask', 'pause', 'unsubscribe']),
  says: z.string(),
  expiresAt: When,
  used: z.boolean(),
})
export type LinkOut = z.infer<typeof LinkOut>
export const UseLink = z.object({
  text: z.string().max(10_000).default(''),
  days: z.number().int().min(1).max(365).default(14),
})
export type UseLink = z.infer<typeof UseLink>

export const NoticeOut = z.object({
  id: z.string(),
  at: When,
  says: z.string(),
  case: z.string().nullable(),
  read: z.boolean(),
})
export type NoticeOut = z.infer<typeof NoticeOut>
export const NoticeList = z.object({ rows: z.array(NoticeOut), unread: z.number().int() })
export type NoticeList = z.infer<typeof NoticeList>

export const WebhookOut = z.object({
  id: z.string(),
  url: z.string(),
  state: z.enum(['active', 'off', 'failed']),
  says: z.string(),
  waiting: z.number().int(),
  madeAt: When,
  secret: z.string().nullable().optional().describe('In the answer to making or rotating it, and never again'),
})
export type WebhookOut = z.infer<typeof WebhookOut>
export const WebhookList = z.object({ rows: z.array(WebhookOut) })
export type WebhookList = z.infer<typeof WebhookList>
export const AddWebhook = z.object({ url: z.string().max(2000) })
export type AddWebhook = z.infer<typeof AddWebhook>
export const ActWebhook = z.object({ do: z.enum(['rotate', 'turn-off', 'turn-on', 'test']) })
export type ActWebhook = z.infer<typeof ActWebhook>
export const LettersWaiting = z.object({ rows: z.array(LetterOut) })
export type LettersWaiting = z.infer<typeof LettersWaiting>
