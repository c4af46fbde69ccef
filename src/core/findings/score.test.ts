import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Features } from './pair/features.ts'
import { quoted } from './pair/reason.ts'
import { scorePair, verdictOf } from './score.ts'

const blank: Features = {
  v: 1,
  target: null,
  path: null,
  symbol: null,
  line: null,
  lineHash: null,
  tool: null,
  rule: null,
  cwes: [],
  crash: null,
  frames: [],
  aliases: [],
  title: [],
  words: [],
  codes: [],
  sketch: [],
}
const crash: Features = {
  ...blank,
  target: 'pkg:generic/qr',
  path: 'src/qr.c',
  line: 30,
  symbol: 'qr_link_copy',
  cwes: ['CWE-122'],
  crash: 'spatial-write',
  frames: ['qr_link_copy', 'qr_parse', 'qr_read'],
}
const says = (a: Features, b: Features): string[] => scorePair(a, b).reasons.map(({ say }) => say)

test('reasons are sentences a person can check', () => {
  const other: Features = { ...crash, cwes: ['CWE-787'], line: 33 }
  const said = says(crash, other)
  for (const sentence of [
    'Same first frame qr_link_copy',
    'Lines 3 apart in src/qr.c',
    'Weakness CWE-122 is a kind of CWE-787',
    '3 frames in the same order',
  ]) {
    assert.ok(said.includes(sentence), `${sentence} is not among: ${said.join('; ')}`)
  }
})

test('the same place of the same crash merges, other frames stay apart, likeness in between asks', () => {
  assert.equal(verdictOf(scorePair(crash, crash).score), 'merge')
  assert.equal(
    verdictOf(scorePair(crash, { ...crash, path: 'src/x.c', symbol: 'other', frames: ['other', 'more'] }).score),
    'apart',
  )
  assert.equal(verdictOf(scorePair(crash, { ...crash, line: 45, crash: 'use-after-free', cwes: [] }).score), 'ask')
})

test('words alone ask and never merge, however alike', () => {
  const text: Features = {
    ...blank,
    title: ['a1', 'b2', 'c3'],
    words: ['a1', 'b2', 'c3', 'd4', 'e5', 'f6'],
    codes: ['qr_x', 'qr_y'],
    sketch: [1, 2, 3, 4],
    target: 'pkg:generic/qr',
  }
  assert.equal(verdictOf(scorePair(text, text).score), 'ask')
})

test('different CVE ids, targets or files keep even like findings from merging', () => {
  const one = { ...crash, aliases: ['CVE-2024-1111'] }
  assert.notEqual(verdictOf(scorePair(one, { ...crash, aliases: ['CVE-2024-2222'] }).score), 'merge')
  assert.notEqual(verdictOf(scorePair(crash, { ...crash, target: 'pkg:generic/other' }).score), 'merge')
  assert.notEqual(verdictOf(scorePair(crash, { ...crash, path: 'lib/qr.c' }).score), 'merge')
})

test('a score is the same both ways and lies between 0 and 1', () => {
  const word = fc.constantFrom('a.c', 'src/a.c', 'b', 'CVE-2024-1111', 'CVE-2024-2222', 'CWE-122', 'CWE-787', 'x_y')
  const some = fc.option(word)
  const many = fc.array(word, { maxLength: 5 })
  const features: fc.Arbitrary<Features> = fc.record({
    v: fc.constant(1 as const),
    target: some,
    path: some,
    symbol: some,
    line: fc.option(fc.nat(100)),
    lineHash: some,
    tool: some,
    rule: some,
    cwes: many,
    crash: fc.constantFrom(null, 'null', 'use-after-free'),
    frames: many,
    aliases: many,
    title: many,
    words: many,
    codes: many,
    sketch: fc.array(fc.nat(3), { minLength: 4, maxLength: 4 }),
  })
  fc.assert(
    fc.property(features, features, (a, b) => {
      const there = scorePair(a, b)
      assert.deepEqual(there, scorePair(b, a))
      assert.ok(there.score >= 0 && there.score <= 1)
    }),
  )
})

test('names from reports are cut and lose their control characters', () => {
  assert.equal(quoted('a\u001b[31m\u202eb\n'), 'a[31mb')
  assert.equal(quoted('x'.repeat(500)).length, 80)
})
