import assert from 'node:assert/strict'
import { test } from 'node:test'
import { axisOf } from './axis.ts'

const at = (text: string) => Date.parse(text)

test('an axis has a tick a day, weekends and labelled Mondays', () => {
  const axis = axisOf(at('2026-11-08T12:00:00Z'), at('2026-12-08T12:00:00Z'), 1120)
  assert.equal(axis.days.length, 30)
  assert.deepEqual(
    axis.days.flatMap(({ label }) => (label === null ? [] : [label])),
    ['Mon 9 Nov', 'Mon 16 Nov', 'Mon 23 Nov', 'Mon 30 Nov', 'Mon 7 Dec'],
  )
  assert.deepEqual(
    axis.weekends.map(([from]) => new Date(from).toISOString().slice(0, 10)),
    ['2026-11-14', '2026-11-21', '2026-11-28', '2026-12-05'],
  )
  assert.equal(axis.x(axis.from), 0)
  assert.equal(axis.x(axis.to), 1120)
})

test('a short axis names every day that has room', () => {
  const labels = (to: string) =>
    axisOf(at('2026-11-17T14:00:00Z'), at(to), 952).days.flatMap(({ label }) => (label === null ? [] : [label]))
  assert.deepEqual(labels('2026-11-20T14:00:00Z'), ['Wed 18 Nov', 'Thu 19 Nov', 'Fri 20 Nov'])
  assert.deepEqual(labels('2026-12-01T14:00:00Z').slice(0, 3), ['Thu 19 Nov', 'Sat 21 Nov', 'Mon 23 Nov'])
})

test('an axis of no length is a day; one of years keeps its labels apart', () => {
  assert.equal(axisOf(0, 0, 100).to, 86_400_000)
  const long = axisOf(at('2026-01-01T00:00:00Z'), at('2027-01-01T00:00:00Z'), 360)
  assert.ok(long.days.filter(({ label }) => label !== null).length <= 4)
  assert.ok(axisOf(0, 86_400_000 * 5000, 360).days.length <= 400)
})
