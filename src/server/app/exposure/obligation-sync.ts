import type { ComponentFlaw } from '../../../core/exposure/assess.ts'
import { matchKey } from '../../../core/exposure/assess.ts'
import type { Component } from '../../../core/exposure/component.ts'
import { cveOf, signalsOf } from '../../../core/exposure/flaw-signals.ts'
import { classKey } from '../../../core/exposure/obligation/asset-class.ts'
import { classOf, impactOf } from '../../../core/exposure/obligation/facts.ts'
import { actionKey } from '../../../core/exposure/owed-flaw.ts'
import { newId } from '../../../core/kernel/id.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { countDay } from '../../store/exposure-uptake.ts'
import { inventoryVersionsOf } from '../../store/inventory.ts'
import {
  deleteObligations,
  holdObligations,
  type ObligationRow,
  obligationsAbout,
  obligationsOf,
  putObligations,
} from '../../store/obligation.ts'
import { Believed } from './believed.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import type { HeldPlace, HeldWhere } from './inventory-book.ts'
import { forgetObligations, type KeptObligation, obligationMacs, obligationRow, openObligation } from './obligation-body.ts'
import { type Applied, type Held, type Inventories, planObligations, type Wanted } from './obligation-plan.ts'
import { type GoesBy, loadRule } from './obligation-rule.ts'

/** How many obligations a sync wrote, and how many it took out. */
export interface Synced {
  readonly written: number
  readonly dropped: number
}

/**
 * Brings an organisation's obligations in line with its inventories, the records and its rule, for these components or for all. Said
 * again it changes nothing, so that two processes may both do it. Nothing is done while records are still being read.
 */
export async function syncObligations(
  desk: ExposureDesk,
  organisation: string,
  places: ReadonlySet<string> | 'all',
): Promise<Synced | null> {
  if (!desk.known.loaded || (places !== 'all' && places.size === 0)) return { written: 0, dropped: 0 }
  const macs = obligationMacs(desk)
  let made: readonly number[] = []
  let ended: readonly number[] = []
  let isKept = false
  try {
    const synced = await inTransaction(desk.store, { organisation }, async (tx) => {
      isKept = false
      if (made.length > 0) await desk.keys.erase(made)
      made = []
      await holdObligations(tx, organisation)
      // By former inventories it would undo what another process did with the present ones.
      const inventories = await inventoryVersionsOf(tx, organisation)
      const now = desk.clock()
      const { rule } = await loadRule(desk, tx, organisation)
      if (!desk.known.whole || !desk.book.isAbreast(organisation, inventories)) return null
      const wanted = wantedFor(desk, organisation, places === 'all' ? desk.book.placesOf(organisation) : places, rule, now)
      const about = {
        places: places === 'all' ? [] : [...places].map((place) => macs.place(organisation, place)),
        flaws: [...new Set(wanted.flatMap(({ flaw }) => flaw.ids))].map(macs.flaw),
      }
      const rows = places === 'all' ? await obligationsOf(tx, organisation) : await obligationsAbout(tx, organisation, about)
      const kept = new Map<string, KeptObligation>()
      // What nobody can read any more would stand in the way of what is owed in its place.
      const closed: ObligationRow[] = []
      for (const row of rows) {
        const opened = openObligation(desk, row)
        if (opened === null) closed.push(row)
        else kept.set(nameOf(opened), opened)
      }
      const ids = new Map<string, string>()
      const plan = planObligations(
        [...kept].map(([name, one]) => heldOf(name, one)),
        wanted,
        {
          rule,
          now,
          inScope: (place) => places === 'all' || places.has(place),
          inventories: inventoriesOf(desk, organisation),
          id: (name) => ids.get(name) ?? ids.set(name, newId('obligation', desk.random)).get(name)!,
        },
      )
      const fresh = plan.put.filter(({ name }) => !kept.has(name))
      const keys = fresh.length === 0 ? [] : await desk.keys.allocate(fresh.length)
      made = keys.map(({ slot }) => slot)
      let used = 0
      const put = plan.put.map(({ name, body }): ObligationRow => {
        const own = kept.get(name)
        if (own !== undefined) {
          const named = { ...own.row, version: own.row.version + 1 }
          return obligationRow(desk, named, own.key, body, now)
        }
        const { slot, key } = keys[used++]!
        const named = {
          organisation_id: organisation,
          id: body.item.id,
          version: 1,
          key_slot: slot,
          digest: macs.whole(organisation, body.place, body.flaw, body.assetClass),
          place_digest: macs.place(organisation, body.place),
          flaw_digest: macs.flaw(body.flaw),
        }
        return obligationRow(desk, named, key, body, now)
      })
      const dropped = [...plan.drop.map((name) => kept.get(name)!.row), ...closed]
      // First: what takes another's place may have its name.
      await deleteObligations(
        tx,
        organisation,
        dropped.map(({ id }) => id),
      )
      await putObligations(tx, put)
      if (put.length + dropped.length > 0) await countDay(tx, organisation, formatInstant(now).slice(0, 10))
      ended = dropped.map(({ key_slot }) => key_slot)
      forgetObligations(
        desk,
        dropped.map(({ id }) => id),
      )
      isKept = true
      return { written: put.length, dropped: dropped.length }
    })
    if (ended.length > 0) await desk.keys.erase(ended)
    return synced
  } finally {
    // Where nobody knows whether the transaction was kept, the keys are.
    if (made.length > 0 && !isKept) await desk.keys.erase(made)
  }
}

