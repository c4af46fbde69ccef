import { edgeDeviceOf } from '../../../core/exposure/edge/asset-support.ts'
import { type EdgeDue, edgeBinds, edgeDues, edgeOwnDue, nextEdgeDue } from '../../../core/exposure/edge/edge-due.ts'
import type { EdgeNote } from '../../../core/exposure/edge/edge-note.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type EdgeDeviceRow, edgeDevicesOf } from '../../store/edge-device.ts'
import { inventoriesOf } from '../../store/inventory.ts'
import { type EdgeBody, type EdgeSaid, edgeId, OWN_ROW, openEdge } from './edge-body.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { openInventory } from './inventory-body.ts'
import { loadRule } from './obligation-rule.ts'

/** One device as it stands now. */
export interface EdgeDeviceNow {
  readonly id: string
  readonly name: string
  readonly said: EdgeSaid
  readonly byHand: boolean
  readonly inventory: string | null
  readonly notes: readonly EdgeNote[]
  readonly dues: readonly EdgeDue[]
  readonly next: Instant | null
  /** Null: nothing was written or said of it yet. */
  readonly row: EdgeDeviceRow | null
}

export interface EdgeNow {
  readonly devices: readonly EdgeDeviceNow[]
  /** Everything that was written or said, whether or not it is a device now. */
  readonly rows: ReadonlyMap<string, { readonly row: EdgeDeviceRow; readonly body: EdgeBody }>
  readonly own: { readonly notes: readonly EdgeNote[]; readonly due: EdgeDue; readonly row: EdgeDeviceRow | null }
  readonly binds: boolean | null
  readonly now: Instant
}

/**
 * The devices of an organisation: those written down by hand, those that tags of assets name, each once by its name, what is due first
 * before the others. One that only tags named stays with what was said of it when its inventory is dropped, and goes with the tag.
 */
export async function readEdge(desk: ExposureDesk, tx: Tx, organisation: string): Promise<EdgeNow> {
  const now = desk.clock()
  const { rule } = await loadRule(desk, tx, organisation)
  const rows = new Map<string, { readonly row: EdgeDeviceRow; readonly body: EdgeBody }>()
  for (const row of await edgeDevicesOf(tx, organisation)) {
    const body = openEdge(desk, row)
    if (body !== null) rows.set(row.id, { row, body })
  }
  const own = rows.get(OWN_ROW)
  rows.delete(OWN_ROW)
  const devices: EdgeDeviceNow[] = []
  const seen = new Set<string>()
  for (const head of await inventoriesOf(tx, organisation)) {
    const asset = openInventory(desk, head)
    if (asset === null) continue
    const id = edgeId(desk, organisation, asset.asset)
    const kept = rows.get(id)
    const byHand = kept?.body.by === 'hand'
    if (asset.tags.edge !== 'yes' && !byHand) {
      seen.add(id)
      continue
    }
    seen.add(id)
    const said = byHand ? filled(kept.body.said, asset.tags) : only(asset.tags)
    devices.push(stand(id, asset.asset, said, byHand, head.id, kept ?? null, now))
  }
  for (const [id, kept] of rows)
    if (!seen.has(id)) devices.push(stand(id, kept.body.name, kept.body.said, kept.body.by === 'hand', null, kept, now))
  return {
    devices: devices.sort(byDue),
    rows,
    own: { notes: own?.body.notes ?? [], due: edgeOwnDue(own?.body.notes ?? [], now), row: own?.row ?? null },
    binds: edgeBinds(rule.directive.id, rule.bound),
    now,
  }
}

function stand(
  id: string,
  name: string,
  said: EdgeSaid,
  byHand: boolean,
  inventory: string | null,
  kept: { readonly row: EdgeDeviceRow; readonly body: EdgeBody } | null,
  now: Instant,
): EdgeDeviceNow {
  const notes = kept?.body.notes ?? []
  const dues = edgeDues(edgeDeviceOf(said), notes, now)
  return { id, name, said, byHand, inventory, notes, dues, next: nextEdgeDue(dues), row: kept?.row ?? null }
}

const only = ({ maker, model, unit, support, listed }: EdgeSaid): EdgeSaid => ({ maker, model, unit, support, listed })

/** What a person wrote goes before the tags of the asset of that name, which fill what it left open. */
function filled(said: EdgeSaid, tags: EdgeSaid): EdgeSaid {
  return {
    maker: said.maker ?? tags.maker,
    model: said.model ?? tags.model,
    unit: said.unit ?? tags.unit,
    support: said.support ?? tags.support,
    listed: said.listed ?? tags.listed,
  }
}

function byDue(a: EdgeDeviceNow, b: EdgeDeviceNow): number {
  if (a.next === b.next) return a.name < b.name ? -1 : a.name > b.name ? 1 : 0
  return a.next === null ? 1 : b.next === null ? -1 : a.next - b.next
}
