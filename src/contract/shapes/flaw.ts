import { z } from '@hono/zod-openapi'

export const NEEDS_OF_FLAW = ['decide', 'target', 'triage', 'nothing'] as const
export type FlawNeed = (typeof NEEDS_OF_FLAW)[number]

export const PriorityOut = z.object({
  outcome: z.enum(['immediate', 'out-of-cycle', 'scheduled', 'defer']),
  table: z.string().describe('Id and version of the decision table'),
  assumed: z.array(z.string()).describe('Inputs nobody judged yet'),
})
export type PriorityOut = z.infer<typeof PriorityOut>

export const SeverityOut = z.object({
  kind: z.string(),
  value: z.string(),
  score: z.number().nullable(),
  word: z.string().nullable(),
  by: z.string(),
  voice: z.enum(['finder', 'clearinghouse', 'vendor']),
})
export type SeverityOut = z.infer<typeof SeverityOut>

/** A line of the coordinator's queue. */
export const FlawRow = z.object({
  id: z.string(),
  version: z.number().int(),
  title: z.string(),
  target: z.string().nullable(),
  need: z.enum(NEEDS_OF_FLAW),
  needSays: z.string(),
  priority: PriorityOut.nullable(),
  severity: SeverityOut.nullable().describe('The highest stated by a finder; an opinion'),
  weakness: z.string().nullable(),
  findings: z.number().int(),
  finders: z.number().int(),
  proof: z.enum(['not-run', 'confirmed', 'not-reproduced']),
  firstAt: z.string(),
  lastAt: z.string(),
  state: z.enum(['open', 'merged', 'closed']),
})
export type FlawRow = z.infer<typeof FlawRow>

export const FlawPageOfRows = z.object({
  rows: z.array(FlawRow),
  next: z.string().nullable(),
  tabs: z.object({ needsMe: z.number().int(), waiting: z.number().int(), everything: z.number().int() }),
})
export type FlawPageOfRows = z.infer<typeof FlawPageOfRows>

export const FrameOut = z.object({ symbol: z.string().nullable(), path: z.string().nullable(), line: z.number().nullable() })

/** One finding as a column of the flaw's page. */
export const FindingColumn = z.object({
  id: z.string(),
  letter: z.string(),
  finder: z.object({ id: z.string().nullable(), name: z.string() }),
  receipt: z.string(),
  receivedAt: z.string(),
  foundBy: z.string().describe('Tool and model, and whether a person read it, in words'),
  title: z.string(),
  text: z.string(),
  target: z.string().nullable(),
  version: z.string().nullable(),
  weaknesses: z.array(z.string()),
  rule: z.string().nullable(),
  crash: z.string().nullable(),
  frames: z.array(FrameOut),
  path: z.string().nullable(),
  line: z.number().nullable(),
  symbol: z.string().nullable(),
  severities: z.array(SeverityOut),
  aliases: z.array(z.string()),
  references: z.array(z.string()),
  evidence: z.array(
    z.object({
      kind: z.string(),
      name: z.string(),
      mediaType: z.string(),
      bytes: z.number().int(),
      text: z.string().nullable(),
    }),
  ),
  joined: z.object({ at: z.string(), say: z.string(), algorithm: z.string(), score: z.number() }),
  released: z.boolean().describe('Its finder may be told that the flaw is known already'),
})
export type FindingColumn = z.infer<typeof FindingColumn>

export const SuggestionOut = z.object({
  id: z.string(),
  other: FlawRow,
  score: z.number(),
  algorithm: z.string(),
  reasons: z.array(z.object({ say: z.string(), weight: z.number() })),
  state: z.enum(['open', 'merged', 'kept-apart']),
  raisedAt: z.string(),
})
export type SuggestionOut = z.infer<typeof SuggestionOut>

export const HistoryLine = z.object({
  version: z.number().int(),
  at: z.string(),
  who: z.string(),
  say: z.string(),
  undoable: z.boolean(),
})
export type HistoryLine = z.infer<typeof HistoryLine>

export const JudgementOut = z.object({
  table: z.string(),
  title: z.string(),
  outcome: z.string(),
  at: z.string(),
  by: z.string(),
  inputs: z.array(z.object({ point: z.string(), value: z.string(), by: z.string(), assumed: z.boolean() })),
})
export type JudgementOut = z.infer<typeof JudgementOut>

export const FlawPage = z.object({
  row: FlawRow,
  mergedInto: z.string().nullable(),
  findings: z.array(FindingColumn),
  moreFindings: z.number().int(),
  suggestions: z.array(SuggestionOut),
  judgements: z.array(JudgementOut),
  history: z.array(HistoryLine),
})
export type FlawPage = z.infer<typeof FlawPage>

/** The thresholds of the grouping, for the scale on the flaw's page. */
export const MergeCommand = z.object({
  into: z.string(),
  from: z.string(),
  version: z.number().int(),
  why: z.string().max(2000).default(''),
})
export const SplitCommand = z.object({
  findings: z.array(z.string()).min(1).max(500),
  version: z.number().int(),
  why: z.string().max(2000).default(''),
})
export const DecideCommand = z.object({ verdict: z.enum(['merge', 'keep-apart']), why: z.string().max(2000).default('') })
export const UndoCommand = z.object({ version: z.number().int() })
export const JudgeCommand = z.object({
  table: z.string().max(200),
  selections: z.record(z.string().max(40), z.string().max(40)),
  version: z.number().int(),
})

export const MessageOut = z.object({
  id: z.string(),
  at: z.string(),
  who: z.string(),
  organisation: z.string().nullable(),
  text: z.string(),
  mine: z.boolean(),
})
export type MessageOut = z.infer<typeof MessageOut>
export const Thread = z.object({ messages: z.array(MessageOut), canWrite: z.boolean() })
export type Thread = z.infer<typeof Thread>
export const WriteMessage = z.object({ text: z.string().min(1).max(20_000) })
