import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Principal } from '../../../core/access/principal.ts'
import type { AdvisoryRecord } from '../../../core/exposure/advisory-record.ts'
import { about } from '../../../core/exposure/advisory-samples.ts'
import { newId } from '../../../core/kernel/id.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { brokenStore, Cut } from '../../../devkit/broken-store.ts'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { freshDatabase } from '../../../devkit/pg.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { deleteInventory, inventoriesOf, putInventoryBody } from '../../store/inventory.ts'
import { deleteObligations, type ObligationRow, obligationsOf } from '../../store/obligation.ts'
import { actAction } from './action-act.ts'
import { readActions } from './action-list.ts'
import type { ExposureDesk } from './exposure-desk.ts'
import { addInventory } from './inventory-add.ts'
import { openExposureDesk } from './inventory-follow.ts'
import { KnownMemory } from './known-memory.ts'
import { openObligation } from './obligation-body.ts'
import { syncObligations } from './obligation-sync.ts'

const EDITIONS = { kev: null, epss: null }
const DAY = 86_400_000

describe('obligations are brought in line', () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let ground: Ground
  let now = Date.UTC(2026, 10, 21, 12)

  before(async () => {
    database = await freshDatabase()
    const clock = () => instant(now)
    ground = {
      store: database.store,
      keys: database.keys,
      blobs: memoryBlobs(),
      clock,
      random: (length) => randomBytes(length),
    }
  })
  after(async () => await database.close())

  test('by a process that holds the present inventories only', async () => {
    const who = operator()
    const [one, other] = [await process(), await process()]
    await one.add(who, 'a', '1.0.0')
    await other.desk.follow()
    await one.add(who, 'a', '2.0.0')
    const settled = await rowsOf(who)
    assert.equal(await syncObligations(other.desk, who.organisation!, 'all'), null)
    assert.deepEqual(await rowsOf(who), settled)
    await other.desk.follow()
    assert.deepEqual(await syncObligations(other.desk, who.organisation!, 'all'), { written: 0, dropped: 0 })
    assert.deepEqual(await rowsOf(who), settled)
    await Promise.all([one.stop(), other.stop()])
  })

  test('when a large change is whole: a flaw that stands between two names is not ended', async () => {
    const who = operator()
    const one = await process()
    await one.add(who, 'a', '1.0.0')
    const [held] = await kept(who)
    const { actions } = await inTransaction(ground.store, { organisation: who.organisation! }, async (tx) =>
      readActions(one.desk, tx, who.organisation!),
    )
    const until = new Date(now + 5 * DAY).toISOString()
    assert.ok((await actAction(one.desk, who, actions[0]!.id, { do: 'defer', until, reason: 'later' }, null)).ok)
    const filling = Array.from({ length: 2_500 }, (_, n) => flawed(`GHSA-other-${n}`, `other-${n}`))
    const gone = { ...flawed('GHSA-1', 'a'), withdrawn: instant(1) }
    await one.learn([gone, ...filling, flawed('CVE-2026-0001', 'a')])
    const [after] = await kept(who)
    assert.equal(after!.flaw, 'CVE-2026-0001')
    assert.equal(after!.item.state, 'deferred')
    assert.deepEqual([after!.item.openedAt, after!.item.dating.due], [held!.item.openedAt, held!.item.dating.due])
    assert.deepEqual(
      after!.notes.map(({ how }) => how),
      ['item-deferred'],
    )
    await one.stop()
  })

  test('where the key of one is gone, it is found anew', async () => {
    const who = operator()
    const one = await process()
    await one.add(who, 'a', '1.0.0')
    const [row] = await rowsOf(who)
    await ground.keys.erase([row!.key_slot])
    now += DAY
    await one.desk.renew(who.organisation!)
    const [found] = await kept(who)
    assert.notEqual(found!.item.id, row!.id)
    assert.equal(found!.item.facts.identified, now)
    assert.deepEqual(one.accidents, [])
    await one.stop()
  })

  test('but not where an inventory cannot be read: what is owed on its asset stays, with what was done', async () => {
    const who = operator()
    const one = await process()
    await one.add(who, 'a', '1.0.0')
    await one.add(who, 'b', '1.0.0')
    const settled = await rowsOf(who)
    const organisation = who.organisation!
    const [first, second] = await inTransaction(ground.store, { organisation }, async (tx) => inventoriesOf(tx, organisation))
    await inTransaction(ground.store, { organisation }, async (tx) =>
      putInventoryBody(tx, { ...first!, body: Buffer.from('not what was sealed') }),
    )
    const drop = (id: string) =>
      inTransaction(ground.store, { organisation }, async (tx) => deleteInventory(tx, organisation, id))
    const next = await process()
    await next.desk.follow()
    assert.deepEqual(await rowsOf(who), settled)
    await drop(second!.id)
    await next.desk.follow()
    assert.deepEqual(
      (await kept(who)).map(({ assets }) => assets),
      [[first!.id]],
    )
    await drop(first!.id)
    await next.desk.renew(organisation)
    assert.deepEqual(await rowsOf(who), [])
    await Promise.all([one.stop(), next.stop()])
  })

  test('and kept with their keys where the answer to a commit is lost', async () => {
    const who = operator()
    const one = await process()
    await one.desk.follow()
    let isArmed = true
    const store = brokenStore(database.store, (statement) => {
      if (!isArmed || statement !== 'commit') return 'well'
      isArmed = false
      return 'unheard'
    })
    await one.add(who, 'a', '1.0.0')
    const [row] = await rowsOf(who)
    await one.add(who, 'b', '1.0.0')
    await inTransaction(ground.store, { organisation: who.organisation! }, async (tx) =>
      deleteObligations(tx, who.organisation!, [row!.id]),
    )
    await assert.rejects(syncObligations({ ...one.desk, store }, who.organisation!, 'all'), Cut)
    const [made] = await rowsOf(who)
    assert.notEqual(made!.id, row!.id)
    assert.notEqual(openObligation(ground, made!), null)
    assert.deepEqual(await syncObligations(one.desk, who.organisation!, 'all'), { written: 0, dropped: 0 })
    await one.stop()
  })

  function operator(): Principal {
    const [person, organisation] = [newId('person', ground.random), newId('organisation', ground.random)]
    return { kind: 'person', person, organisation, roles: ['operator'], scopes: ['exposure:read', 'exposure:act'] }
  }

  async function rowsOf({ organisation }: Principal): Promise<ObligationRow[]> {
    return await inTransaction(ground.store, { organisation: organisation! }, async (tx) => obligationsOf(tx, organisation!))
  }

  async function kept(who: Principal) {
    return (await rowsOf(who)).map((row) => openObligation(ground, row)!)
  }

  async function process() {
    const accidents: unknown[] = []
    const known = new KnownMemory()
    const { desk, stop } = openExposureDesk(ground, known, (error) => accidents.push(error))
    let version = 0
    const learn = async (records: readonly AdvisoryRecord[]) => {
      const said = records.map((body) => ({ kind: 'record', source: body.source, id: body.id, body }) as const)
      await known.apply(said, EDITIONS, ++version)
      await desk.follow()
    }
    await known.apply([], EDITIONS, 0)
    await learn([{ ...flawed('GHSA-1', 'a'), aliases: ['CVE-2026-0001'] }])
    const add = async (who: Principal, asset: string, installed: string) => await keep(desk, who, asset, installed)
    return { desk, stop, learn, add, accidents }
  }
})

async function keep(desk: ExposureDesk, who: Principal, asset: string, version: string): Promise<void> {
  const components = [{ type: 'library', name: 'a', version, purl: `pkg:npm/a@${version}` }]
  const source = (async function* () {
    yield Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components }))
  })()
  const added = await addInventory(desk, who, { asset, tags: null, name: null, source })
  assert.ok(added.ok, JSON.stringify(added))
}

function flawed(id: string, name: string): AdvisoryRecord {
  return { ...about('npm', name, [[{ introduced: '0' }, { fixed: '1.5.0' }]]), id }
}
