import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { projectFrames } from './project-frames.ts'
import { normalisePath } from './source-path.ts'
import { normaliseSymbol } from './symbol.ts'

const mangled = fc.array(
  fc.constantFrom(
    'N',
    'E',
    'I',
    'S_',
    'S0_',
    'St',
    'T_',
    '3foo',
    '1a',
    'i',
    'P',
    'R',
    'K',
    'L',
    'X',
    'C1',
    'D0',
    'Ul',
    'vE_',
    'Z',
    'F',
    'A3_',
    'cv',
    'Dp',
    'J',
    'sr',
    'cl',
    'B',
    'M',
    'C',
    's_',
    '_',
  ),
  { maxLength: 60 },
)

test('names and paths of any text never throw and stay bounded', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      assert.ok(normaliseSymbol(text).length <= 4_096 + 300)
      normalisePath(text)
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.constantFrom('_Z', '_R', '_ZN', '__R'), mangled, (start, parts) => {
      assert.ok(normaliseSymbol(start + parts.join('')).length < 8_192)
    }),
    { numRuns: 1_500 },
  )
})

test('long hostile names take no long time', () => {
  const began = performance.now()
  for (const text of [
    '<'.repeat(1e6),
    '('.repeat(1e6),
    'operator<'.repeat(1e5),
    `_Z${'NS_'.repeat(1e5)}`,
    '$'.repeat(1e6),
    'a::'.repeat(3e5),
    '/..'.repeat(3e5),
    '::<'.repeat(1e5),
  ]) {
    normaliseSymbol(text)
    normalisePath(text)
    projectFrames(Array.from({ length: 300 }, () => ({ symbol: text, path: text, line: 1, column: 1, module: text })))
  }
  assert.ok(performance.now() - began < 8_000)
})