function nameOf({ place, flaw, assetClass }: Pick<KeptObligation, 'place' | 'flaw' | 'assetClass'>): string {
  return JSON.stringify([place, flaw, assetClass])
}

function heldOf(name: string, { row: _, key: __, ...body }: KeptObligation): Held {
  return { ...body, name }
}

/** What inventories, records and statements call for now, about these components of one organisation. */
export function wantedFor(
  desk: Pick<ExposureDesk, 'book' | 'known' | 'vex'>,
  organisation: string,
  places: ReadonlySet<string>,
  rule: GoesBy,
  now: Instant,
): Wanted[] {
  const { book, known } = desk
  const believed = new Believed(desk, organisation, rule)
  const wanted: Wanted[] = []
  for (const key of places) {
    const place = book.place(key)
    const own = place === undefined ? null : book.held(key, organisation)
    if (place === undefined || own === null) continue
    const classes = Map.groupBy(own.assets, ({ tags }) => classKey(rule.directive, tags))
    for (const { flaw: said, on, statements } of flawsHeld(place, own, book, believed)) {
      // In the words of the organisation's own inventories: another one has the same package by other names.
      const flaw = { ...said, component: { ...own.component, place: '' } }
      const signals = signalsOf(flaw, known.signals)
      for (const [assetClass, all] of classes) {
        const assets = on === 'all' ? all : all.filter(({ inventory }) => on.has(inventory))
        if (assets.length === 0) continue
        const tagged = { source: 'tags of the asset', at: null }
        const facts = {
          flaw: flaw.primary,
          cve: cveOf(flaw),
          signals,
          assets: classOf(assets[0]!.tags, tagged),
          identified: now,
          humanImpact: impactOf(rule.directive, assets[0]!.tags, tagged),
          bound: rule.bound,
        }
        const name = nameOf({ place: key, flaw: flaw.primary, assetClass })
        wanted.push({ name, place: key, packageKey: actionKey(flaw), assetClass, flaw, facts, assets, statements })
      }
    }
  }
  return wanted
}

interface FlawHeld {
  readonly flaw: ComponentFlaw
  readonly on: ReadonlySet<string> | 'all'
  readonly statements: Wanted['statements']
}

const NO_STATEMENTS: Wanted['statements'] = new Map()

/** The flaws of a component on one organisation's assets: those that records hold, and those that a statement alone holds. */
function flawsHeld(place: HeldPlace, own: HeldWhere, book: ExposureDesk['book'], believed: Believed): Iterable<FlawHeld> {
  const plain = book.flawsOf(place)
  if (believed.isNobody) return plain.map((flaw) => ({ flaw, on: 'all', statements: NO_STATEMENTS }))
  const held = new Map<string, { flaw: ComponentFlaw; on: Set<string> | 'all'; statements: Map<string, Applied> }>()
  for (const flaw of plain) held.set(flaw.primary, { flaw, on: 'all', statements: new Map() })
  for (const { flaws, settled, assets } of believed.judge(place, own.component, own.assets)) {
    for (const flaw of [...flaws, ...settled]) {
      const { statement, primary } = flaw
      if (statement === null) continue
      const known = held.get(primary)
      // What nobody could tell and a statement ends was never owed.
      if (known === undefined && flaw.match.affected === 'no') continue
      const of = known ?? { flaw, on: new Set<string>(), statements: new Map<string, Applied>() }
      held.set(primary, of)
      for (const { inventory } of assets) {
        if (of.on !== 'all') of.on.add(inventory)
        of.statements.set(inventory, { statement, source: believed.sourceOf(statement) })
      }
    }
  }
  return held.values()
}

/** How things stand with the inventories of one organisation, as planning asks. */
export function inventoriesOf({ book }: Pick<ExposureDesk, 'book'>, organisation: string): Inventories {
  const read = new Map<string, { readonly places: ReadonlySet<string>; readonly versions: Map<string, Component[]> }>()
  const of = (inventory: string) => {
    const known = read.get(inventory)
    if (known !== undefined) return known
    const components = book.componentsIn(inventory)
    const versions = Map.groupBy(components, (component) => actionKey({ component }))
    const made = { places: new Set(components.map(matchKey)), versions }
    read.set(inventory, made)
    return made
  }
  const own = (inventory: string) => {
    const asset = book.asset(inventory)
    return asset?.organisation === organisation ? asset : undefined
  }
  return {
    asset: own,
    isUnread: (inventory) => book.passed.has(inventory) && book.asset(inventory) === undefined,
    has: (inventory, place) => of(inventory).places.has(place),
    versions: (inventory, key) => of(inventory).versions.get(key) ?? [],
  }
}
