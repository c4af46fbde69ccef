import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DistinctKeys } from './distinct-keys.ts'

test('keeps the number of every text as a map does, over many texts that differ little', () => {
  const keys = new DistinctKeys()
  const map = new Map<string, number>()
  const texts = Array.from(
    { length: 50_000 },
    (_, n) => [`pkg:npm/a@${n}`, `${n}`.padStart(7, '0'), `${'é'.repeat(n % 40)}${n % 977}`][n % 3]!,
  )
  for (const [n, text] of texts.entries()) {
    assert.equal(keys.get(text), map.get(text))
    if (map.has(text)) continue
    keys.set(text, n % 5 === 0 ? -1 : n)
    map.set(text, n % 5 === 0 ? -1 : n)
  }
  assert.equal(keys.size, map.size)
  for (const [text, number] of map) assert.equal(keys.get(text), number)
})

test('short texts and empty ones are told apart whatever the secret is', () => {
  const one = new DistinctKeys(new Uint8Array(16))
  const other = new DistinctKeys(new Uint8Array(16).fill(7))
  for (const keys of [one, other]) for (const text of ['', 'a', 'b', 'ab', 'ba', '\u0000', '\u0000\u0000']) keys.set(text, 1)
  assert.deepEqual([one.size, other.size], [7, 7])
})
