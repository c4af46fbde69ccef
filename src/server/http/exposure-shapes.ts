import { z } from 'zod'
import type { RouteName } from '../../contract/routes.ts'
import {
  ActEdgeDevice,
  EdgeDeviceGone,
  EdgeDeviceList,
  EdgeDeviceOut,
  EdgeOwnOut,
  PutEdgeDevice,
} from '../../contract/shapes/edge-device.ts'
import {
  ActAction,
  ActionList,
  ActionOut,
  AssetTags,
  CaseUptake,
  CheckOut,
  ExposureReport,
  ExposureWhy,
  InventoryGone,
  InventoryList,
  InventoryOut,
  InventoryWhole,
  PatchedIn,
  PatchedOut,
  RuleOut,
  SetRule,
  UptakeOut,
} from '../../contract/shapes/exposure.ts'
import { OwnVexGone, OwnVexList, OwnVexOut } from '../../contract/shapes/own-vex.ts'

/** What the routes of inventories and obligations take, for the document about them. */
export const EXPOSURE_BODIES: Partial<Record<RouteName, z.ZodType>> = {
  tagInventory: AssetTags,
  actAction: ActAction,
  setRule: SetRule,
  putEdgeDevice: PutEdgeDevice,
  actEdgeDevice: ActEdgeDevice,
  reportPatched: PatchedIn,
}

/** What they answer. */
export const EXPOSURE_ANSWERS: Partial<Record<RouteName, z.ZodType>> = {
  addInventory: InventoryWhole,
  listInventories: InventoryList,
  readInventory: InventoryWhole,
  tagInventory: InventoryOut,
  dropInventory: InventoryGone,
  checkExposure: CheckOut,
  exposureWhy: ExposureWhy,
  listActions: ActionList,
  readAction: ActionOut,
  actAction: ActionOut,
  readRule: RuleOut,
  setRule: RuleOut,
  sendOwnVex: OwnVexOut,
  listOwnVex: OwnVexList,
  dropOwnVex: OwnVexGone,
  exposureReport: ExposureReport,
  exposureUptake: UptakeOut,
  reportPatched: PatchedOut,
  listEdgeDevices: EdgeDeviceList,
  putEdgeDevice: EdgeDeviceOut,
  actEdgeDevice: z.union([EdgeDeviceOut, EdgeOwnOut]),
  dropEdgeDevice: EdgeDeviceGone,
  caseUptake: CaseUptake,
}
