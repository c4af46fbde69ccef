import type { EdgeDeviceList } from '../../../contract/shapes/edge-device.ts'
import { getJson, queryString } from '../../api/request.ts'

export const EDGE_DEVICES = '/v1/exposure/edge-devices'

export const edgeDevicePath = (id: string): string => `${EDGE_DEVICES}/${encodeURIComponent(id)}`

/** One page of the edge devices, what is due first before the others. */
export function fetchEdgeDevices(cursor: string | null, signal?: AbortSignal): Promise<EdgeDeviceList> {
  return getJson<EdgeDeviceList>(`${EDGE_DEVICES}${queryString({ cursor, limit: 200 })}`, signal)
}
