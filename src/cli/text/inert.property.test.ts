import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { inert, inertJson } from './inert.ts'

const nasty = fc.string({
  unit: fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    fc.constantFrom(
      '\u001b',
      '[31m',
      '\u0007',
      '\r',
      '\n',
      '\u009b',
      '\u202e',
      '\u2066',
      '\u200b',
      '\ufeff',
      '\u{e0041}',
      '\ud800',
      '\udc00',
      '\u00ad',
      'a',
      'ü',
      '漢',
    ),
  ),
  maxLength: 700,
})

test('what is shown has no character that does more than show, and at most 300', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const shown = inert(text)
      assert.doesNotMatch(shown, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{DI}]/u)
      assert.ok([...shown].length <= 300)
    }),
    { numRuns: 300 },
  )
})

test('plain text of up to 300 characters stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', 'é', '漢', '😀', '\\', '<', '…'), maxLength: 300 }), (text) =>
      assert.equal(inert(text), text),
    ),
  )
  assert.equal([...inert('x'.repeat(301))].length, 300)
  assert.equal(inert('\u001b[2Jtitle\u202egnp.exe\n'), '\\x1b[2Jtitle\\u{202e}gnp.exe\\n')
})

test('an escape is never cut in two', () => {
  for (let lead = 285; lead < 301; lead++) assert.match(inert('a'.repeat(lead) + '\u202e'.repeat(9)), /^a+(\\u\{202e\})*…$/)
})

test('JSON stays the same value, and loses what a terminal would obey', () => {
  fc.assert(
    fc.property(nasty, (text) => {
      const shown = inertJson(JSON.stringify({ [text]: text }))
      assert.deepEqual(JSON.parse(inertJson(JSON.stringify({ [text]: text }, null, 2))), { [text]: text })
      assert.deepEqual(JSON.parse(shown), { [text]: text })
      assert.doesNotMatch(shown, /[\p{C}\p{Zl}\p{Zp}\p{DI}]/u)
    }),
    { numRuns: 200 },
  )
})
