import type { ComponentFlaw } from '../../../core/exposure/assess.ts'
import type { Component } from '../../../core/exposure/component.ts'
import type { Facts } from '../../../core/exposure/obligation/facts.ts'
import { openItem } from '../../../core/exposure/obligation/item/decide-item.ts'
import { evolveItem } from '../../../core/exposure/obligation/item/evolve-item.ts'
import type { ObligationItem, VexClaim } from '../../../core/exposure/obligation/item/item.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import { formatInstant, type Instant, instant } from '../../../core/kernel/instant.ts'
import type { HeldAsset } from './inventory-book.ts'
import { type ObligationBody, withNotes } from './obligation-body.ts'
import { type Told, tell, underFacts } from './obligation-change.ts'
import { type Arrival, firstFound, joinedNotes, withArrivals } from './obligation-join.ts'
import type { GoesBy } from './obligation-rule.ts'
import { HELD_AGAIN, keptStatements, sameStatements, underStatements } from './obligation-stated.ts'

/** An obligation that the inventories and records call for now. */
export interface Wanted {
  /** What it is found by: component, flaw and class. */
  readonly name: string
  readonly place: string
  readonly packageKey: string
  readonly assetClass: string
  readonly flaw: ComponentFlaw
  readonly facts: Facts
  readonly assets: readonly HeldAsset[]
  /** By inventory: the statement that decides there, where one does. */
  readonly statements: ReadonlyMap<string, Applied>
}

/** A statement that is believed, and how it came here. */
export interface Applied {
  readonly statement: VexStatement
  readonly source: Exclude<VexClaim['source'], 'operator' | 'records'>
}

/** An obligation as it is kept, by name. */
export interface Held extends ObligationBody {
  readonly name: string
}

/** How things stand with the inventories. */
export interface Inventories {
  readonly asset: (inventory: string) => HeldAsset | undefined
  /** Whether one is there that cannot be read: what is owed on its asset stays as it is. */
  readonly isUnread: (inventory: string) => boolean
  readonly has: (inventory: string, place: string) => boolean
  /** Versions of a package that an inventory has now. */
  readonly versions: (inventory: string, packageKey: string) => readonly Component[]
}

export interface Plan {
  readonly put: readonly { readonly name: string; readonly body: ObligationBody }[]
  readonly drop: readonly string[]
}

/**
 * What becomes of kept obligations under what is called for now. `inScope` says of which components all that is called for is known.
 * An asset that got another version or another class takes its obligation along with dates, history and what was done; what an
 * inventory shows as mended is remediated with that as evidence; what an inventory lists again is open again.
 */
