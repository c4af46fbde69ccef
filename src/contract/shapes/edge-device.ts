import { z } from '@hono/zod-openapi'
import { AssetTags } from './exposure.ts'

const When = z.string().describe('RFC 3339, UTC')
const Words = z.string().min(1).max(2000)
const Deed = z.enum(['reported', 'removed', 'process'])

/** One row of BOD 26-02 as it stands for a device, or for the organisation. */
export const EdgeDueOut = z.object({
  step: z.enum(['list', 'remove-listed', 'remove-all', 'discover']),
  row: z.number(),
  deed: Deed.describe('What settles it: one removal settles both rows that ask for it'),
  due: When,
  state: z.enum(['late', 'soon', 'later', 'done']),
  says: z.string(),
  assumed: z.string().nullable().describe('Why it is taken to apply although nobody said so; null: it does'),
  doneAt: When.nullable(),
  evidence: z.string().nullable(),
})
export type EdgeDueOut = z.infer<typeof EdgeDueOut>

export const EdgeHistory = z.array(
  z.object({
    at: When,
    deed: Deed,
    how: z.enum(['done', 'reopened']),
    says: z.string().describe('The evidence, or the reason'),
  }),
)

const { unit, support, listed, maker, model } = AssetTags.shape

/** A device at the edge of a network, by hand or by the tags of an asset. */
export const EdgeDeviceOut = z.object({
  id: z.string().describe('The same as long as the name is'),
  name: z.string(),
  maker,
  model,
  unit,
  support,
  listed,
  byHand: z
    .boolean()
    .describe('Written down by hand; otherwise the tags of an asset name it, or did when something was said of it'),
  inventory: z.string().nullable().describe('The inventory of the asset of that name'),
  due: When.nullable().describe('The next that is open; null: nothing is'),
  milestones: z.array(EdgeDueOut),
  history: EdgeHistory,
  plain: z.object({ what: z.string(), first: z.string(), ask: z.string() }).describe('For people without a security team'),
})
export type EdgeDeviceOut = z.infer<typeof EdgeDeviceOut>

/** What the directive asks of the organisation itself. */
export const EdgeOwnOut = z.object({ id: z.literal('own'), milestones: z.array(EdgeDueOut), history: EdgeHistory })
export type EdgeOwnOut = z.infer<typeof EdgeOwnOut>

export const EdgeDeviceList = z.object({
  rows: z.array(EdgeDeviceOut),
  next: z.string().nullable(),
  own: EdgeOwnOut,
  directive: z.string().describe('For example `bod-26-02/1.0.0`'),
  name: z.string(),
  source: z.string(),
  analogy: z.string().nullable().describe('Why this is no finding of compliance; null: the directive binds'),
  devices: z.number(),
  late: z.number().describe('Devices with something late'),
  soon: z.number().describe('Devices with something due within 72 hours, and nothing late'),
})
export type EdgeDeviceList = z.infer<typeof EdgeDeviceList>

/** A device written down by hand, in place of what was written of the same name; its history stays. */
export const PutEdgeDevice = z.strictObject({
  name: z.string().trim().min(1).max(200),
  maker,
  model,
  unit,
  support,
  listed,
})
export type PutEdgeDevice = z.infer<typeof PutEdgeDevice>

export const ActEdgeDevice = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('done'), deed: Deed, evidence: Words }),
  z.strictObject({ do: z.literal('reopen'), deed: Deed, reason: Words }),
])
export type ActEdgeDevice = z.infer<typeof ActEdgeDevice>
export const EdgeDeviceGone = z.object({ id: z.string() })
export type EdgeDeviceGone = z.infer<typeof EdgeDeviceGone>
