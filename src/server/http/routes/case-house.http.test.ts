import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { NoticeList } from '../../../contract/shapes/project.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type Member, member } from '../../../devkit/members.ts'
import { tellCases } from '../../app/notices/tell-cases.ts'
import { inTransaction } from '../../store/connection.ts'
import { numberEvents } from '../../store/events.ts'

describe('people of the clearinghouse who coordinate nothing', () => {
  let door: TestDoor
  let world: CaseWorld
  let id: string
  const house: Member[] = []

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
    for (const role of ['finder', 'maintainer', 'operator', 'partner'] as const)
      house.push(await member(door.ground, 'The Clearinghouse', [role]))
    for (const one of [world.coordinator, ...house]) {
      const made = await door.ask('POST', '/v1/webhooks', { as: one.as, body: { url: 'https://hooks.example/weir' } })
      assert.equal(made.status, 201, await made.text())
    }
    for (const n of [1, 2, 3]) id = (await world.openCase([world.flaw(n)], { policy: 'cert-cc/45-days' })).row.id
    await world.bring(id, world.vendors[0]!, 'vendor')
    await numberEvents(door.ground.store)
    await tellCases(door.desks.projects)
  })
  after(async () => await door.close())

  test('a list of cases is empty for them, and has no next page', async () => {
    for (const who of house) {
      const answer = await door.ask('GET', '/v1/cases?limit=1', { as: who.as })
      if (answer.status === 404) continue
      const { rows, next } = (await answer.json()) as { rows: unknown[]; next: unknown }
      assert.deepEqual([rows, next], [[], null])
    }
  })

  test('no notice tells them of a case', async () => {
    for (const who of house) {
      const answer = await door.ask('GET', '/v1/notices', { as: who.as })
      if (answer.status === 404) continue
      const { rows } = (await answer.json()) as NoticeList
      assert.deepEqual(rows, [])
    }
  })

  test('no webhook that they set up rings for a case; the coordinator’s does', async () => {
    const rung = await inTransaction(door.ground.store, 'all', (tx) =>
      tx.db
        .selectFrom('delivery')
        .innerJoin('webhook', 'webhook.id', 'delivery.webhook_id')
        .select('webhook.person_id')
        .distinct()
        .execute(),
    )
    assert.deepEqual(
      rung.map(({ person_id }) => person_id),
      [world.coordinator.id],
    )
  })

  test('for a coordinator of another house no key is made and no case is opened, whether there is one or not', async (t) => {
    const elsewhere = await member(door.ground, 'Another Clearinghouse', ['coordinator'])
    const { keys } = door.desks.advisory
    const made = t.mock.method(keys, 'allocate')
    const opened = t.mock.method(keys, 'get')
    for (const one of [id, `cas_${'0'.repeat(24)}`]) {
      const answer = await door.ask('POST', `/v1/cases/${one}/advisory`, { as: elsewhere.as, body: {} })
      assert.equal(answer.status, 404)
      assert.deepEqual([made.mock.callCount(), opened.mock.callCount()], [0, 0])
    }
  })
})
