import type { EdgeDeviceList, EdgeDeviceOut, EdgeDueOut, EdgeOwnOut } from '../../../contract/shapes/edge-device.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { BOD_26_02 } from '../../../core/exposure/directives/edge-devices.ts'
import { edgeDeviceOf } from '../../../core/exposure/edge/asset-support.ts'
import { type EdgeDue, sayEdgeAnalogy } from '../../../core/exposure/edge/edge-due.ts'
import type { EdgeNote } from '../../../core/exposure/edge/edge-note.ts'
import { plainDevice } from '../../../core/exposure/edge/plain-device.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { OWN_ROW } from './edge-body.ts'
import { type EdgeDeviceNow, type EdgeNow, readEdge } from './edge-read.ts'
import type { ExposureDesk } from './exposure-desk.ts'

/** The edge devices of the caller's organisation, what is due first before the others; `after` is the id where the page before ended. */
export async function listEdgeDevices(
  desk: ExposureDesk,
  who: Principal,
  { limit, after }: { readonly limit: number; readonly after: string | null },
): Promise<Answer<Presented<EdgeDeviceList>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const edge = await inTransaction(desk.store, { organisation }, async (tx) => await readEdge(desk, tx, organisation))
  const { devices } = edge
  const from = after === null ? 0 : devices.findIndex(({ id }) => id === after) + 1
  const page = devices.slice(from, from + limit)
  const has = ({ dues }: EdgeDeviceNow, state: EdgeDue['state']) => dues.some((due) => due.state === state)
  const list: EdgeDeviceList = {
    rows: page.map((one) => edgeOut(one, edge.now)),
    next: from + limit < devices.length ? page.at(-1)!.id : null,
    own: edgeOwnOut(edge.own),
    directive: `${BOD_26_02.id}/${BOD_26_02.version}`,
    name: BOD_26_02.name,
    source: BOD_26_02.source,
    analogy: sayEdgeAnalogy(edge.binds),
    devices: devices.length,
    late: devices.filter((one) => has(one, 'late')).length,
    soon: devices.filter((one) => !has(one, 'late') && has(one, 'soon')).length,
  }
  const shown = presentExposure(who, organisation, { action: 'list', noun: 'obligation' }, list)
  return shown === null ? NOT_FOUND : done(shown)
}

/** One device as its organisation reads it. Who said what stays sealed. */
export function edgeOut({ id, name, said, byHand, inventory, notes, dues, next }: EdgeDeviceNow, now: Instant): EdgeDeviceOut {
  return {
    id,
    name,
    ...said,
    byHand,
    inventory,
    due: next === null ? null : formatInstant(next),
    milestones: dues.map(dueOut),
    history: historyOut(notes),
    plain: plainDevice(edgeDeviceOf(said), now),
  }
}

/** What is due of the organisation itself. */
export function edgeOwnOut({ notes, due }: EdgeNow['own']): EdgeOwnOut {
  return { id: OWN_ROW, milestones: [dueOut(due)], history: historyOut(notes) }
}

function dueOut({ step, row, deed, due, state, says, assumed, done: by }: EdgeDue): EdgeDueOut {
  const doneAt = by === null ? null : formatInstant(by.at)
  return { step, row, deed, due: formatInstant(due), state, says, assumed, doneAt, evidence: by?.says ?? null }
}

function historyOut(notes: readonly EdgeNote[]): EdgeOwnOut['history'] {
  return notes.map(({ at, deed, how, says }) => ({ at: formatInstant(at), deed, how, says }))
}
