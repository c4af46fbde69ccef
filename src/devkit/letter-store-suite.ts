import assert from 'node:assert/strict'
import { it } from 'node:test'
import { instant } from '../core/kernel/instant.ts'
import type { LetterStore, OutLetter } from '../server/notify/mail/letter-store.ts'
import { madeLetter } from './fake-letters.ts'

/** A store of letters under test. Its leases last `leaseMs`; each test adds letters of its own and finds the store otherwise empty. */
export interface StoreUnderTest {
  readonly store: LetterStore
  readonly leaseMs: number
  add(letter: OutLetter): Promise<void>
  state(id: string): Promise<string>
}

/** What every store of letters must do; call it within `describe`, with a fresh store for each test. */
export function letterStoreSuite(open: () => Promise<StoreUnderTest>): void {
  const begin = async (count: number) => {
    const test = await open()
    const letters = Array.from({ length: count }, (_, n) => madeLetter(n))
    for (const letter of letters) await test.add(letter)
    return { ...test, letters }
  }
  const at = (ms: number) => instant(1_800_000_000_000 + ms)

  it('gives each letter to one claim, under leases of their own, and keeps what the message is made of', async () => {
    const { store, letters } = await begin(5)
    const [some, others] = await Promise.all([store.claim(at(0), 3), store.claim(at(0), 3)])
    const ids = [...some, ...others].map(({ id }) => id)
    assert.equal(ids.length, 5)
    assert.equal(new Set(ids).size, 5)
    assert.equal((await store.claim(at(0), 3)).length, 0)
    for (const claimed of [...some, ...others]) {
      const { lease, ...rest } = claimed
      const { lease: _, ...made } = letters.find(({ id }) => id === claimed.id)!
      assert.notEqual(lease, '')
      assert.deepEqual(rest, made)
    }
  })

  it('a claim that ran out goes back and counts as an attempt; its lease is worth nothing from then on', async () => {
    const { store, leaseMs, state } = await begin(1)
    const [first] = await store.claim(at(0), 1)
    assert.equal((await store.claim(at(leaseMs - 1), 1)).length, 0)
    const [second] = await store.claim(at(leaseMs + 1), 1)
    assert.deepEqual([second!.attempts, second!.messageId], [first!.attempts + 1, first!.messageId])
    assert.equal(await store.handing(first!.id, first!.lease, at(leaseMs + 2)), false)
    await store.sent(first!.id, first!.lease, first!.messageId, 'ok')
    assert.notEqual(await state(first!.id), 'sent')
    assert.equal(await store.handing(second!.id, second!.lease, at(leaseMs + 2)), true)
  })

  it('a lease that is over cannot hand over, even before anybody else claimed', async () => {
    const { store, leaseMs } = await begin(1)
    const [claimed] = await store.claim(at(0), 1)
    assert.equal(await store.handing(claimed!.id, claimed!.lease, at(leaseMs + 1)), false)
  })

  it('a handing that ran out is unsure and never claimed again; a late answer still makes it sent', async () => {
    const { store, leaseMs, state } = await begin(1)
    const [claimed] = await store.claim(at(0), 1)
    assert.equal(await store.handing(claimed!.id, claimed!.lease, at(1)), true)
    assert.equal(await store.handing(claimed!.id, claimed!.lease, at(2)), false)
    assert.equal((await store.claim(at(2 * leaseMs + 2), 1)).length, 0)
    assert.equal(await state(claimed!.id), 'unsure')
    await store.failed(claimed!.id, claimed!.lease, at(0), 'late', null)
    assert.equal(await state(claimed!.id), 'unsure')
    await store.sent(claimed!.id, claimed!.lease, claimed!.messageId, 'ok')
    assert.equal(await state(claimed!.id), 'sent')
    assert.equal((await store.claim(at(9 * leaseMs), 1)).length, 0)
  })

  it('a letter put off comes back when it is due, with what is known of it', async () => {
    const { store, state } = await begin(1)
    const [claimed] = await store.claim(at(0), 1)
    await store.failed(claimed!.id, claimed!.lease, at(5_000), 'try later', at(1))
    assert.equal(await state(claimed!.id), 'waiting')
    assert.equal((await store.claim(at(4_999), 1)).length, 0)
    const [again] = await store.claim(at(5_000), 1)
    assert.deepEqual([again!.attempts, again!.putOffSince], [1, at(1)])
  })

  it('refused and unsure letters wait for a person', async () => {
    const { store, leaseMs, state } = await begin(2)
    const [one, two] = await store.claim(at(0), 2)
    await store.refused(one!.id, one!.lease, 'mail.bounced', 'no such mailbox')
    await store.handing(two!.id, two!.lease, at(1))
    await store.unsure(two!.id, two!.lease, 'no answer')
    assert.deepEqual([await state(one!.id), await state(two!.id)], ['refused', 'unsure'])
    assert.equal((await store.claim(at(9 * leaseMs), 2)).length, 0)
  })
}
