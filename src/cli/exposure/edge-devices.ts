import type { AssetTags } from '../../core/exposure/component.ts'
import { BOD_26_02 } from '../../core/exposure/directives/edge-devices.ts'
import { edgeDeviceOf } from '../../core/exposure/edge/asset-support.ts'
import { type EdgeDue, edgeDues, edgeOwnDue, nextEdgeDue, sayEdgeAnalogy } from '../../core/exposure/edge/edge-due.ts'
import { formatInstant, type Instant } from '../../core/kernel/instant.ts'
import { columns, wrap } from '../text/columns.ts'
import { counted } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import type { Ink } from '../text/ink.ts'
import { dueWords } from './table-lines.ts'

const MOST_ROWS = 40
const HEAD = ['DUE', 'DEVICE', 'WHAT', 'ROW']
const SHAPE = [{}, { most: 34 }, {}, { right: true }]
const WHAT: Readonly<Record<EdgeDue['step'], string>> = {
  list: 'report to CISA',
  'remove-listed': 'remove (CISA lists it)',
  'remove-all': 'remove',
  discover: 'keep finding devices',
}

/** A device at the edge of the network that the tags name, whether or not an inventory of it is here. */
export interface EdgeHere {
  readonly name: string
  readonly tags: AssetTags
  readonly dues: readonly EdgeDue[]
}

/** The devices that tags call edge devices, what is due first before the others. Nothing done is known on this machine. */
export function edgeDevices(tags: ReadonlyMap<string, AssetTags> | null, now: Instant): EdgeHere[] {
  const devices = [...(tags ?? [])].flatMap(([name, own]) =>
    own.edge === 'yes' ? [{ name, tags: own, dues: edgeDues(edgeDeviceOf(own), [], now) }] : [],
  )
  const due = ({ dues }: EdgeHere) => nextEdgeDue(dues) ?? Number.POSITIVE_INFINITY
  return devices.sort((a, b) => (due(a) === due(b) ? (a.name < b.name ? -1 : 1) : due(a) - due(b)))
}

/** The second table: what BOD 26-02 asks of each device, and of the organisation. None where no device is named. */
export function edgeLines(devices: readonly EdgeHere[], binds: boolean | null, now: Instant, ink: Ink): string[] {
  if (devices.length === 0) return []
  const all = devices.flatMap((device): { device: EdgeHere; due: EdgeDue | null }[] =>
    device.dues.length === 0 ? [{ device, due: null }] : device.dues.map((due) => ({ device, due })),
  )
  const own = edgeOwnDue([], now)
  const shown = all.slice(0, MOST_ROWS)
  const rows = shown.map(({ device, due }) => [
    due === null ? 'nothing' : `${dueWords(due.due, '', now)}${due.assumed === null ? '' : ' *'}`,
    inert([device.name, device.tags.maker, device.tags.model].filter((part) => part !== null).join(' '), 200),
    due === null ? inert(device.tags.support === null ? '' : `supported until ${device.tags.support}`, 40) : WHAT[due.step],
    due === null ? '' : String(due.row),
  ])
  const [head, ...lines] = columns([HEAD, ...rows, [dueWords(own.due, '', now), 'organisation', WHAT[own.step], '4']], SHAPE)
  const assumed = [...new Set(shown.flatMap(({ due }) => due?.assumed ?? []))]
  const analogy = sayEdgeAnalogy(binds)
  const state = (n: number) => shown[n]?.due?.state ?? 'later'
  return [
    '',
    ink.strong(`${counted(devices.length, 'EDGE DEVICE', 'EDGE DEVICES')}  ${BOD_26_02.name}`),
    ink.strong(head!),
    ...lines.map((line, n) => (state(n) === 'late' ? ink.alarm(line) : state(n) === 'soon' ? ink.soon(line) : line)),
    ...(all.length > shown.length ? [ink.dim(`${all.length - shown.length} more: --edge-devices FILE has all`)] : []),
    ...assumed.flatMap((why) => wrap(`* ${why}`, 76)).map((line) => `  ${line}`),
    ...(analogy === null ? [] : wrap(analogy, 76).map((line) => `  ${line}`)),
    '',
  ]
}

/** The same for programs: an object a device, then one of the organisation itself, whose `device` is null. */
export function edgeObjects(devices: readonly EdgeHere[], binds: boolean | null, now: Instant): object[] {
  const common = { directive: `${BOD_26_02.id}/${BOD_26_02.version}`, analogy: sayEdgeAnalogy(binds) }
  const about = (dues: readonly EdgeDue[]) => {
    const next = nextEdgeDue(dues)
    return {
      ...common,
      due: next === null ? null : formatInstant(next),
      milestones: dues.map(({ step, row, due, says, assumed, state }) => {
        return { step, row, due: formatInstant(due), state, says, assumed }
      }),
    }
  }
  return [
    ...devices.map(({ name, tags: { maker, model, unit, support, listed }, dues }) => {
      return { device: name, maker, model, unit, support, listed, ...about(dues) }
    }),
    { device: null, ...about([edgeOwnDue([], now)]) },
  ]
}
