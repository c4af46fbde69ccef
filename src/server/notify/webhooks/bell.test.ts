import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { instant } from '../../../core/kernel/instant.ts'
import {
  type FakeDeliveries,
  type FakeWebhook,
  fakeDeliveries,
  type ReceiverMood,
  startFakeWebhook,
} from '../../../devkit/fake-webhook.ts'
import { type BellSettings, openBell, USUAL_BELL } from './bell.ts'
import { deliver } from './deliver.ts'
import type { Delivery } from './delivery-store.ts'

const SECRET = new Uint8Array(24).fill(9)
const DAY = 86_400_000

describe('bell', () => {
  let receiver: FakeWebhook
  let store: FakeDeliveries
  let now = 0
  before(async () => {
    receiver = await startFakeWebhook(SECRET)
  })
  after(() => receiver.close())
  beforeEach(() => {
    store = fakeDeliveries(60_000)
    receiver.received.length = 0
    receiver.mood = () => 'take'
    now = Date.now()
  })
  const made = (sequence: number, more: Partial<Delivery> = {}): Delivery => ({
    id: `dlv_${sequence}`,
    lease: '',
    target: 'a',
    url: `http://hooks.internal:${receiver.port}/hook`,
    secrets: [SECRET],
    payload: { type: 'case.opened', at: instant(0), sequence, facts: {} },
    attempts: 0,
    firstTriedAt: null,
    ...more,
  })
  const openWith = (more: Partial<BellSettings> = {}, lookup = async () => ['127.0.0.1'] as readonly string[]) =>
    openBell({ ...USUAL_BELL, own: new Set(['hooks.internal']), ...more }, { store, now: () => instant(now), lookup })

  it('tells each target in order, signed, by its name, once where all is well', async () => {
    for (const n of [3, 1, 2]) store.add(made(n))
    const bell = openWith()
    for (let n = 0; n < 4; n++) await bell.pass()
    assert.deepEqual(
      receiver.received.map(({ sequence }) => sequence),
      [1, 2, 3],
    )
    assert.ok(receiver.received.every(({ signed, host }) => signed && host === `hooks.internal:${receiver.port}`))
  })

  for (const mood of ['fail', 'redirect', 'stall', 'close'] as const satisfies readonly ReceiverMood[])
    it(`a receiver that does “${mood}” is asked again with the same id, and nothing overtakes`, async () => {
      store.add(made(1))
      store.add(made(2))
      receiver.mood = () => mood
      const bell = openWith({ mostMs: 1000 })
      assert.equal(await bell.pass(), 0)
      assert.equal(await bell.pass(), 0)
      receiver.mood = () => 'take'
      now += 10_000
      assert.equal(await bell.pass(), 1)
      assert.equal(await bell.pass(), 1)
      assert.deepEqual(
        receiver.received.map(({ id }) => id),
        ['dlv_1', 'dlv_1', 'dlv_2'],
      )
      assert.deepEqual(receiver.strayed, [])
    })

  it('an endless answer is cut and counts as taken', async () => {
    store.add(made(1))
    receiver.mood = () => 'flood'
    const started = performance.now()
    assert.equal(await openWith({ mostMs: 5_000 }).pass(), 1)
    assert.ok(performance.now() - started < 4_500)
  })

  it('after three days a target is turned off with a note, and what waits for it stays', async () => {
    store.add(made(1))
    store.add(made(2))
    receiver.mood = () => 'fail'
    const bell = openWith()
    const begun = now
    while (store.off.size === 0 && now - begun < 10 * DAY) {
      await bell.pass()
      now += DAY / 4
    }
    assert.equal(store.off.get('a'), 'webhook.gave-up')
    assert.ok(now - begun >= 3 * DAY && now - begun <= 4 * DAY)
    assert.equal([...store.kept.values()].filter(({ state }) => state === 'waiting').length, 2)
    assert.equal(await bell.pass(), 0)
  })

  it('a receiver that is gone, an address that is refused and a payload with content turn the target off at once', async () => {
    const cases = [
      [made(1), 'gone', 'webhook.gone'],
      [made(1, { url: 'https://127.0.0.1/hook' }), 'take', 'webhook.url-refused'],
      [made(1, { payload: { ...made(1).payload, facts: { title: 'heap overflow in x' } } }), 'take', 'webhook.payload-refused'],
    ] as const
    for (const [delivery, mood, why] of cases) {
      store = fakeDeliveries(60_000)
      store.add(delivery)
      receiver.mood = () => mood
      await openWith().pass()
      assert.equal(store.off.get('a'), why)
    }
    assert.equal(receiver.received.length, 1)
  })

  it('a name that leads to one address when judged and to another afterwards is called where it was judged', async () => {
    // The name is looked up once: had the connection asked again, it would have reached the receiver on this machine.
    const answers = ['192.0.2.1', '127.0.0.1']
    let asked = 0
    store.add(made(1, { url: `https://rebind.example:${receiver.port}/hook` }))
    const bell = openWith({ mostMs: 250 }, async () => [answers[Math.min(asked++, 1)]!])
    assert.equal(await bell.pass(), 0)
    assert.equal(asked, 1)
    const target = { tls: false, host: 'localhost', port: receiver.port, path: '/hook' }
    const pinned = await deliver(
      { target, address: '127.0.0.2', headers: { 'webhook-id': 'x' }, body: new TextEncoder().encode('{}') },
      500,
    )
    assert.ok('why' in pinned, 'the name was looked up again')
    assert.equal(receiver.received.length, 0)
  })

  it('a claim that was lost is told again under the same id', async () => {
    store.add(made(1))
    await store.claim(instant(now), 1)
    const bell = openWith()
    assert.equal(await bell.pass(), 0)
    now += 60_001
    assert.equal(await bell.pass(), 1)
  })

  it('a receiver that is slow keeps no other waiting, and stopping waits for what is under way', async () => {
    const silent = await startFakeWebhook(SECRET)
    silent.mood = () => 'stall'
    for (let n = 0; n < 3; n++)
      store.add(made(n, { id: `dlv_s${n}`, target: `s${n}`, url: `http://hooks.internal:${silent.port}/hook` }))
    for (let n = 0; n < 20; n++) store.add(made(n))
    const stop = new AbortController()
    const running = openWith({ atOnce: 4, mostMs: 4_000 }).run(stop.signal, 20)
    const started = performance.now()
    while (receiver.received.length < 20 && performance.now() - started < 3_800) await pause(10)
    const count = receiver.received.length
    stop.abort()
    await running
    await silent.close()
    assert.equal(count, 20)
    assert.equal([...store.kept.values()].filter(({ state }) => state === 'claimed').length, 0)
  })
})
