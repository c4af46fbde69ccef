import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { listActions } from '../server/app/exposure/action-list.ts'
import { listEdgeDevices } from '../server/app/exposure/edge-list.ts'
import { loadPeople } from './case-cast.ts'
import { must } from './docket-cast.ts'
import { openDoor, type TestDoor } from './door.ts'
import { seedDemo } from './seed.ts'
import { seedExposure } from './seed-exposure.ts'

describe('what the operator of a demo owes', () => {
  let door: TestDoor
  before(async () => {
    door = await openDoor({ demo: true })
    await seedDemo(door.ground)
    for (let twice = 0; twice < 2; twice++) await seedExposure(door.desks, await loadPeople(door.ground))
  })
  after(() => door?.close())

  test('has of each sort one at least, the late one first', async () => {
    const who = (await loadPeople(door.ground))('amara.quill@fjordlight.example')
    const list = must(await listActions(door.desks.exposure, who, { limit: 100, after: null, standing: null }), 'actions')
    const has = (what: string, standing: string, isDated: boolean) =>
      list.rows.some((row) => row.do === what && row.standing === standing && (row.due !== null) === isDated)
    const all = JSON.stringify(
      list.rows.map(({ do: what, component, due, tier, standing }) => [what, component, due, tier, standing]),
    )
    assert.deepEqual([list.rows[0]?.do, list.late, list.inventories], ['triage', 1, 3], all)
    assert.ok(list.soon >= 1, all)
    assert.ok(has('upgrade', 'open', true), all)
    assert.ok(has('mitigate', 'open', true), all)
    assert.ok(has('upgrade', 'deferred', true), all)
    assert.ok(list.undated >= 3 && has('upgrade', 'open', false), all)
    const edge = must(await listEdgeDevices(door.desks.exposure, who, { limit: 100, after: null }), 'edge devices')
    assert.deepEqual(edge.rows.map(({ name, byHand }) => [name, byHand]).sort(), [
      ['substation-fw-02', true],
      ['vpn-edge-01', false],
    ])
  })
})
