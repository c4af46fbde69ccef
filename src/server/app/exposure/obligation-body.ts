import type { Component } from '../../../core/exposure/component.ts'
import type { ItemState, ObligationItem, VexClaim } from '../../../core/exposure/obligation/item/item.ts'
import type { ItemEvent } from '../../../core/exposure/obligation/item/item-event.ts'
import { assetStandings } from '../../../core/exposure/obligation/item/standing.ts'
import { sayClaim } from '../../../core/exposure/vex/say-claim.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import type { ObligationRow } from '../../store/obligation.ts'
import { OpenedBodies } from './opened-bodies.ts'

/** Something that was done, as the report tells it. Who did it stays inside the organisation. */
export interface ActNote {
  readonly at: number
  readonly how: ItemEvent['type'] | 'assets-joined'
  readonly says: string
  readonly assets: readonly string[] | null
}

/** What is sealed of an obligation. */
export interface ObligationBody {
  readonly item: ObligationItem
  readonly component: Component
  /** What the component is to matching (`matchKey`), and its package (`actionKey`). */
  readonly place: string
  readonly packageKey: string
  /** Primary id of the flaw when it was last seen, and its other names. */
  readonly flaw: string
  readonly ids: readonly string[]
  readonly summary: string
  readonly fixed: string | null
  readonly weak: boolean
  readonly assetClass: string
  /** Inventories whose assets have it now. */
  readonly assets: readonly string[]
  /** Inventories whose assets had it when the records held it affected no longer. */
  readonly stood?: readonly string[]
  /** What was done, the latest last; at most 500. */
  readonly notes: readonly ActNote[]
  /** Statements that are believed and end nothing; rows of before there were any have none. */
  readonly statements?: readonly KeptStatement[]
  /** Assets on which the organisation opened again what a statement had ended: none ends it there. */
  readonly overruled?: readonly string[]
}

/** A statement that is shown beside an obligation. */
export interface KeptStatement extends Omit<VexClaim, 'status' | 'source'> {
  readonly status: 'affected' | 'under-investigation'
  readonly source: Exclude<VexClaim['source'], 'operator' | 'records'>
  readonly assets: readonly string[]
}

export const MOST_STATEMENTS = 20

export interface KeptObligation extends ObligationBody {
  readonly row: ObligationRow
  readonly key: Buffer
}

const MOST_NOTES = 500
const seat = (id: string) => `obligation/${id}/body`

/** By key store: the same rows are read for every list and every change. */
const opened = new WeakMap<object, OpenedBodies<ObligationBody>>()

function bodiesOf(keys: Ground['keys']): OpenedBodies<ObligationBody> {
  const known = opened.get(keys)
  if (known !== undefined) return known
  const made = new OpenedBodies<ObligationBody>()
  opened.set(keys, made)
  return made
}

/** An obligation out of its row; null where its key is gone. */
export function openObligation({ keys }: Pick<Ground, 'keys'>, row: ObligationRow): KeptObligation | null {
  const [key] = keys.get([row.key_slot])
  if (!key) {
    bodiesOf(keys).forget(row.id)
    return null
  }
  return { ...bodiesOf(keys).of(row.id, row.body, () => openJson<ObligationBody>(key, row.body, seat(row.id))), row, key }
}

/** What is taken out with its key is not remembered either. */
export function forgetObligations({ keys }: Pick<Ground, 'keys'>, ids: readonly string[]): void {
  for (const id of ids) bodiesOf(keys).forget(id)
}

/** The row of an obligation as it is to be kept. */
export function obligationRow(
  ground: Pick<Ground, 'random'>,
  named: Pick<ObligationRow, 'organisation_id' | 'id' | 'version' | 'key_slot' | 'digest' | 'place_digest' | 'flaw_digest'>,
  key: Uint8Array,
  body: ObligationBody,
  now: Instant,
): ObligationRow {
  const { standing, open, settled, held } = tallyAssets(body, now)
  return {
    organisation_id: named.organisation_id,
    id: named.id,
    version: named.version,
    key_slot: named.key_slot,
    digest: named.digest,
    place_digest: named.place_digest,
    flaw_digest: named.flaw_digest,
    standing,
    due_at: body.item.dating.due,
    until_at: body.item.deferral?.until ?? null,
    open_assets: open.length,
    settled_assets: settled.length,
    held_assets: held.length,
    body: sealJson(key, body, seat(named.id), ground.random),
  }
}

