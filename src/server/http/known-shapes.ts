import type { z } from 'zod'
import type { RouteName } from '../../contract/routes.ts'
import { RecordSources } from '../../contract/shapes/exposure.ts'
import { KnownFlawOut, RecordsTaken } from '../../contract/shapes/records.ts'

/** What the routes of other people's records answer, for the document about them. */
export const KNOWN_ANSWERS: Partial<Record<RouteName, z.ZodType>> = {
  sendRecords: RecordsTaken,
  listRecords: RecordSources,
  readKnownFlaw: KnownFlawOut,
}
