import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Scrubber } from './scrub.ts'

const KEY = 'aabaab-key'

describe('a key in an answer', () => {
  test('is starred out however the answer is cut into pieces, and all else passes as it was', () => {
    const pieces = fc.array(fc.constantFrom('a', 'aa', 'b', 'aab', KEY, 'aabaab-', 'key', '-', 'x€'), { maxLength: 30 })
    fc.assert(
      fc.property(pieces, fc.array(fc.nat(300), { maxLength: 12 }), (parts, cuts) => {
        const text = parts.join('')
        const bytes = Buffer.from(text)
        const scrub = new Scrubber(KEY)
        const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
        const out = at.slice(1).map((end, n) => scrub.push(bytes.subarray(at[n], end)))
        const said = Buffer.concat([...out, scrub.end()]).toString()
        assert.equal(said, text.replaceAll(KEY, '*'.repeat(KEY.length)))
      }),
    )
  })

  test('nothing is held back that cannot be its beginning', () => {
    const scrub = new Scrubber(KEY)
    assert.equal(scrub.push(Buffer.from('data: done\n\n')).toString(), 'data: done\n\n')
    assert.equal(scrub.push(Buffer.from('so aab')).toString(), 'so ')
  })
})
