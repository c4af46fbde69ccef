import { setImmediate } from 'node:timers/promises'
import type { CheckOut } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { assess, type ComponentMatches, matchKey } from '../../../core/exposure/assess.ts'
import { type AssetTags, type Component, NO_TAGS } from '../../../core/exposure/component.ts'
import type { Distribution } from '../../../core/exposure/distribution.ts'
import { findingObject, heldObject } from '../../../core/exposure/finding-object.ts'
import { classKey } from '../../../core/exposure/obligation/asset-class.ts'
import { classOf } from '../../../core/exposure/obligation/facts.ts'
import { oweFlaw } from '../../../core/exposure/owed-flaw.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { formatInstant } from '../../../core/kernel/instant.ts'
import { inTransaction } from '../../store/connection.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { Believed } from './believed.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { type ReadingLimits, readInventoryBody } from './inventory-reading.ts'
import { readInventoryStates } from './inventory-states.ts'
import { loadRule } from './obligation-rule.ts'
import { ReadingPlaces } from './reading-places.ts'
import { steadyBody } from './steady-body.ts'

/** Smaller than what is kept: the answer is made while the asker waits. */
const LIMITS: ReadingLimits = {
  bytes: 64 << 20,
  distinct: 50_000,
  // Of what matches nothing nobody needs to know whether it stands there twice.
  same: (component: Component) =>
    component.purl !== null && component.cpes.length + component.marks.length === 0 ? component.purl : matchKey(component),
}

/** Records that hold one of its components, each by itself: the answer is made at once, in memory. */
const MOST_MATCHES = 50_000
const PLACES = new ReadingPlaces(32, 16)
const PACE = { bytes: 256 << 10, ms: 30_000 }
/** Components after which others have their turn. */
const AT_ONCE = 2_000

export interface GivenCheck {
  readonly name: string | null
  readonly exposure: AssetTags['exposure']
  readonly distribution?: Distribution | null
  readonly source: AsyncIterable<Uint8Array>
}

/** Holds one inventory against the records, by the caller's rule. Nothing of it is kept, counted or logged. */
export async function checkInventory(
  desk: ExposureDesk,
  who: Principal,
  given: GivenCheck,
  places: ReadingPlaces = PLACES,
): Promise<Answer<Presented<CheckOut>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  const leave = places.take(organisation)
  if (leave === null) return denied('server.unavailable', 'Other inventories are being read; try again in a moment.')
  return await checked(desk, who, organisation, given).finally(leave)
}

async function checked(
  desk: ExposureDesk,
  who: Principal,
  organisation: Id<'organisation'>,
  { name, exposure, distribution = null, source }: GivenCheck,
): Promise<Answer<Presented<CheckOut>>> {
  const { known } = desk
  if (!known.loaded) return denied('exposure.reading', 'The server is still reading records; ask again in a minute.')
  const [read, { rule }] = await Promise.all([
    readInventoryBody(steadyBody(source, PACE), name, LIMITS, distribution),
    inTransaction(desk.store, { organisation }, async (tx) => await loadRule(desk, tx, organisation)),
  ])
  if (!read.ok) return read
  const { kind, components, unmatched, set, subject, stated } = read.value
  const matched = new Map<string, ComponentMatches>()
  let held = 0
  for (const [n, component] of components.entries()) {
    if (n % AT_ONCE === AT_ONCE - 1) await setImmediate()
    const matches = known.lookUp(component)
    if (matches.length === 0) continue
    const key = matchKey(component)
    if (matched.has(key)) continue
    matched.set(key, { component, matches })
    held += matches.length
    if (held > MOST_MATCHES)
      return denied(
        'inventory.refused',
        `More than ${MOST_MATCHES} records hold its components; bring it in parts.`,
        component.place,
      )
  }
  const found = [...matched.values()]
  const vex = new Believed(desk, organisation, rule).given(
    found,
    readInventoryStates({ asset: 'the request', subject }, stated),
  )
  const { affected, unknown, settled } = assess(found, { groupOf: (id) => known.groupOf(id) }, vex)
  const tags: AssetTags = { ...NO_TAGS, exposure }
  const on = {
    name: classKey(rule.directive, tags),
    assets: [],
    said: classOf(tags, { source: 'the request', at: null }),
    support: { supported: null, edge: false },
  }
  const now = desk.clock()
  const duty = { directive: rule.directive, choice: rule.choice, identified: now, bound: rule.bound }
  const owed = affected
    .map((flaw) => oweFlaw(flaw, known.signals, on, duty))
    .sort(
      (a, b) =>
        (a.obligation.due ?? Infinity) - (b.obligation.due ?? Infinity) || b.obligation.tier.rank - a.obligation.tier.rank || 0,
    )
  const { records, newest } = known.size
  const out = {
    format: kind,
    components: components.length,
    unmatched,
    set: [...set],
    findings: owed.map((one) => findingObject(one, now) as Record<string, unknown>),
    settled: settled.map((flaw) => heldObject(flaw, []) as Record<string, unknown>),
    unknown: unknown.map((flaw) => heldObject(flaw, []) as Record<string, unknown>),
    records: { count: records, newest: newest === null ? null : formatInstant(newest) },
  }
  const shown = presentExposure(who, organisation, { action: 'read', noun: 'inventory' }, out)
  return shown === null ? NOT_FOUND : done(shown)
}
