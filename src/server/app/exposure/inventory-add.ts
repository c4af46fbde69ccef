import { sql } from 'kysely'
import type { AssetTags, InventoryWhole } from '../../../contract/shapes/exposure.ts'
import { presentExposure } from '../../../core/access/present/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { NO_TAGS } from '../../../core/exposure/component.ts'
import type { Distribution } from '../../../core/exposure/distribution.ts'
import { newId } from '../../../core/kernel/id.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { countInventories, INVENTORIES_CHANGED, inventoryOfAsset, putInventory } from '../../store/inventory.ts'
import { countObligations } from '../../store/obligation.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { assetDigest, type InventoryBody, openInventory, sealContents, sealInventory } from './inventory-body.ts'
import type { Room } from './inventory-book.ts'
import { type Owes, readOwes } from './inventory-owes.ts'
import { type ReadingLimits, readInventoryBody } from './inventory-reading.ts'
import { sizeOfStated } from './inventory-states.ts'
import { wholeInventory } from './inventory-views.ts'
import { obligationMacs } from './obligation-body.ts'
import { ReadingPlaces } from './reading-places.ts'
import { type Pace, steadyBody } from './steady-body.ts'

/** What one organisation may keep, and how uploads must come. */
export interface KeepingLimits extends ReadingLimits {
  readonly inventories: number
  /** What one organisation takes of the memory that all share. */
  readonly room: Room
  /** Obligations of one organisation: they are read and written together, while others wait. */
  readonly owed: number
  readonly places: ReadingPlaces
  readonly pace: Pace
}

// Bytes of one upload, unpacked, and distinct components of one asset. An organisation leaves places to others.
const LIMITS: KeepingLimits = {
  bytes: 500 << 20,
  distinct: 200_000,
  inventories: 2_000,
  owed: 100_000,
  room: { rows: 10_000_000, distinct: 500_000, stated: 64 << 20 },
  places: new ReadingPlaces(6, 4),
  pace: { bytes: 256 << 10, ms: 30_000 },
}

export interface GivenInventory {
  readonly asset: string
  /** Null: an asset that is known keeps its tags. */
  readonly tags: AssetTags | null
  readonly name: string | null
  readonly distribution?: Distribution | null
  readonly source: AsyncIterable<Uint8Array>
}

/** Keeps the inventory of an asset of the caller's organisation, sealed under a key of its own, in place of the one before. */
export async function addInventory(
  desk: ExposureDesk,
  who: Principal,
  { asset, tags, name, distribution = null, source }: GivenInventory,
  limits: KeepingLimits = LIMITS,
): Promise<Answer<Presented<InventoryWhole>>> {
  const { organisation } = who
  if (organisation === null) return NOT_FOUND
  if (asset.trim() === '' || asset.length > 200)
    return denied('request.invalid', 'Name the asset, in at most 200 characters.', 'asset')
  const leave = limits.places.take(organisation)
  if (leave === null) return denied('server.unavailable', 'Other inventories are being read; try again in a moment.')
  const read = await readInventoryBody(steadyBody(source, limits.pace), name, limits, distribution).finally(leave)
  if (!read.ok) return read
  const { kind, subject, components, stated, unmatched, set } = read.value
  const [key] = await desk.keys.allocate(1)
  const { slot, key: fresh } = key!
  let kept = false
  let former: number | null = null
  let ready: Owes | null = null
  try {
    const owes = await readOwes(desk, components, limits.owed)
    ready = owes
    const stored = await inTransaction(desk.store, { organisation }, async (tx) => {
      kept = false
      const now = desk.clock()
      const digest = assetDigest(desk, organisation, asset)
      const before = await inventoryOfAsset(tx, organisation, digest)
      if (before === undefined && (await countInventories(tx, organisation)) >= limits.inventories)
        return denied('quota.exceeded', `An organisation keeps at most ${limits.inventories} inventories.`)
      const full = fullOf(desk.book.roomOf(organisation, before?.id ?? null, components, sizeOfStated(stated)), limits.room)
      if (full !== null) return denied('quota.exceeded', full)
      const places = obligationMacs(desk).place
      const about = () => owes.places.map((key) => places(organisation, key))
      if (owes.records > limits.owed || (await otherOwed(tx, organisation, owes.records, limits.owed, about)) > limits.owed)
        return denied(
          'quota.exceeded',
          `An organisation owes at most ${limits.owed} things; this inventory has too many flaws.`,
        )
      const known = before === undefined ? null : openInventory(desk, before)
      const body: InventoryBody = {
        asset,
        tags: tags ?? known?.tags ?? NO_TAGS,
        taggedAt: tags === null ? (known?.taggedAt ?? now) : now,
        format: kind,
        distribution: distribution === null ? null : (distribution.distro ?? distribution.namespace),
        subject,
        components: components.length,
        unmatched,
        set,
      }
      // The asset keeps its id, by which what was done on it is known; its former key is destroyed.
      const id = before?.id ?? newId('inventory', desk.random)
      const row = {
        organisation_id: organisation,
        id,
        version: (before?.version ?? 0) + 1,
        key_slot: slot,
        asset_digest: digest,
        body: sealInventory(desk, fresh, id, body),
        contents: sealContents(desk, fresh, id, { components, stated }),
        received_at: now,
      }
      former = before?.key_slot ?? null
      await putInventory(tx, row)
      await sql`select pg_notify(${INVENTORIES_CHANGED}, '')`.execute(tx.db)
      kept = true
      return done(wholeInventory(row, body))
    })
    if (!stored.ok) return stored
    if (former !== null) await desk.keys.erase([former])
    await desk.follow()
    const shown = presentExposure(who, organisation, { action: 'send', noun: 'inventory' }, stored.value)
    return shown === null ? NOT_FOUND : done(shown)
  } finally {
    ready?.done()
    if (!kept) await desk.keys.erase([slot])
  }
}

/** How many obligations there would be with an inventory of which `records` hold components. */
async function otherOwed(tx: Tx, organisation: string, records: number, most: number, about: () => Buffer[]): Promise<number> {
  const now = records === 0 ? 0 : await countObligations(tx, organisation)
  // What it has already is owed already.
  return now + records <= most ? now + records : now + records - (await countObligations(tx, organisation, about()))
}

/** Of what there would be too much; null: of nothing. */
function fullOf({ rows, distinct, stated }: Room, most: Room): string | null {
  if (rows > most.rows) return `The inventories of an organisation have at most ${most.rows} components.`
  if (distinct > most.distinct) return `The inventories of an organisation have at most ${most.distinct} distinct components.`
  return stated > most.stated ? `What the inventories of an organisation state has at most ${most.stated} characters.` : null
}
