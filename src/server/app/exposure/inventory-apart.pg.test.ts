import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { Principal } from '../../../core/access/principal.ts'
import { about } from '../../../core/exposure/advisory-samples.ts'
import { newId } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { type FreshDatabase, freshDatabase } from '../../../devkit/pg.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction } from '../../store/connection.ts'
import { obligationsOf } from '../../store/obligation.ts'
import { actAction } from './action-act.ts'
import { listActions } from './action-list.ts'
import { addInventory } from './inventory-add.ts'
import { openExposureDesk } from './inventory-follow.ts'
import { KnownMemory } from './known-memory.ts'
import { sweepDeferrals } from './obligation-sweep.ts'

// What goes wrong with one organisation's rows stops nobody else: neither now, nor at the next start.

const random = (length: number) => randomBytes(length)
const operator = (): Principal & { readonly organisation: string } => ({
  kind: 'person',
  person: newId('person', random),
  organisation: newId('organisation', random),
  roles: ['operator'],
  scopes: ['exposure:read', 'exposure:act'],
})

describe('an organisation whose rows cannot be read', () => {
  const [broken, well] = [operator(), operator()]
  let database: FreshDatabase
  let ground: Ground
  let known: KnownMemory
  const told: unknown[] = []
  let now = instant(Date.UTC(2026, 10, 21))
  const stops: (() => Promise<void>)[] = []

  before(async () => {
    database = await freshDatabase()
    const clock = () => now
    ground = { store: database.store, keys: database.keys, blobs: memoryBlobs(), clock, random } as Ground
    known = new KnownMemory()
    const body = about('npm', 'a', [[{ introduced: '0' }, { fixed: '2.0.0' }]])
    await known.apply([{ kind: 'record', source: body.source, id: body.id, body }], { kev: null, epss: null }, 1)
  })
  after(async () => {
    for (const stop of stops) await stop()
    await database.close()
  })

  const open = () => {
    const opened = openExposureDesk(ground, known, (error) => told.push(error))
    stops.push(opened.stop)
    return opened.desk
  }
  const add = async (desk: ReturnType<typeof open>, who: Principal, asset: string) => {
    const components = [{ type: 'library', name: 'a', version: '1.0.0', purl: 'pkg:npm/a@1.0.0' }]
    const bom = Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.5', components }))
    const source = (async function* () {
      yield bom
    })()
    return (await addInventory(desk, who, { asset, tags: null, name: null, source })).ok
  }
  const owed = async (who: { organisation: string }) =>
    (await inTransaction(ground.store, who, async (tx) => await obligationsOf(tx, who.organisation))).length

  test('stops nobody else, is told once a version, and is read once it is whole again', async () => {
    const first = open()
    assert.ok(await add(first, broken, 'one'))
    const before = await database.owner.query('select contents from weir.inventory')
    await database.owner.query(`update weir.inventory set contents = decode('00', 'hex'), version = version + 1`)
    assert.ok(await add(first, well, 'two'))
    assert.equal(await owed(well), 1)
    const count = told.length
    assert.ok(count > 0)
    await first.follow()
    assert.equal(told.length, count)

    const second = open()
    assert.ok(await add(second, well, 'three'))
    assert.deepEqual([...second.book.assets].map(({ asset }) => asset).sort(), ['three', 'two'])
    await database.owner.query('update weir.inventory set contents = $1, version = version + 1 where organisation_id = $2', [
      before.rows[0].contents,
      broken.organisation,
    ])
    await second.follow()
    assert.equal([...second.book.assets].length, 3)
  })

  test('whose obligations cannot be brought up to date stops nobody else either', async () => {
    const desk = open()
    await database.owner.query(`update weir.obligation set body = decode('00', 'hex') where organisation_id = $1`, [
      broken.organisation,
    ])
    const count = told.length
    assert.ok(await add(desk, broken, 'four'))
    assert.ok(told.length > count)
    const listed = await listActions(desk, well, { limit: 1, after: null, standing: null })
    const [action] = listed.ok ? listed.value.rows : []
    const until = formatInstant(instant(now + 60_000))
    assert.ok((await actAction(desk, well, action!.id, { do: 'defer', reason: 'At the next stop.', until }, null)).ok)
    now = instant(now + 120_000)
    const early = `update weir.obligation set until_at = timestamptz '2026-11-01' where organisation_id = $1`
    await database.owner.query(early, [broken.organisation])
    await assert.rejects(sweepDeferrals(desk))
    const left = await database.owner.query('select organisation_id from weir.obligation where until_at is not null')
    assert.deepEqual(left.rows, [{ organisation_id: broken.organisation }])
    const before = await owed(well)
    assert.ok(await add(desk, well, 'five'))
    assert.equal(await owed(well), before)
    assert.equal([...desk.book.assets].filter(({ organisation }) => organisation === well.organisation).length, 3)
  })
})
