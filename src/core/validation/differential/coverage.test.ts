import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lostReach, parseCoverage } from './coverage.ts'

const told = (...lines: string[]) => parseCoverage(lines.join('\n'))
const covered = (name: string, hits: number, edges: number, of: number) =>
  `COVERED_FUNC: hits: ${hits} edges: ${edges}/${of} ${name} /work/src/demo.c:10`

test('what libFuzzer prints of functions is read, also names with arguments, and other lines are passed over', () => {
  const read = told(
    'INFO: Seed: 1',
    covered('read_table(std::string const&, Table&)', 8, 49, 84),
    'UNCOVERED_FUNC: hits: 0 edges: 0/9 unused demo.c:3',
  )
  assert.deepEqual(
    [...read],
    [
      ['read_table(std::string const&, Table&)', { hits: 8, edges: 49, of: 84 }],
      ['unused', { hits: 0, edges: 0, of: 9 }],
    ],
  )
})

test('a function that is still there and no longer reached is lost; one that is gone or was rare is not', () => {
  const before = told(covered('range', 5, 9, 12), covered('helper', 4, 3, 3), covered('rare', 1, 2, 2))
  const after = told(
    'UNCOVERED_FUNC: hits: 0 edges: 0/12 range /work/src/demo.c:10',
    'UNCOVERED_FUNC: hits: 0 edges: 0/2 rare demo.c:3',
  )
  assert.deepEqual(lostReach(before, after), ['range is no longer reached, 5 inputs did before'])
  assert.equal(lostReach(before, after, 1).length, 2)
})

test('much less of a function that was not touched is lost too; a touched one has other edges', () => {
  const before = told(covered('parse', 9, 20, 30), covered('fixed', 9, 20, 30))
  assert.match(
    lostReach(before, told(covered('parse', 9, 10, 30), covered('fixed', 9, 10, 33)))[0]!,
    /parse is reached in 10 places, before in 20/,
  )
  assert.deepEqual(lostReach(before, told(covered('parse', 9, 18, 30), covered('fixed', 9, 21, 33))), [])
})
