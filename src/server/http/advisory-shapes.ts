import type { z } from 'zod'
import type { RouteName } from '../../contract/routes.ts'
import {
  ActAdvisory,
  AdvisoryList,
  AdvisoryPreview,
  AdvisoryView,
  DraftAdvisory,
  EditAdvisory,
} from '../../contract/shapes/advisory.ts'
import { ActCve, ActRelay, DraftRelay, RelayList } from '../../contract/shapes/relay.ts'

/** What the routes of advisories and relays take, for the document about them. */
export const ADVISORY_BODIES: Partial<Record<RouteName, z.ZodType>> = {
  draftAdvisory: DraftAdvisory,
  editAdvisory: EditAdvisory,
  actAdvisory: ActAdvisory,
  draftRelay: DraftRelay,
  actRelay: ActRelay,
  actCve: ActCve,
}

/** What they answer. */
export const ADVISORY_ANSWERS: Partial<Record<RouteName, z.ZodType>> = {
  listAdvisories: AdvisoryList,
  readAdvisory: AdvisoryView,
  draftAdvisory: AdvisoryView,
  editAdvisory: AdvisoryView,
  actAdvisory: AdvisoryView,
  previewAdvisory: AdvisoryPreview,
  listRelays: RelayList,
  draftRelay: RelayList,
  actRelay: RelayList,
  actCve: RelayList,
}
