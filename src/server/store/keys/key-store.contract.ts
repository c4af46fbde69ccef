import assert from 'node:assert/strict'
import { sign, verify } from 'node:crypto'
import { test } from 'node:test'
import type { Head } from '../../../ledger/head.ts'
import type { KeyStore } from './key-store.ts'

/** What every key store must keep; run against each with a fresh one per test. */
export function describeKeyStore(label: string, fresh: () => { keys: KeyStore; close(): Promise<void> }): void {
  const check = (what: string, run: (keys: KeyStore) => Promise<void>) =>
    test(`${label}: ${what}`, async () => {
      const { keys, close } = fresh()
      try {
        await run(keys)
      } finally {
        await close()
      }
    })

  check('hands out fresh keys of 32 bytes, never a slot twice, and finds them again', async (keys) => {
    const batches = await Promise.all([1, 0, 700, 3, 1].map((count) => keys.allocate(count)))
    const all = batches.flat()
    assert.equal(all.length, 705)
    assert.equal(new Set(all.map(({ slot }) => slot)).size, 705)
    assert.equal(new Set(all.map(({ key }) => key.toString('hex'))).size, 705)
    assert.ok(all.every(({ slot, key }) => slot >= 1 && key.length === 32))
    const backwards = all.toReversed()
    assert.deepEqual(
      keys.get(backwards.map(({ slot }) => slot)),
      backwards.map(({ key }) => key),
    )
  })

  check('an erased key is gone, its neighbours stay, unknown slots are no keys', async (keys) => {
    const [a, b, c] = await keys.allocate(3)
    await keys.erase([b!.slot, b!.slot, 4_000_000, 0, -1])
    assert.deepEqual(keys.get([a!.slot, b!.slot, c!.slot, 0, 4_000_000, -1, 1.5]), [
      a!.key,
      null,
      c!.key,
      null,
      null,
      null,
      null,
    ])
    const [next] = await keys.allocate(1)
    assert.ok(next!.slot > c!.slot)
  })

  check('a secret belongs to its name', async (keys) => {
    assert.equal(keys.secret('index').length, 32)
    assert.deepEqual(keys.secret('index'), keys.secret('index'))
    assert.notDeepEqual(keys.secret('index'), keys.secret('blind'))
  })

  check('the signing key signs as its origin; a renewed one is another', async (keys) => {
    const first = keys.signingKey()
    assert.equal(first.publicKey.length, 32)
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), first.publicKey])
    assert.ok(
      verify(
        null,
        Buffer.from('x'),
        { key: spki, format: 'der', type: 'spki' },
        sign(null, Buffer.from('x'), first.privateKey),
      ),
    )
    const second = keys.renewSigningKey('second.example/log')
    assert.equal(keys.signingKey().origin, 'second.example/log')
    assert.notDeepEqual(second.publicKey, first.publicKey)
  })

  check('the head moves only from what it was', async (keys) => {
    const head = (size: number, byte: number): Head => ({ origin: 'a.example', size, root: new Uint8Array(32).fill(byte) })
    assert.equal(keys.head.read(), null)
    assert.equal(await keys.head.swap(head(1, 1), head(2, 2)), false)
    assert.equal(await keys.head.swap(null, head(1, 1)), true)
    assert.equal(await keys.head.swap(null, head(2, 2)), false)
    assert.equal(await keys.head.swap(head(1, 9), head(2, 2)), false)
    const answers = await Promise.all([2, 3].map((byte) => keys.head.swap(head(1, 1), head(2, byte))))
    assert.deepEqual(answers, [true, false])
    assert.deepEqual(keys.head.read(), head(2, 2))
  })
}