export function planObligations(
  held: readonly Held[],
  wanted: readonly Wanted[],
  {
    rule,
    now,
    inScope,
    inventories,
    id,
  }: {
    readonly rule: GoesBy
    readonly now: Instant
    readonly inScope: (place: string) => boolean
    readonly inventories: Inventories
    /** Of the obligation of that name. */
    readonly id: (name: string) => string
  },
): Plan {
  const byName = new Map(held.map((one) => [one.name, one]))
  // By every name of a flaw: it may go by another one since.
  const byFlaw = new Map<string, Held[]>()
  for (const one of held)
    for (const flaw of one.ids)
      byFlaw.set(`${one.packageKey}\n${flaw}`, [...(byFlaw.get(`${one.packageKey}\n${flaw}`) ?? []), one])
  const kinOf = ({ packageKey, flaw }: Wanted) => flaw.ids.flatMap((one) => byFlaw.get(`${packageKey}\n${one}`) ?? [])
  const wants = new Map(
    wanted.map((want) => [want.name, { want, assets: new Set(want.assets.map(({ inventory }) => inventory)) }]),
  )
  const wantsOf = new Map<string, Wanted[]>()
  for (const want of wanted)
    for (const one of want.flaw.ids) {
      const name = `${want.packageKey}\n${one}`
      const known = wantsOf.get(name)
      if (known === undefined) wantsOf.set(name, [want])
      else known.push(want)
    }
  const hadBy = new Map(held.map((one) => [one.name, new Set(one.assets)]))
  const isNew = (want: Wanted, asset: string) => hadBy.get(want.name)?.has(asset) !== true
  const callers = ({ packageKey, ids }: Held, asset: string) =>
    ids.flatMap((one) => (wantsOf.get(`${packageKey}\n${one}`) ?? []).filter(({ name }) => wants.get(name)!.assets.has(asset)))
  /** Whether an asset goes from one obligation to another: the same thing by another name or in another class, or a version that came for it. */
  const isMove = (from: Held, to: Wanted, asset: string) => to.place === from.place || isNew(to, asset)
  // Asked of each by every one that is wanted of the same flaw.
  const lostBy = new Map<string, readonly string[]>()
  const backBy = new Map<string, ReadonlySet<string>>()
  const put: { name: string; body: ObligationBody }[] = []
  const drop: string[] = []
  const seen = new Set<string>()

  for (const want of wanted) {
    seen.add(want.name)
    const own = byName.get(want.name)
    const base = own ?? donorOf(kinOf(want), want.assets)
    const arrivals = arrivalsAt(want, base)
    const begun = own === undefined ? begin(want, base, rule, now, id(want.name)) : { item: own.item, events: [] }
    const dated = underFacts(withArrivals(begun, arrivals, base), firstFound(want.facts, arrivals), rule, now)
    const fresh = reopened(dated, want.assets, rule, now)
    const left = own === undefined ? fresh : afterLoss(fresh, own, wants.get(want.name)!.assets)
    const stated = underStatements(left, want, { base, arrivals }, rule, now)
    const unread = own?.assets.filter(inventories.isUnread) ?? []
    const body = bodyOf(want, base, { arrivals, back: backTo(want, base) }, { told: stated, unread }, now)
    if (own === undefined || !sameBody(own, body)) put.push({ name: want.name, body })
  }
  for (const own of held) {
    if (seen.has(own.name)) continue
    const before = { item: own.item, events: [] }
    if (!inScope(own.place)) {
      const { item } = stripped(before, backFrom(own))
      const { name, ...body } = own
      if (item !== own.item && item.parts.length === 0 && own.assets.length === 0) drop.push(name)
      else if (item !== own.item) put.push({ name, body: { ...body, item } })
      continue
    }
    const told = afterLoss(before, own, new Set())
    const { assets: all, stood: stoodBefore, name, ...rest } = own
    const unread = all.filter(inventories.isUnread)
    const assets = all.filter((asset) => !unread.includes(asset))
    const isSpared = told.item.state === 'not-affected'
    const stood = isSpared ? (stoodBefore ?? assets).filter((asset) => !isGone(asset)) : undefined
    // What only inventories had that were dropped goes with them.
    const nothing = told.item.parts.length === 0 && unread.length === 0 && (stood === undefined || stood.length === 0)
    if (nothing) drop.push(name)
    else if (assets.length > 0 || told.item !== own.item || stood?.length !== stoodBefore?.length) {
      const left = { ...rest, ...(stood === undefined ? {} : { stood }) }
      put.push({ name, body: { ...left, item: told.item, assets: unread, notes: withNotes(own.notes, told.events) } })
    }
  }
  return { put, drop }

  function arrivalsAt(want: Wanted, base: Held | undefined): Arrival[] {
    const found: Arrival[] = []
    for (const from of new Set(kinOf(want))) {
      if (from === base || from.item.state === 'not-affected') continue
      const here = wants.get(want.name)!.assets
      const assets = lostFrom(from).filter((asset) => here.has(asset) && isMove(from, want, asset))
      if (assets.length > 0) found.push({ from, assets })
    }
    // The same on every process, whichever was written first.
    return found.sort((a, b) => byStart(a.from, b.from))
  }

  function lostFrom(own: Held): readonly string[] {
    const known = lostBy.get(own.name)
    if (known !== undefined) return known
    const stay = wants.get(own.name)?.assets
    const lost = inScope(own.place) ? own.assets.filter((asset) => stay?.has(asset) !== true) : []
    lostBy.set(own.name, lost)
    return lost
  }

  /** Assets that were settled here and have the flaw again in another version: they are not both. */
  function backFrom(own: Held): ReadonlySet<string> {
    const known = backBy.get(own.name)
    if (known !== undefined) return known
    const had = hadBy.get(own.name)!
    const settled = own.item.parts.flatMap(({ assets }) => assets).filter((asset) => !had.has(asset))
    const back = settled.filter((asset) => callers(own, asset).some((to) => to.name !== own.name && isNew(to, asset)))
    backBy.set(own.name, new Set(back))
    return backBy.get(own.name)!
  }

  function backTo(want: Wanted, base: Held | undefined): Arrival[] {
    const here = wants.get(want.name)!.assets
    const found = [...new Set(kinOf(want))].flatMap((from): Arrival[] => {
      const assets = from === base ? [] : [...backFrom(from)].filter((asset) => here.has(asset) && isNew(want, asset))
      return assets.length === 0 ? [] : [{ from, assets }]
    })
    return found.sort((a, b) => byStart(a.from, b.from))
  }

  function isGone(asset: string): boolean {
    return inventories.asset(asset) === undefined && !inventories.isUnread(asset)
  }

  function afterLoss(told: Told, own: Held, stay: ReadonlySet<string>): Told {
    const moved: string[] = []
    const unaffected: string[] = []
    let after = told
    const gone = new Set([...own.assets, ...told.item.parts.flatMap(({ assets }) => assets)].filter(isGone))
    const fixed = new Map<string, string[]>()
    for (const asset of own.assets) {
      if (stay.has(asset) || gone.has(asset) || inventories.isUnread(asset)) continue
      const callersHere = callers(own, asset)
      if (callersHere.some((to) => isMove(own, to, asset))) moved.push(asset)
      else if (inventories.has(asset, own.place)) unaffected.push(asset)
      else {
        const others = new Set(callersHere.map(({ flaw }) => flaw.component.version))
        const says = evidenceOf(own, inventories.versions(asset, own.packageKey), inventories.asset(asset)!, others)
        fixed.set(says, [...(fixed.get(says) ?? []), asset])
      }
    }
    for (const [evidence, assets] of fixed) after = tell(after, { do: 'remediate', assets, evidence }, rule, now)
    after = stripped(after, new Set([...gone, ...moved, ...backFrom(own)]))
    if (unaffected.length > 0) {
      const isWhole = stay.size === 0 && after.item.parts.length === 0
      const done = new Set(after.item.parts.flatMap((part) => part.assets))
      const assets = isWhole ? 'all' : unaffected.filter((asset) => !done.has(asset))
      after = tell(after, { do: 'state-not-affected', assets, claim: { ...NO_LONGER_HELD, at: now } }, rule, now)
    }
    return after
  }
}

