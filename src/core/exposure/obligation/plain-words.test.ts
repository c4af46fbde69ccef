import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DIRECTIVES } from '../directives/registry.ts'
import { plainStep, plainWords } from './plain-words.ts'
import { TRIAGE_STEPS } from './triage.ts'

test('every tier of every directive, every action and every step has plain words', () => {
  const tiers = DIRECTIVES.flatMap(({ rule }) => {
    if (rule.kind === 'assigned') return [rule.listed, rule.unlisted]
    if (rule.kind === 'none') return [rule.tier]
    return rule.kind === 'policy' ? [] : Object.values(rule.tiers)
  })
  assert.equal(tiers.length, 12)
  for (const { key, name } of tiers) {
    for (const kind of ['upgrade', 'mitigate', 'retire', 'triage', 'replace'] as const) {
      const words = plainWords(kind, key, name)
      assert.doesNotMatch(words.what, /your own policy/)
      for (const sentence of Object.values(words)) assert.match(sentence, /^[A-Z].*\.$/)
    }
  }
  for (const step of TRIAGE_STEPS) assert.match(plainStep(step), /\.$/)
  assert.match(plainWords('upgrade', 'R1', '2 days').what, /your own policy: 2 days/)
})

test('where traces are not saved yet, every other action says to save them first', () => {
  for (const kind of ['upgrade', 'mitigate', 'retire', 'replace'] as const) {
    const { first } = plainWords(kind, '3DF', '3 days', true)
    assert.match(first, /^First save memory and logs/)
    assert.equal(
      first.slice(first.indexOf('Then: ') + 7),
      plainWords(kind, '3DF', '3 days').first.slice(1),
      'and after that what it says otherwise',
    )
  }
  assert.deepEqual(plainWords('triage', '3DF', '3 days', true), plainWords('triage', '3DF', '3 days'))
})
