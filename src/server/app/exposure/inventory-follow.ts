import { setImmediate } from 'node:timers/promises'
import { instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { inventoriesById, inventoryVersions } from '../../store/inventory.ts'
import { owingOrganisations } from '../../store/obligation.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { openContents, openInventory } from './inventory-body.ts'
import { InventoryBook } from './inventory-book.ts'
import { readInventoryStates } from './inventory-states.ts'
import type { KnownBook, KnownChange } from './known-book.ts'
import { syncObligations } from './obligation-sync.ts'
import { OwnVexBook } from './own-vex-book.ts'
import { readOwnVex } from './own-vex-follow.ts'
import { readOrTell, type Unread } from './unread-rows.ts'

const AT_ONCE = 50
const MOST_LOOKS = 20

/** A desk whose memory follows the database and the records; `stop` ends that, and waits for what is under way. */
export function openExposureDesk(
  ground: Ground,
  known: KnownBook,
  onError: (error: unknown) => void,
): { readonly desk: ExposureDesk; stop(): Promise<void> } {
  const book = new InventoryBook(known)
  const vex = new OwnVexBook()
  const unread: Unread = { told: new Map(), onError }
  /** Components to look at again, by organisation. */
  const owed = new Map<string, Set<string> | 'all'>()
  let started = false
  let line: Promise<void> = Promise.resolve()
  let stopped = false

  const owe = (organisation: string, places: Iterable<string> | 'all') => {
    const before = owed.get(organisation)
    if (places === 'all' || before === 'all') owed.set(organisation, 'all')
    else if (before === undefined) owed.set(organisation, new Set(places))
    else for (const place of places) before.add(place)
  }
  const onChange = (change: KnownChange) => {
    const touched = book.change(change)
    const all = change.catalogues
    for (const { organisation } of all ? book.assets : []) owe(organisation, 'all')
    if (!all) for (const place of touched) for (const organisation of book.holders(place)) owe(organisation, [place])
    void follow().catch(onError)
  }
  const turn = async () => {
    // What another process keeps meanwhile is read first, however often; what comes in parts is followed when it is whole.
    for (let n = 0; n < MOST_LOOKS; n++) if (!(await look()) || !known.whole) return
  }
  const look = async (): Promise<boolean> => {
    let isBehind = false
    if (stopped) return false
    await readChanges(desk, owe, unread)
    await readOwnVex(desk, owe, unread)
    if (!started) {
      started = true
      // After a start nobody knows what was done last.
      for (const organisation of await inTransaction(ground.store, 'all', owingOrganisations)) owe(organisation, 'all')
      for (const { organisation } of book.assets) owe(organisation, 'all')
    }
    if (!known.loaded || !known.whole) return false
    for (const [organisation, places] of [...owed]) {
      owed.delete(organisation)
      try {
        if ((await syncObligations(desk, organisation, places)) !== null) continue
        owe(organisation, places)
        isBehind = true
      } catch (error) {
        // One organisation's accident is not another's: it is told, and tried again at the next turn.
        owe(organisation, places)
        onError(error)
      }
    }
    return isBehind
  }
  const follow = async () => {
    const next = line.then(turn)
    line = next.catch(() => {})
    await next
  }
  const renew = async (organisation: string) => {
    owe(organisation, 'all')
    await follow()
  }
  const desk: ExposureDesk = { ...ground, known, book, vex, follow, renew }
  const forget = known.onChange(onChange)
  return {
    desk,
    async stop() {
      stopped = true
      forget()
      await line
    },
  }
}

/** Takes over inventories that came, changed or went since this process last looked. */
async function readChanges(
  desk: ExposureDesk,
  owe: (organisation: string, places: Iterable<string> | 'all') => void,
  unread: Unread,
): Promise<void> {
  const { book } = desk
  const versions = await inTransaction(desk.store, 'all', async (tx) => await inventoryVersions(tx))
  const there = new Set(versions.map(({ id }) => id))
  for (const { inventory, organisation } of [...book.assets]) {
    if (there.has(inventory)) continue
    owe(organisation, book.remove(inventory))
    // What was done on it stands in obligations of components that it had no more.
    owe(organisation, 'all')
  }
  for (const id of [...book.passed.keys()]) if (!there.has(id)) book.passed.delete(id)
  const changed = versions.filter(({ id, version }) => book.asset(id)?.version !== version && unread.told.get(id) !== version)
  for (let from = 0; from < changed.length; from += AT_ONCE) {
    const ids = changed.slice(from, from + AT_ONCE).map(({ id }) => id)
    const rows = await inTransaction(desk.store, 'all', async (tx) => await inventoriesById(tx, ids))
    for (const row of rows) {
      // One of 200,000 components takes a second or two: others have their turn before each.
      await setImmediate()
      readOrTell(row, unread, () => {
        const body = openInventory(desk, row)
        const contents = openContents(desk, row)
        if (body === null || contents === null) return
        const { asset, tags } = body
        const held = { organisation: row.organisation_id, inventory: row.id, version: row.version, asset, tags }
        const states = readInventoryStates(body, contents.stated)
        const touched = book.put({ ...held, ...states, receivedAt: instant(row.received_at) }, contents.components)
        owe(row.organisation_id, touched)
      })
      if (book.asset(row.id)?.version === row.version) book.passed.delete(row.id)
      else book.passed.set(row.id, row.version)
    }
  }
}
