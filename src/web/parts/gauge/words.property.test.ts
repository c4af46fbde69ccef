import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wordSides } from './words.ts'

const ends = { from: 0, to: 358, now: 120 }

test('a word stands at the right of its shape, at the left where there is no room, and nowhere where there is none', () => {
  const at = (x: number, word: string | null, y = 0) => ({ x, y, word })
  assert.deepEqual(wordSides([at(180, 'brackwat…'), at(340, 'sluice-a…')], ends), ['right', 'left'])
  assert.deepEqual(wordSides([at(200, 'brackwat…'), at(292, 'sluic…')], ends), ['right', 'right'])
  assert.deepEqual(wordSides([at(200, 'brackwat…'), at(240, 'sluice-a…')], ends), ['left', 'right'])
  assert.deepEqual(wordSides([at(200, 'brackwat…'), at(240, 'sluice-a…'), at(222, 'x', 12)], ends), ['left', 'right', 'right'])
  assert.deepEqual(wordSides([at(100, 'across now'), at(30, 'whole')], ends), [null, 'right'])
  assert.deepEqual(wordSides([at(200, null)], ends), [null])
})

test('no word touches a word, a shape, an end or now', () => {
  const point = fc.record({
    x: fc.integer({ min: 8, max: 350 }),
    y: fc.constantFrom(-12, 0, 12),
    word: fc.option(fc.string({ minLength: 1, maxLength: 12 })),
  })
  fc.assert(
    fc.property(fc.array(point, { maxLength: 8 }), (points) => {
      const sides = wordSides(points, ends)
      const spans = points.flatMap(({ x, y, word }, n) => {
        const long = (word ?? '').length * 7
        if (sides[n] === 'right') return [{ n, y, from: x + 10, to: x + 10 + long }]
        return sides[n] === 'left' ? [{ n, y, from: x - 10 - long, to: x - 10 }] : []
      })
      for (const one of spans) {
        assert.ok(one.from >= 0 && one.to <= 358)
        assert.ok(one.to <= 120 || one.from >= 120)
        for (const [n, { x, y }] of points.entries())
          if (n !== one.n && y === one.y) assert.ok(one.to <= x - 8 || one.from >= x + 8)
        for (const other of spans)
          if (other.n !== one.n && other.y === one.y) assert.ok(one.to <= other.from || other.to <= one.from)
      }
    }),
  )
})