/**
 * How the assets that have or had it stand, and what the whole comes to. `held`: those that have it and are held not affected, which
 * counts neither as open nor as settled. A settled whole is settled on every asset.
 */
export function tallyAssets(
  { item, assets }: Pick<ObligationBody, 'item' | 'assets'>,
  now: Instant,
): {
  readonly standing: ItemState
  readonly open: readonly string[]
  readonly settled: readonly string[]
  readonly held: readonly string[]
} {
  if (item.state === 'not-affected') return { standing: 'not-affected', open: [], settled: [], held: [] }
  const of = assetStandings(item, now)
  const all = [...new Set([...assets, ...item.parts.flatMap((part) => part.assets)])]
  const isOpen = (asset: string) => of(asset) === 'open' || of(asset) === 'deferred'
  const open = all.filter(isOpen)
  const settled = all.filter((asset) => !isOpen(asset) && of(asset) !== 'not-affected')
  const held = assets.filter((asset) => of(asset) === 'not-affected')
  if (open.length > 0) return { standing: of(open[0]!), open, settled, held }
  if (settled.length === 0 && all.length > 0) return { standing: 'not-affected', open, settled, held }
  const standing = settled.some((asset) => of(asset) === 'mitigated') ? 'mitigated' : 'remediated'
  return { standing, open, settled, held }
}

/** What of an event is kept for people; null of those that the item itself tells. */
export function withNotes(notes: readonly ActNote[], events: readonly ItemEvent[]): readonly ActNote[] {
  const more = events.flatMap((event): ActNote[] => {
    const { at, type: how } = event
    switch (event.type) {
      case 'assets-done':
        return [{ at, how, says: event.evidence, assets: event.assets }]
      case 'item-remediated':
      case 'item-mitigated':
        return [{ at, how, says: event.evidence, assets: null }]
      case 'item-deferred':
      case 'item-reopened':
        return [{ at, how, says: event.reason, assets: null }]
      case 'assets-reopened':
        return [{ at, how, says: event.reason, assets: event.assets }]
      case 'deferral-ended':
        return [{ at, how, says: event.why, assets: null }]
      case 'not-affected-stated':
        return [{ at, how, says: sayClaim(event.claim), assets: null }]
      case 'assets-not-affected':
        return [{ at, how, says: sayClaim(event.claim), assets: event.assets }]
      case 'triage-step-done':
        return [{ at, how, says: event.found === null ? event.step : `${event.step}: ${event.found}`, assets: null }]
      default:
        return []
    }
  })
  return more.length === 0 ? notes : [...notes, ...more].slice(-MOST_NOTES)
}

/** By what obligations are found without telling whoever steals the database what they are about. */
export function obligationMacs({ keys }: Pick<Ground, 'keys'>): {
  readonly place: (organisation: string, place: string) => Buffer
  readonly flaw: (name: string) => Buffer
  readonly whole: (organisation: string, place: string, flaw: string, assetClass: string) => Buffer
} {
  const secret = keys.secret('index')
  const [place, flaw, whole] = ['obligation-place', 'exposure-flaw', 'obligation'].map((name) => keyedMac(secret, name))
  const of = (mac: typeof place, text: string) => Buffer.from(mac!(Buffer.from(text)))
  return {
    place: (organisation, key) => of(place, JSON.stringify([organisation, key])),
    flaw: (name) => of(flaw, name.toUpperCase()),
    whole: (organisation, key, name, assetClass) => of(whole, JSON.stringify([organisation, key, name, assetClass])),
  }
}
