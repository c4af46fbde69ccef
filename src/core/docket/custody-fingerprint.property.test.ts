import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { CHANGED_ABOVE, distance, MOST_TOKENS, tokensOf } from './custody-fingerprint.ts'

const answers = fc.array(fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 12 }), { minLength: 1, maxLength: 4 })

describe('how far answers lie apart', () => {
  test('is 0 for the same, 1 for nothing in common, and the same both ways', () => {
    assert.equal(distance([['a', 'b']], [['a', 'b']]), 0)
    assert.equal(distance([['a', 'b']], [['c', 'd', 'e']]), 1)
    assert.equal(distance([['a', 'b', 'c', 'd']], [['a', 'x', 'c', 'd']]), 0.25)
    assert.equal(distance([['a'], ['b']], [['a']]), 0.5)
    fc.assert(
      fc.property(answers, answers, (one, other) => {
        const far = distance(one, other)
        assert.ok(far >= 0 && far <= 1)
        assert.equal(far, distance(other, one))
        assert.equal(distance(one, one), 0)
      }),
    )
  })

  test('a few wavering tokens are no change; another answer is', () => {
    const said = tokensOf('A river flows quietly from the hills to the sea.')
    const wavers = tokensOf('A river flows gently from the hills to the sea.')
    assert.ok(distance([said], [wavers]) < CHANGED_ABOVE)
    assert.ok(distance([said], [tokensOf('Rivers are bodies of water, shaped by gravity over time.')]) > CHANGED_ABOVE)
  })

  test('tokens are words and signs, and no more of them than count, whatever a hostile endpoint sends', () => {
    assert.deepEqual(tokensOf('7 6, naïve – „so“'), ['7', '6', ',', 'naïve', '–', '„', 'so', '“'])
    assert.equal(tokensOf('x '.repeat(1_000_000)).length, MOST_TOKENS)
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.ok(tokensOf(text).length <= MOST_TOKENS)))
  })
})
