import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import { sha256 } from './sha256.ts'

test('agrees with the engine at every length around the block borders, and on a long input', () => {
  for (const length of [...Array(300).keys(), 1_000_003]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255)
    assert.equal(Buffer.from(sha256(bytes)).toString('hex'), hash('sha256', bytes), `length ${length}`)
  }
})
