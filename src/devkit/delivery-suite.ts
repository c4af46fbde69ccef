import assert from 'node:assert/strict'
import { it } from 'node:test'
import { instant } from '../core/kernel/instant.ts'
import type { Delivery, DeliveryStore } from '../server/notify/webhooks/delivery-store.ts'

/** A store of deliveries under test, otherwise empty. Targets `a` and `b` are there and turned on. */
export interface DeliveriesUnderTest {
  readonly store: DeliveryStore
  readonly leaseMs: number
  add(delivery: Delivery): Promise<void>
  /** Why a target is off; null while it is on. */
  off(target: string): Promise<string | null>
}

/** What every store of deliveries must do; call it within `describe`, with a fresh store for each test. */
export function deliverySuite(open: () => Promise<DeliveriesUnderTest>): void {
  const at = (ms: number) => instant(1_800_000_000_000 + ms)
  const made = (target: string, sequence: number): Delivery => ({
    id: `dlv_${target}${sequence}`,
    lease: '',
    target,
    url: 'https://hooks.example/hook',
    secrets: [new Uint8Array(24).fill(1), new Uint8Array(24).fill(2)],
    payload: { type: 'case.opened', at: at(0), sequence, facts: {} },
    attempts: 0,
    firstTriedAt: null,
  })
  const ids = (deliveries: readonly Delivery[]) => deliveries.map(({ id }) => id).sort()

  it('gives of each target the lowest sequence alone, and nothing more while that one is claimed', async () => {
    const { store, add } = await open()
    for (const delivery of [made('a', 2), made('a', 1), made('b', 7)]) await add(delivery)
    const claimed = await store.claim(at(0), 5)
    assert.deepEqual(ids(claimed), ['dlv_a1', 'dlv_b7'])
    assert.deepEqual(claimed[0]!.secrets, made('a', 1).secrets)
    assert.deepEqual(await store.claim(at(0), 5), [])
    const a = claimed.find(({ target }) => target === 'a')!
    await store.delivered(a.id, a.lease, 204)
    assert.deepEqual(ids(await store.claim(at(0), 5)), ['dlv_a2'])
  })

  it('one that failed holds its target until it is due, and keeps when it was tried first', async () => {
    const { store, add } = await open()
    for (const delivery of [made('a', 1), made('a', 2)]) await add(delivery)
    const [first] = await store.claim(at(10), 5)
    await store.failed(first!.id, first!.lease, at(5_000), 'status 500')
    assert.deepEqual(await store.claim(at(4_999), 5), [])
    const [again] = await store.claim(at(5_000), 5)
    assert.deepEqual([again!.id, again!.attempts, again!.firstTriedAt], ['dlv_a1', 1, at(10)])
  })

  it('a claim that ran out is given again, and the old lease settles nothing', async () => {
    const { store, add, leaseMs } = await open()
    await add(made('a', 1))
    const [first] = await store.claim(at(0), 1)
    const [second] = await store.claim(at(leaseMs + 1), 1)
    assert.equal(second!.id, first!.id)
    await store.delivered(first!.id, first!.lease, 204)
    await store.disabled(first!.id, first!.lease, 'webhook.gone', '')
    assert.deepEqual(ids(await store.claim(at(3 * leaseMs), 1)), ['dlv_a1'])
  })

  it('a target that is off gets nothing, and keeps the others on', async () => {
    const { store, add, off } = await open()
    for (const delivery of [made('a', 1), made('a', 2), made('b', 1)]) await add(delivery)
    const [a] = (await store.claim(at(0), 5)).filter(({ target }) => target === 'a')
    await store.disabled(a!.id, a!.lease, 'webhook.gave-up', 'three days')
    assert.deepEqual([await off('a'), await off('b')], ['webhook.gave-up', null])
    assert.deepEqual(await store.claim(at(0), 5), [])
  })

  it('two claims at once share nothing', async () => {
    const { store, add } = await open()
    for (const delivery of [made('a', 1), made('b', 1)]) await add(delivery)
    const both = await Promise.all([store.claim(at(0), 2), store.claim(at(0), 2)])
    assert.deepEqual(ids(both.flat()), ['dlv_a1', 'dlv_b1'])
  })
}
