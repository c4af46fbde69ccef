import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoreVector } from '../../../core/priority/cvss/score.ts'
import { BASE_31, vectorOf } from './base-metrics.ts'

test('every choice of one metric gives a vector that is scored; one that is missing gives none', () => {
  const first = Object.fromEntries(BASE_31.map(([key, , values]) => [key, values[0]![0]]))
  for (const [key, , values] of BASE_31) {
    for (const [value] of values) assert.equal(scoreVector(vectorOf({ ...first, [key]: value })!).ok, true, `${key}:${value}`)
    assert.equal(vectorOf({ ...first, [key]: '' }), null)
  }
})

test('the worst of everything is 10, and no impact is 0', () => {
  const worst = { AV: 'N', AC: 'L', PR: 'N', UI: 'N', S: 'C', C: 'H', I: 'H', A: 'H' }
  const scored = scoreVector(vectorOf(worst)!)
  assert.equal(scored.ok && scored.score, 10)
  const none = scoreVector(vectorOf({ ...worst, C: 'N', I: 'N', A: 'N' })!)
  assert.equal(none.ok && none.score, 0)
})
