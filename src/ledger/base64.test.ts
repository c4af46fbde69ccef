import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fromBase64, toBase64 } from './base64.ts'

test('writes and reads what the engine writes and reads', () => {
  for (let length = 0; length < 70; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 89 + length * 7) & 255)
    assert.equal(toBase64(bytes), Buffer.from(bytes).toString('base64'))
    assert.deepEqual(fromBase64(toBase64(bytes)), bytes)
  }
})

test('takes one text for each value only', () => {
  for (const text of ['A', 'AA', 'AAA', 'AA=A', 'AB==', 'AAB=', '====', 'AA==AA==', 'AA A', 'AA-_', 'AAé=', 'AAA\n']) {
    assert.equal(fromBase64(text), null, text)
  }
})
