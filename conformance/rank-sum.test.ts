import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '../bench/shapes.ts'
import { differs } from './rank-sum.ts'

test('a shift of a fifth of the spread is seen in large samples, none is seen where there is none', () => {
  const random = seeded(4)
  const noise = (count: number, shift: number) => Array.from({ length: count }, () => random() + shift)
  assert.ok(differs(noise(2000, 0.1), noise(2000, 0)).p < 0.001)
  assert.ok(differs(noise(60, 1), noise(60, 0)).z > 5)
  const alarms = Array.from({ length: 500 }, () => differs(noise(60, 0), noise(60, 0)).p < 0.05).filter(Boolean).length
  assert.ok(alarms > 8 && alarms < 50, `${alarms} of 500`)
})

test('a small sample gives the statistic worked out by hand', () => {
  // Ranks of a are 1, 2.5 and 4: rank sum 7.5, U 1.5, mean 4.5, variance 9/12 × (7 − 6/30).
  const { z } = differs([1, 2, 3], [2, 4, 5])
  assert.ok(Math.abs(z - (1.5 - 4.5) / Math.sqrt((9 / 12) * (7 - 6 / 30))) < 1e-12)
  assert.deepEqual(differs([1, 1], [1, 1]).z, 0)
})
