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

  test('where their organisation is a vendor too, what waits for coordination is not theirs', async () => {
    const maintainer = house[1]!
    const of = (await world.list(world.coordinator, '?tab=all')).rows[0]!.id
    const waits = async () => (await world.list(world.coordinator, '?tab=yours')).rows.some((row) => row.id === of)
    const isTheirs = async () => {
      const tabs = await Promise.all(['yours', 'others'].map((tab) => world.list(maintainer, `?tab=${tab}`)))
      const [yours, others] = tabs.map(({ rows }) => rows.map(({ whoseMove }) => whoseMove === 'yours'))
      assert.ok(yours!.every((is) => is) && others!.every((is) => !is), JSON.stringify(tabs))
      return yours!.length === 1
    }
    await world.invite(of, maintainer, 'vendor')
    assert.equal(await isTheirs(), true)
    await world.accept(maintainer, of)
    const party = await world.party(maintainer, of)
    for (const to of ['valid', 'accepted']) await world.act(maintainer, of, { do: 'report', party, to } as never)
    const [flaw] = (await world.view(maintainer, of)).flaws
    const note = { do: 'note', party, flaw: flaw!.id, what: 'attacks', at: world.in(-1000), evidence: 'seen' }
    await world.act(maintainer, of, note as never)
    assert.equal(await waits(), true, 'a claim that the coordinator confirms')
    assert.equal(await isTheirs(), false)
  })
})
