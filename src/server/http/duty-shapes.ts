import type { z } from 'zod'
import type { RouteName } from '../../contract/routes.ts'
import {
  ActDuty,
  ActOwnDuty,
  AddOwnDuty,
  DutyHistory,
  DutyList,
  DutyOut,
  EditOwnDuty,
  OwnDutyGone,
} from '../../contract/shapes/duty.ts'

/** What the routes of duties take, for the document about them. */
export const DUTY_BODIES: Partial<Record<RouteName, z.ZodType>> = {
  actDuty: ActDuty,
  addOwnDuty: AddOwnDuty,
  editOwnDuty: EditOwnDuty,
  actOwnDuty: ActOwnDuty,
}

/** What they answer. */
export const DUTY_ANSWERS: Partial<Record<RouteName, z.ZodType>> = {
  listDuties: DutyList,
  actDuty: DutyOut,
  dutyHistory: DutyHistory,
  dutyJson: DutyList,
  listOwnDuties: DutyList,
  addOwnDuty: DutyOut,
  editOwnDuty: DutyOut,
  actOwnDuty: DutyOut,
  dropOwnDuty: OwnDutyGone,
}
