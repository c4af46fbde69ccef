import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { ROUTES, type Route } from '../../../contract/routes.ts'
import { DAY, instant } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'
import { tellCases } from '../../app/notices/tell-cases.ts'
import { inTransaction } from '../../store/connection.ts'
import { numberEvents } from '../../store/events.ts'
import { webhookQueue } from '../../store/webhook-queue.ts'

describe('whoever is kept out of the cases of their organisation', () => {
  let door: TestDoor
  let world: CaseWorld
  let vendor: Member
  let colleague: Member
  let keeper: Member
  let id: string
  const NOBODY = `cas_${'0'.repeat(24)}`

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
    vendor = world.vendors[0]!
    colleague = await world.colleague(vendor, 'maintainer')
    keeper = await world.colleague(vendor, 'group-admin')
    id = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row.id
    await world.bring(id, vendor, 'vendor')
    for (const one of [vendor, colleague])
      assert.equal(
        (await door.ask('POST', '/v1/webhooks', { as: one.as, body: { url: 'https://hooks.example/weir' } })).status,
        201,
      )
  })
  after(async () => await door.close())

  const keep = async (cases: boolean | undefined, as: Member = keeper) => {
    const body = { roles: ['maintainer'], ...(cases === undefined ? {} : { cases }) }
    return await door.ask('PUT', `/v1/people/${colleague.id}/roles`, { as: as.as, body })
  }
  const get = async (path: string, as: Pick<Member, 'as'> | { as: { token: string } } = colleague) => {
    const answer = await door.ask('GET', path, { as: as.as })
    return { status: answer.status, text: await answer.text() }
  }

  test('is a group-admin’s to say of their own people, and stays until it is said otherwise', async () => {
    assert.equal((await get(`/v1/cases/${id}`)).status, 200)
    assert.equal((await keep(false, world.stranger)).status, 404)
    assert.deepEqual(await (await keep(false)).json(), { id: colleague.id, roles: ['maintainer'], cases: false })
    assert.equal((await (await keep(undefined)).json()).cases, false)
    const { rows } = await (await door.ask('GET', '/v1/people', { as: keeper.as })).json()
    const seen = rows.map((row: { id: string; cases: boolean }) => [row.id, row.cases])
    assert.deepEqual(Object.fromEntries(seen), { [vendor.id]: true, [colleague.id]: false, [keeper.id]: true })
    assert.equal(JSON.parse((await get('/v1/me')).text).cases, false)
  })

  test('gets for every address of a case what there is of a case that never was', async () => {
    const reads = (Object.values(ROUTES) as Route[]).filter(({ path }) => /^\/v1\/cases\/\{id\}(?!.*\{)/.test(path))
    assert.ok(reads.length > 5)
    for (const { method, path } of reads) {
      const ask = async (of: string) => {
        const body = method === 'get' ? {} : { body: { version: 1, act: { do: 'leave', party: 'x' }, text: 'x' } }
        const answer = await door.ask(method.toUpperCase(), path.replace('{id}', of), { as: colleague.as, ...body })
        return [answer.status, await answer.text()]
      }
      const [hidden, absent] = [await ask(id), await ask(NOBODY)]
      assert.deepEqual(hidden, absent, `${method} ${path}`)
      assert.equal(hidden[0], 404, `${method} ${path}`)
    }
    assert.equal((await get(`/v1/cases/${id}`, vendor)).status, 200, 'their colleagues read on')
  })

  test('sees it in no list, by no token, notice or webhook', async () => {
    const door404 = await get('/v1/nowhere')
    for (const path of ['/v1/cases', '/v1/inbox', '/v1/notices', '/v1/webhooks'])
      assert.deepEqual(await get(path), door404, path)
    assert.ok(!(await get('/v1/calendar')).text.includes(id))
    const body = { name: 't', scopes: ['case:read', 'case:act'] }
    const { secret } = await (await door.ask('POST', '/v1/tokens', { as: colleague.as, body })).json()
    assert.equal((await get(`/v1/cases/${id}`, { as: { token: secret } })).status, 404)
    await numberEvents(door.ground.store)
    await tellCases(door.desks.projects)
    const rung = await inTransaction(door.ground.store, 'all', (tx) =>
      tx.db
        .selectFrom('delivery')
        .innerJoin('webhook', 'webhook.id', 'delivery.webhook_id')
        .select('webhook.person_id')
        .distinct()
        .execute(),
    )
    assert.deepEqual(rung, [{ person_id: vendor.id }], 'only the colleague’s rings')
  })

  test('reads again when they are let in again', async () => {
    assert.equal((await keep(true)).status, 200)
    assert.equal((await get(`/v1/cases/${id}`)).status, 200)
  })

  test('nor does the webhook of somebody who has left ring, until a colleague makes it theirs', async () => {
    const gone = await world.colleague(vendor, 'maintainer')
    const added = await door.ask('POST', '/v1/webhooks', { as: gone.as, body: { url: 'https://hooks.example/gone' } })
    const { id: hook } = await added.json()
    const told = async () => {
      await numberEvents(door.ground.store)
      await tellCases(door.desks.projects)
      return await inTransaction(door.ground.store, 'all', async (tx) => {
        const all = tx.db.selectFrom('delivery').select((of) => of.fn.countAll<number>().as('n'))
        return Number((await all.where('webhook_id', '=', hook).executeTakeFirstOrThrow()).n)
      })
    }
    const happen = async () =>
      await world.act(world.coordinator, id, {
        do: 'propose',
        party: await world.party(world.coordinator, id),
        endsAt: world.in(20 * DAY),
        policy: '',
        why: 'Sooner.',
      } as never)
    const claimed = async () => {
      const claims = await webhookQueue(door.ground).claim(instant(door.time.now), 9)
      return claims.some(({ target }) => target === hook)
    }
    await happen()
    assert.equal(await told(), 1)
    assert.equal((await door.ask('DELETE', `/v1/people/${gone.id}`, { as: keeper.as })).status, 200)
    assert.equal(await claimed(), false, 'what waited for it')
    await happen()
    assert.equal(await told(), 1)
    const { rows } = await (await door.ask('GET', '/v1/webhooks', { as: vendor.as })).json()
    assert.match(rows.find((row: { id: string }) => row.id === hook).says, /takes part in no case/)
    for (const act of ['turn-off', 'turn-on'])
      assert.equal((await door.ask('POST', `/v1/webhooks/${hook}/acts`, { as: vendor.as, body: { do: act } })).status, 200)
    assert.equal(await claimed(), true)
    await happen()
    assert.equal(await told(), 2)
  })

  test('and a group-admin reads none, whatever they keep', async () => {
    assert.deepEqual(await get(`/v1/cases/${id}`, keeper), await get(`/v1/cases/${NOBODY}`, keeper))
    assert.equal((await get(`/v1/cases/${id}`, keeper)).status, 404)
  })
})
