import type {
  ActEdgeDevice,
  EdgeDeviceGone,
  EdgeDeviceOut,
  EdgeOwnOut,
  PutEdgeDevice,
} from '../../../contract/shapes/edge-device.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { decideEdge } from '../../../core/exposure/edge/edge-note.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { deleteEdgeDevice, type EdgeDeviceRow, putEdgeDevice } from '../../store/edge-device.ts'
import { holdObligations } from '../../store/obligation.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { type EdgeBody, edgeId, OWN_ROW, openEdge, sealEdge } from './edge-body.ts'
import { edgeOut, edgeOwnOut } from './edge-list.ts'
import { readEdge } from './edge-read.ts'
import type { ExposureDesk } from './exposure-desk.ts'

const MOST_DEVICES = 2_000
/** Of which something was said, those of dropped inventories among them: all are read together. */
const MOST_ROWS = 4_000
/** Characters of all that was ever said of an organisation's devices. */
const MOST_SAID = 8 << 20
const NOTHING_SAID = { maker: null, model: null, unit: null, support: null, listed: null }

/** Writes down a device of the caller's organisation by hand, in place of what was written of that name; its history stays. */
export async function putDevice(
  desk: ExposureDesk,
  who: Principal,
  { name, ...said }: PutEdgeDevice,
): Promise<Answer<Presented<EdgeDeviceOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const id = edgeId(desk, organisation, name)
  return await written(desk, organisation, async (tx, keep) => {
    const { rows, now } = await readEdge(desk, tx, organisation)
    const before = rows.get(id)
    if (before === undefined && rows.size >= MOST_DEVICES)
      return denied('quota.exceeded', `An organisation writes down at most ${MOST_DEVICES} devices.`)
    await keep(id, before?.row ?? null, { name, by: 'hand', said, notes: before?.body.notes ?? [] })
    const after = (await readEdge(desk, tx, organisation)).devices.find((one) => one.id === id)!
    const shown = presentExposure(who, organisation, { action: 'write', noun: 'obligation' }, edgeOut(after, now))
    return shown === null ? NOT_FOUND : done(shown)
  })
}

/** Says of a device, or (`own`) of the organisation, what was done, with evidence, or takes that back with a reason. */
export async function actEdgeDevice(
  desk: ExposureDesk,
  who: Principal,
  id: string,
  act: ActEdgeDevice,
  mostSaid: number = MOST_SAID,
): Promise<Answer<Presented<EdgeDeviceOut | EdgeOwnOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  return await written(desk, organisation, async (tx, keep) => {
    const { devices, own, rows, now } = await readEdge(desk, tx, organisation)
    const device = id === OWN_ROW ? null : devices.find((one) => one.id === id)
    if (device === undefined) return NOT_FOUND
    const { notes, row } = device ?? own
    const asked = new Set((device?.dues ?? [own.due]).map(({ deed }) => deed))
    const command =
      act.do === 'done'
        ? ({ deed: act.deed, how: 'done', says: act.evidence } as const)
        : ({ deed: act.deed, how: 'reopened', says: act.reason } as const)
    const decision = decideEdge(notes, command, asked, { by: who.person, now })
    if (!decision.ok) return denied('action.refused', decision.say, decision.code)
    const said = [...rows.values()].reduce((sum, { body }) => sum + saidIn(body.notes), saidIn(own.notes) + command.says.length)
    if (said > mostSaid || (row === null && rows.size >= MOST_ROWS))
      return denied('quota.exceeded', 'So much was said of the devices of this organisation that no more is kept.')
    // What a person wrote stays as it was written; what tags say is kept as they say it now.
    const before = row === null ? null : openEdge(desk, row)
    const body: EdgeBody =
      before !== null && device?.byHand !== false
        ? before
        : { name: device?.name ?? '', by: 'tags', said: device?.said ?? NOTHING_SAID, notes: [] }
    await keep(id, row, { ...body, notes: [...notes, ...decision.events] })
    const after = await readEdge(desk, tx, organisation)
    const out = id === OWN_ROW ? edgeOwnOut(after.own) : edgeOut(after.devices.find((one) => one.id === id)!, now)
    const shown = presentExposure(who, organisation, { action: 'decide', noun: 'obligation' }, out)
    return shown === null ? NOT_FOUND : done(shown)
  })
}

/** Drops what was written and said of a device, with its key; what tags of an asset name stays, without its history. */
export async function dropEdgeDevice(
  desk: ExposureDesk,
  who: Principal,
  id: string,
): Promise<Answer<Presented<EdgeDeviceGone>>> {
  const { organisation } = who
  if (organisation === null || id === OWN_ROW) return NOT_FOUND
  const slot = await inTransaction(desk.store, { organisation }, async (tx) => {
    await holdObligations(tx, organisation)
    const found = (await readEdge(desk, tx, organisation)).rows.get(id)
    if (found === undefined) return null
    await deleteEdgeDevice(tx, organisation, id)
    return found.row.key_slot
  })
  if (slot === null) return NOT_FOUND
  await desk.keys.erase([slot])
  const shown = presentExposure(who, organisation, { action: 'write', noun: 'obligation' }, { id })
  return shown === null ? NOT_FOUND : done(shown)
}

function saidIn(notes: EdgeBody['notes']): number {
  return notes.reduce((sum, { says }) => sum + says.length, 0)
}

type Keep = (id: string, before: EdgeDeviceRow | null, body: EdgeBody) => Promise<void>

/** One writer at a time; a new row gets a key of its own, which is destroyed where the row was not kept. */
async function written<T>(
  desk: ExposureDesk,
  organisation: string,
  write: (tx: Tx, keep: Keep) => Promise<Answer<T>>,
): Promise<Answer<T>> {
  const [fresh] = await desk.keys.allocate(1)
  const { slot, key } = fresh!
  let used = false
  try {
    return await inTransaction(desk.store, { organisation }, async (tx) => {
      used = false
      await holdObligations(tx, organisation)
      return await write(tx, async (id, before, body) => {
        const [held] = before === null ? [] : desk.keys.get([before.key_slot])
        const named = { organisation_id: organisation, id, version: (before?.version ?? 0) + 1 }
        const own = before !== null && held ? { key_slot: before.key_slot, key: held } : { key_slot: slot, key }
        used = own.key_slot === slot
        await putEdgeDevice(tx, { ...named, key_slot: own.key_slot, body: sealEdge(desk, own.key, named, body) })
      })
    })
  } finally {
    // Where nobody knows whether the transaction was kept, the key is.
    if (!used) await desk.keys.erase([slot])
  }
}
