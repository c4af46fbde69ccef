import { z } from '@hono/zod-openapi'
import { FORMATS } from '../../core/advisories/completeness.ts'

// An advisory: what everyone reads of a published one, and what those who read its case see of a draft.

const When = z.string().describe('RFC 3339, UTC')
const Words = z.string().max(1000)

export const ADVISORY_STATE_WORDS = ['draft', 'ready', 'published', 'corrected', 'withdrawn'] as const

/** What core calls `AdvisoryContent`; checked field by field there. Instants inside are epoch milliseconds, UTC. */
const Content = z
  .record(z.string(), z.unknown())
  .describe('title, summary, language, distribution, publisher, references, flaws')

export const AdvisoryRow = z.object({
  id: z.string(),
  title: z.string(),
  state: z.enum(ADVISORY_STATE_WORDS),
  revision: z.number().int().describe('0: not out yet'),
  aliases: z.array(z.string()),
  releaseAt: When.nullable().describe('Planned; shown to those who read the case'),
  publishedAt: When.nullable(),
  updatedAt: When,
  case: z.string().nullable().describe('Null for readers who are not of the case'),
})
export type AdvisoryRow = z.infer<typeof AdvisoryRow>
export const AdvisoryList = z.object({
  rows: z.array(AdvisoryRow),
  next: z.string().nullable(),
  drafts: z.array(AdvisoryRow).describe('Not out yet, of cases whose content the asker reads'),
})
export type AdvisoryList = z.infer<typeof AdvisoryList>

const Lack = z.object({ at: z.string(), what: z.string(), says: z.string() })
const Lacks = z.object({ csaf: z.array(Lack), osv: z.array(Lack), cve: z.array(Lack), atom: z.array(Lack) })

export const AdvisoryView = z.object({
  row: AdvisoryRow,
  version: z.number().int(),
  content: Content,
  history: z.array(z.object({ number: z.number().int(), at: When, what: z.string() })),
  withdrawn: z.object({ at: When, reason: z.string(), rejectsCves: z.boolean() }).nullable(),
  missing: Lacks,
  without: z.array(z.enum(FORMATS)).describe('Formats that were named as left out of the release that is planned'),
  publish: z.object({ may: z.boolean(), says: z.string() }).nullable().describe('Of one that is not out yet'),
  files: z.array(z.string()).describe('Addresses below the public tree; none before it is out'),
  may: z.array(z.enum(['edit', 'ready', 'publish', 'hold', 'correct', 'withdraw'])),
})
export type AdvisoryView = z.infer<typeof AdvisoryView>

export const DraftAdvisory = z.object({
  title: z.string().max(300).nullable().default(null).describe('Null: made from the flaws'),
  summary: z.string().max(20_000).default(''),
  language: z.string().max(10).default('en'),
})
export type DraftAdvisory = z.infer<typeof DraftAdvisory>
export const EditAdvisory = z.object({ version: z.number().int(), content: Content })
export type EditAdvisory = z.infer<typeof EditAdvisory>

export const AdvisoryAct = z.discriminatedUnion('do', [
  z.object({ do: z.literal('ready') }),
  z.object({
    do: z.literal('publish'),
    at: When.nullable().default(null).describe('Null: now'),
    without: z.array(z.enum(FORMATS)).max(4).default([]).describe('Formats that are not complete and are left out'),
  }),
  z.object({ do: z.literal('hold') }),
  z.object({ do: z.literal('correct'), content: Content, what: Words }),
  z.object({ do: z.literal('withdraw'), reason: Words, rejectsCves: z.boolean().default(false) }),
])
export type AdvisoryAct = z.infer<typeof AdvisoryAct>
export const ActAdvisory = z.object({ version: z.number().int(), act: AdvisoryAct })
export type ActAdvisory = z.infer<typeof ActAdvisory>

export const AdvisoryPreview = z.object({
  format: z.enum(FORMATS),
  files: z.array(z.object({ path: z.string(), text: z.string() })).describe('Exactly what would go out now'),
  missing: z.array(Lack),
  faults: z.array(z.string()).describe('What the official check of CSAF finds wrong'),
})
export type AdvisoryPreview = z.infer<typeof AdvisoryPreview>
