import type { ActEdgeDevice, EdgeDeviceList, EdgeDeviceOut, EdgeOwnOut, PutEdgeDevice } from '../contract/shapes/edge-device.ts'
import { BOD_26_02 } from '../core/exposure/directives/edge-devices.ts'
import { edgeDeviceOf } from '../core/exposure/edge/asset-support.ts'
import { edgeDues, edgeOwnDue, nextEdgeDue, sayEdgeAnalogy } from '../core/exposure/edge/edge-due.ts'
import { decideEdge, type EdgeNote } from '../core/exposure/edge/edge-note.ts'
import { plainDevice } from '../core/exposure/edge/plain-device.ts'
import { formatInstant, instant } from '../core/kernel/instant.ts'
import type { FakeAnswer } from './fake-project.ts'
import { HOSTILE, idOf, NOW } from './fake-world.ts'

type Held = PutEdgeDevice & { readonly id: string; readonly byHand: boolean; readonly notes: readonly EdgeNote[] }

const now = instant(NOW)
const AT = '/v1/exposure/edge-devices'
const STOOD: readonly Held[] = [
  {
    id: idOf('edg', 1),
    name: 'substation-fw-02',
    maker: 'Heron',
    model: `Gate 7 ${HOSTILE}`,
    unit: 'Grid',
    support: 'ended',
    listed: 'yes',
    byHand: true,
    notes: [],
  },
  {
    id: idOf('edg', 2),
    name: 'vpn-edge-01',
    maker: null,
    model: null,
    unit: null,
    support: null,
    listed: 'unknown',
    byHand: false,
    notes: [{ at: instant(NOW - 3_600_000), by: null, deed: 'reported', how: 'done', says: `Report 44 ${HOSTILE}` }],
  },
  {
    id: idOf('edg', 3),
    name: 'office-router',
    maker: 'Skerry',
    model: 'R1',
    unit: null,
    support: '2030-06-30',
    listed: 'no',
    byHand: true,
    notes: [],
  },
]

/** Edge devices of one operator, invented; what is said of them counts as on a server, by the same rows. */
export class FakeEdge {
  private held = STOOD
  private own: readonly EdgeNote[] = []

  answer(path: string, body: unknown): FakeAnswer | null {
    if (path === `GET ${AT}`) return { code: 200, body: this.list() }
    if (path === `PUT ${AT}`) {
      const given = body as PutEdgeDevice
      const before = this.held.find(({ name }) => name === given.name)
      const made = { ...given, id: before?.id ?? idOf('edg', 9), byHand: true, notes: before?.notes ?? [] }
      this.held = [...this.held.filter((one) => one !== before), made]
      return { code: 200, body: out(made) }
    }
    const [, verb, id] = /^(POST|DELETE) \/v1\/exposure\/edge-devices\/(\w+)$/.exec(path) ?? []
    if (verb === 'DELETE') {
      this.held = this.held.filter((one) => one.id !== id)
      return { code: 200, body: { id } }
    }
    if (verb === undefined) return null
    const device = this.held.find((one) => one.id === id)
    const notes = said(device?.notes ?? this.own, body as ActEdgeDevice)
    if (id === 'own') this.own = notes
    this.held = this.held.map((one) => (one === device ? { ...one, notes } : one))
    return { code: 200, body: device === undefined ? this.ownOut() : out({ ...device, notes }) }
  }

  private list(): EdgeDeviceList {
    const rows = this.held.map(out).toSorted((a, b) => ((a.due ?? '9') < (b.due ?? '9') ? -1 : 1))
    return {
      rows,
      next: null,
      own: this.ownOut(),
      directive: `${BOD_26_02.id}/${BOD_26_02.version}`,
      name: BOD_26_02.name,
      source: BOD_26_02.source,
      analogy: sayEdgeAnalogy(false),
      devices: rows.length,
      late: rows.filter(({ milestones }) => milestones.some(({ state }) => state === 'late')).length,
      soon: 0,
    }
  }

  private ownOut(): EdgeOwnOut {
    return { id: 'own', milestones: [edgeOwnDue(this.own, now)].map(dueOut), history: this.own.map(historyOut) }
  }
}

function said(notes: readonly EdgeNote[], act: ActEdgeDevice): readonly EdgeNote[] {
  const command =
    act.do === 'done'
      ? ({ deed: act.deed, how: 'done', says: act.evidence } as const)
      : ({ deed: act.deed, how: 'reopened', says: act.reason } as const)
  const decision = decideEdge(notes, command, new Set([act.deed]), { by: null, now })
  return decision.ok ? [...notes, ...decision.events] : notes
}

function out({ notes, ...device }: Held): EdgeDeviceOut {
  const dues = edgeDues(edgeDeviceOf(device), notes, now)
  const next = nextEdgeDue(dues)
  return {
    ...device,
    inventory: device.byHand ? null : idOf('ivt', 3),
    due: next === null ? null : formatInstant(next),
    milestones: dues.map(dueOut),
    history: notes.map(historyOut),
    plain: plainDevice(edgeDeviceOf(device), now),
  }
}

function dueOut({
  step,
  row,
  deed,
  due,
  state,
  says,
  assumed,
  done,
}: ReturnType<typeof edgeOwnDue>): EdgeOwnOut['milestones'][number] {
  const doneAt = done === null ? null : formatInstant(done.at)
  return { step, row, deed, due: formatInstant(due), state, says, assumed, doneAt, evidence: done?.says ?? null }
}

const historyOut = ({ at, deed, how, says }: EdgeNote) => ({ at: formatInstant(at), deed, how, says })
