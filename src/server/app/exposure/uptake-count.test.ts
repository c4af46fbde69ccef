import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutUptake } from './uptake-count.ts'

const operator = (patched: number, total: number) => ({ patched, total })

test('nothing is said of fewer than five operators', () => {
  assert.deepEqual(cutUptake([]), { operators: null, patchedPercent: null })
  assert.deepEqual(cutUptake(Array.from({ length: 4 }, () => operator(1, 1))), { operators: null, patchedPercent: null })
  assert.deepEqual(cutUptake([...Array.from({ length: 4 }, () => operator(1, 1)), operator(0, 0)]), {
    operators: null,
    patchedPercent: null,
  })
})

test('operators count alike, however many assets they have', () => {
  const small = Array.from({ length: 4 }, () => operator(1, 1))
  assert.deepEqual(cutUptake([...small, operator(0, 100_000)]), { operators: 5, patchedPercent: 80 })
  assert.deepEqual(cutUptake([...small, operator(0, 100_000), operator(1, 2)]), { operators: 5, patchedPercent: 60 })
})

test('the percentage never says more than is patched, and is whole where all is', () => {
  const one = fc.tuple(fc.nat(50), fc.integer({ min: 1, max: 50 })).map(([a, b]) => operator(Math.min(a, b), b))
  fc.assert(
    fc.property(fc.array(one, { minLength: 5, maxLength: 40 }), (all) => {
      const mean = (100 * all.reduce((sum, { patched, total }) => sum + patched / total, 0)) / all.length
      const { operators, patchedPercent } = cutUptake(all)
      assert.ok(patchedPercent! <= mean + 1e-6 && mean - patchedPercent! < (all.length < 20 ? 20 : 5) + 1e-6)
      assert.ok(operators! <= all.length && operators! % 5 === 0)
    }),
  )
  assert.equal(cutUptake(Array.from({ length: 5 }, () => operator(3, 3))).patchedPercent, 100)
})