const NO_LONGER_HELD = {
  author: 'weir',
  source: 'records',
  document: null,
  status: 'not-affected',
  justification: 'The records no longer hold it affected.',
  detail: null,
} as const

/** The obligation that some of these assets bring along: the one found first. */
function donorOf(kin: readonly Held[], assets: readonly HeldAsset[]): Held | undefined {
  const named = new Set(assets.map(({ inventory }) => inventory))
  const donors = kin.filter((one) => one.item.state !== 'not-affected' && one.assets.some((asset) => named.has(asset)))
  return donors.toSorted(byStart)[0]
}

function byStart(a: Held, b: Held): number {
  return (a.item.facts.identified ?? 0) - (b.item.facts.identified ?? 0) || (a.name < b.name ? -1 : 1)
}

function begin(want: Wanted, donor: Held | undefined, rule: GoesBy, now: Instant, id: string): Told {
  if (donor === undefined) {
    const opened = openItem(null, id, want.facts, rule.choice, { by: null, now, directive: rule.directive })
    if (!opened.ok) throw new Error('nothing stands in the way of a new obligation')
    return { item: opened.events.reduce<ObligationItem | null>(evolveItem, null)!, events: [] }
  }
  const named = new Set(want.assets.map(({ inventory }) => inventory))
  const parts = donor.item.parts
    .map((part) => ({ ...part, assets: part.assets.filter((asset) => named.has(asset)) }))
    .filter(({ assets }) => assets.length > 0)
  return { item: { ...donor.item, id, parts }, events: [] }
}

