import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runs } from './runs.ts'
import { labelled } from './scale-labels.ts'

const asked = (n: number, score: number) => ({ name: `asked ${n}`, score, asked: true })
const joined = (name: string, score = 1) => ({ name, score, asked: false })

test('points close to one another share a label, and no two labels come close', () => {
  const labels = labelled([
    asked(1, 0.98),
    asked(2, 0.97),
    joined('B'),
    joined('C'),
    joined('D'),
    joined('E'),
    joined('F'),
    asked(3, 0.45),
  ])
  assert.deepEqual(
    labels.map((label) => label.say),
    ['asked 3', '2 asked, B C D +2'],
  )
  const many = labelled(Array.from({ length: 40 }, (_, n) => asked(n, n / 39)))
  for (const [n, label] of many.entries()) if (n > 0) assert.ok(label.at - many[n - 1]!.at > 0.1)
  const apart = labelled([{ name: 'asked', score: 0.7, asked: true }, ...'BCDEFG'.split('').map((name) => joined(name))]).map(
    (label) => label.say,
  )
  assert.deepEqual(apart, ['asked', 'B C D +3'])
  assert.deepEqual(labelled([]), [])
})

test('neighbours are drawn together', () => {
  const letter = (at: number) => String.fromCharCode(65 + at)
  assert.equal(runs([1, 3, 4, 5, 6, 8, 9], letter), 'B, D to G, I, J')
  assert.equal(runs([], letter), '')
})
