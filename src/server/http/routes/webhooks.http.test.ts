import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { NoticeList, WebhookList, WebhookOut } from '../../../contract/shapes/project.ts'
import { DAY, HOUR, instant } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type FakeWebhook, startFakeWebhook } from '../../../devkit/fake-webhook.ts'
import type { Member } from '../../../devkit/members.ts'
import { tellCases } from '../../app/notices/tell-cases.ts'
import { type Bell, openBell, USUAL_BELL } from '../../notify/webhooks/bell.ts'
import { inTransaction } from '../../store/connection.ts'
import { numberEvents } from '../../store/events.ts'
import { sealWebhook } from '../../store/webhook.ts'
import { webhookQueue } from '../../store/webhook-queue.ts'

describe('notices and webhooks of what happens in cases', () => {
  let door: TestDoor
  let world: CaseWorld
  let receiver: FakeWebhook
  let bell: Bell
  let made: WebhookOut
  let vendor: Member
  let id: string

  before(async () => {
    const probe = await startFakeWebhook(new Uint8Array(24))
    const { port } = probe
    await probe.close()
    const own = new Set([`127.0.0.1:${port}`])
    door = await openDoor()
    Object.assign(door.desks.config.mail, { privateWebhooks: own })
    world = await CaseWorld.open(door, { vendors: 2 })
    vendor = world.vendors[0]!
    const url = `http://127.0.0.1:${port}/hook`
    made = await ask<WebhookOut>('POST', '/v1/webhooks', vendor, { url }, 201)
    const secret = new Uint8Array(Buffer.from(made.secret!.replace('whsec_', ''), 'base64'))
    receiver = await startFakeWebhook(secret)
    // The receiver listens where the webhook points.
    await actUrl(`http://127.0.0.1:${receiver.port}/hook`, secret)
    bell = openBell(
      { ...USUAL_BELL, own: new Set([`127.0.0.1:${receiver.port}`]), mostMs: 2_000 },
      { store: webhookQueue(door.ground), now: () => instant(door.time.now), lookup: async () => [] },
    )
  })
  after(async () => {
    await receiver.close()
    await door.close()
  })

  /** The webhook's row, pointed at the receiver, whose port was not known when it was made. */
  async function actUrl(url: string, secret: Uint8Array): Promise<void> {
    await inTransaction(door.ground.store, 'all', async (tx) => {
      const row = await tx.db.selectFrom('webhook').selectAll().where('id', '=', made.id).executeTakeFirstOrThrow()
      const [key] = door.ground.keys.get([row.key_slot])
      const body = sealWebhook(key!, row.id, { url, secrets: [Buffer.from(secret).toString('base64')] }, door.ground.random)
      await tx.db.updateTable('webhook').set({ body }).where('id', '=', row.id).execute()
    })
  }

  const ask = async <T>(method: string, path: string, as: Member, body?: unknown, status = 200): Promise<T> => {
    const answer = await door.ask(method, path, { as: as.as, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }
  const told = async () => {
    await numberEvents(door.ground.store)
    return await tellCases(door.desks.projects)
  }
  const ring = async () => {
    while ((await bell.pass()) > 0);
  }
  const types = () => receiver.received.map(({ text }) => (JSON.parse(text) as { type: string }).type)

  test('an address of the own network, a plain one or a malformed one is refused by its name', async () => {
    for (const [url, where] of [
      ['http://hooks.example/x', 'webhook.not-https'],
      ['https://10.0.0.1/x', 'webhook.not-public'],
      ['https://[::1]/x', 'webhook.not-public'],
      ['ftp://hooks.example', 'webhook.url-malformed'],
      ['https://user:pass@hooks.example/', 'webhook.url-malformed'],
    ] as const)
      assert.equal((await ask<{ where: string }>('POST', '/v1/webhooks', vendor, { url }, 422)).where, where, url)
  })

  test('the secret is shown once; nobody else sees or moves a webhook', async () => {
    const { rows } = await ask<WebhookList>('GET', '/v1/webhooks', vendor)
    assert.deepEqual(
      rows.map((row) => [row.id, row.secret]),
      [[made.id, null]],
    )
    for (const who of [world.coordinator, world.stranger, world.vendors[1]!]) {
      assert.deepEqual((await ask<WebhookList>('GET', '/v1/webhooks', who)).rows, [])
      await ask('POST', `/v1/webhooks/${made.id}/acts`, who, { do: 'rotate' }, 404)
    }
  })

  test('who may not know of a case is told nothing; before consent of the terms alone; then of what happens, in order, signed', async () => {
    id = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row.id
    await told()
    assert.equal((await ask<NoticeList>('GET', '/v1/notices', vendor)).rows.length, 0)
    await world.invite(id, vendor, 'vendor')
    await world.invite(id, world.vendors[1]!, 'vendor')
    assert.ok((await told()) > 0)
    assert.equal(await told(), 0)
    await ring()
    assert.deepEqual(types(), ['case.participant-invited'])
    await world.accept(vendor, id)
    const party = await world.party(vendor, id)
    await world.act(vendor, id, { do: 'report', party, to: 'valid' } as never)
    await told()
    await ring()
    const all = receiver.received
    assert.ok(all.every(({ signed }) => signed))
    assert.deepEqual(
      all.map(({ sequence }) => sequence),
      all.map((_, n) => n + 1),
    )
    assert.ok(types().includes('case.invitation-accepted'))
    for (const { text } of all) {
      assert.deepEqual(Object.keys(JSON.parse(text).data), ['case'])
      for (const secret of ['Overflow', 'quarry', world.flaw(1), party]) assert.ok(!text.includes(secret), secret)
    }
    const notices = (await ask<NoticeList>('GET', '/v1/notices', vendor)).rows
    assert.ok(notices.every((notice) => notice.case === id))
    assert.deepEqual((await ask<NoticeList>('GET', '/v1/notices', world.stranger)).rows, [])
    // What one vendor does with its report is the coordinator's to know, and not another vendor's.
    const other = (await ask<NoticeList>('GET', '/v1/notices', world.vendors[1]!)).rows
    assert.ok(!other.some(({ says }) => says === 'A report in a case was judged.'), JSON.stringify(other))
  })

  test('a receiver that is away loses nothing and gets nothing twice; after three days it is turned off, with what waits kept', async () => {
    const before = receiver.received.length
    receiver.mood = () => 'fail'
    await ask('POST', `/v1/webhooks/${made.id}/acts`, vendor, { do: 'test' })
    await ask('POST', `/v1/webhooks/${made.id}/acts`, vendor, { do: 'test' })
    for (let n = 0; n < 12; n++) {
      await bell.pass()
      await world.pass(10 * HOUR)
    }
    const [failed] = (await ask<WebhookList>('GET', '/v1/webhooks', vendor)).rows
    assert.deepEqual([failed?.state, failed?.waiting], ['failed', 2])
    assert.match(failed?.says ?? '', /three days/)
    receiver.mood = () => 'take'
    await bell.pass()
    const taken = () => receiver.received.slice(before).filter(({ text }) => text.includes('webhook.test'))
    await ask('POST', `/v1/webhooks/${made.id}/acts`, vendor, { do: 'turn-on' })
    await ring()
    const ids = new Set(taken().map(({ id: one }) => one))
    assert.equal(ids.size, 2)
    const [on] = (await ask<WebhookList>('GET', '/v1/webhooks', vendor)).rows
    assert.deepEqual([on?.state, on?.waiting], ['active', 0])
    await world.pass(DAY)
    await ring()
    assert.equal(new Set(taken().map(({ id: one }) => one)).size, 2)
  })
})