/** What an inventory lists although it was said to be mended, or that nobody held affected any more, is open again. */
function reopened(told: Told, assets: readonly HeldAsset[], rule: GoesBy, now: Instant): Told {
  if (told.item.state === 'not-affected') return tell(told, { do: 'reopen', assets: 'all', reason: HELD_AGAIN }, rule, now)
  const last = new Map<string, { how: string; at: number }>()
  for (const { assets: named, how, at } of told.item.parts) for (const asset of named) last.set(asset, { how, at })
  const back = assets.filter(({ inventory, receivedAt }) => {
    const part = last.get(inventory)
    return part?.how === 'remediated' && receivedAt > part.at
  })
  if (back.length === 0) return told
  const reason = `The inventory received on ${formatInstant(instant(Math.max(...back.map(({ receivedAt }) => receivedAt))))} still lists it.`
  return tell(told, { do: 'reopen', assets: back.map(({ inventory }) => inventory), reason }, rule, now)
}

function evidenceOf(
  { component }: Held,
  versions: readonly Component[],
  { receivedAt }: HeldAsset,
  flawed: ReadonlySet<string | null>,
): string {
  const at = formatInstant(instant(receivedAt))
  const now = versions.flatMap(({ version }) => version ?? []).slice(0, 5)
  const name = component.name.slice(0, 200)
  const list = now.map((version) => version.slice(0, 100)).join(', ')
  if (now.length === 0) return `The inventory received on ${at} no longer lists ${name}.`
  if (flawed.size > 0)
    return `The inventory received on ${at} no longer lists ${name} ${(component.version ?? '').slice(0, 100)}; what is left of it there, ${list}, is owed by itself.`
  return `The inventory received on ${at} lists ${name} ${list}, which does not have this flaw.`
}

/** The item without what it says of some assets; not an act of anybody, so no event. */
function stripped({ item, events }: Told, assets: ReadonlySet<string>): Told {
  if (!item.parts.some((part) => part.assets.some((asset) => assets.has(asset)))) return { item, events }
  const parts = item.parts
    .map((part) => ({ ...part, assets: part.assets.filter((asset) => !assets.has(asset)) }))
    .filter((part) => part.assets.length > 0)
  return { item: { ...item, parts, version: item.version + 1 }, events }
}

function bodyOf(
  want: Wanted,
  before: Held | undefined,
  { arrivals, back }: { readonly arrivals: readonly Arrival[]; readonly back: readonly Arrival[] },
  { told, unread }: { readonly told: Told; readonly unread: readonly string[] },
  now: Instant,
): ObligationBody {
  const { flaw, place, packageKey, assetClass, assets } = want
  const { component, primary, ids, match, records } = flaw
  const named = new Set([...assets.map(({ inventory }) => inventory), ...unread])
  const overruled = arrivals.flatMap(({ from, assets: came }) => from.overruled?.filter((one) => came.includes(one)) ?? [])
  return {
    item: told.item,
    component,
    place,
    packageKey,
    flaw: primary,
    ids,
    summary: (records.find(({ record }) => record.summary !== '')?.record.summary ?? '').slice(0, 1_000),
    fixed: match.fixed,
    weak: match.by === 'cpe',
    assetClass,
    assets: [...named].sort(),
    notes: withNotes(joinedNotes(before?.notes ?? [], arrivals, back, now), told.events),
    statements: keptStatements(want),
    overruled: [...new Set([...(before?.overruled ?? []), ...overruled])].filter((asset) => named.has(asset)),
  }
}

function sameBody(own: Held, body: ObligationBody): boolean {
  return (
    own.item === body.item &&
    own.fixed === body.fixed &&
    own.summary === body.summary &&
    own.ids.join(' ') === body.ids.join(' ') &&
    sameStatements(own.statements, body.statements) &&
    own.assets.length === body.assets.length &&
    own.assets.every((asset, n) => asset === body.assets[n])
  )
}
