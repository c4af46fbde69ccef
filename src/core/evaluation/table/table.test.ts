import assert from 'node:assert/strict'
import { test } from 'node:test'
import { scoredRow, statedTask } from '../../../devkit/eval-data.ts'
import type { RunRow, RunTable, TaskRow } from '../run-row.ts'
import { lastAttempts } from './attempts.ts'
import { headline } from './choice.ts'
import { panelOf } from './panel.ts'
import { axesOf } from './task-book.ts'
import { isRun, worthOf } from './worth.ts'

const row = (score: number | null, more: Partial<RunRow> = {}): RunRow => ({ ...scoredRow('m', 't', 'f', '1', score), ...more })

test('what counts as a run: limits, refusals and own crashes are 0, faults and unscored samples are missing', () => {
  for (const reason of ['limit', 'refusal', 'own-crash'] as const) assert.equal(worthOf(row(1, { reason }), 'F', 'drop'), 0)
  for (const reason of ['harness-fault', 'endpoint-fault', 'unscored'] as const) {
    assert.equal(worthOf(row(1, { reason }), 'F', 'drop'), 'missing')
    assert.equal(worthOf(row(1, { reason }), 'F', 'zero'), 0)
    assert.equal(worthOf(row(0, { reason }), 'F', 'one'), 1)
  }
  for (const score of [Number.NaN, -0.1, 1.1, Number.POSITIVE_INFINITY, null]) assert.equal(isRun(row(score)), false)
})

test('confirmed cheating scores 0, is dropped or is kept; a suspicion changes nothing', () => {
  const cheated = row(1, { cheating: 'confirmed' })
  assert.deepEqual(
    (['F', 'X', 'S'] as const).map((treatment) => worthOf(cheated, treatment, 'drop')),
    [0, 'dropped', 1],
  )
  assert.equal(worthOf(row(1, { cheating: 'suspected' }), 'X', 'drop'), 1)
})

test('the last valid row of an attempt counts, whatever came after it', () => {
  const fault = row(null, { reason: 'harness-fault' })
  for (const [rows, score] of [
    [[row(0), row(1), fault], 1],
    [[fault, row(1), row(0)], 0],
    [[fault, fault], null],
  ] as const) {
    const [model] = lastAttempts(rows)
    assert.deepEqual([model?.rows.length, model?.rows[0]?.score, model?.repeated], [1, score, rows.length - 1])
  }
})

const TASKS: TaskRow[] = [
  statedTask('b2', 'b', 8),
  statedTask('a1', 'a', 4),
  { ...statedTask('b1', 'b', 2), broken: 'no server' },
  { task: 'a2', family: 'a', minutes: {}, censoredAt: 60, broken: null },
  { task: 'a3', family: 'a', minutes: { best: 5, 'first-solve': 5 }, censoredAt: null, broken: null },
  { task: 'a4', family: 'a', minutes: { stated: Number.NaN, best: 5, 'first-solve': 9 }, censoredAt: null, broken: null },
]
const RUNS = ['b2', 'a1', 'b1', 'a2', 'a3', 'a4'].map((task) => row(1, { task, family: '?' }))

test('a panel stands by family and task and counts what it leaves out', () => {
  const table: RunTable = { runs: [...RUNS, row(null, { task: 'b2', attempt: '2' })], tasks: TASKS }
  const panel = panelOf(table, headline('stated'))
  assert.deepEqual(
    panel.tasks.map(({ task, x }) => [task, x]),
    [
      ['a1', 2],
      ['b2', 3],
    ],
  )
  const counts = panel.models[0]?.counts
  assert.deepEqual(counts, {
    runs: 2,
    tasks: 2,
    families: 2,
    successes: 2,
    missing: 1,
    repeated: 0,
    suspected: 0,
    confirmed: 0,
    untimed: 3,
    censored: 1,
    broken: 1,
  })
  assert.deepEqual([...(panel.models[0]?.starts ?? [])], [0, 1, 2])
  const shuffled = panelOf({ runs: [...table.runs].reverse(), tasks: [...TASKS].reverse() }, headline('stated'))
  assert.deepEqual(shuffled, panel)
})

test('a missing attempt counted as 1 is a run of its task', () => {
  const table: RunTable = { runs: [...RUNS, row(null, { task: 'b2', attempt: '2' })], tasks: TASKS }
  const panel = panelOf(table, { axis: 'stated', treatment: 'F', missing: 'one' })
  assert.deepEqual([...(panel.models[0]?.starts ?? [])], [0, 1, 3])
  assert.deepEqual([panel.models[0]?.counts.successes, panel.models[0]?.counts.missing], [3, 1])
})

test('axes are counted apart and first-solve times are known as such', () => {
  assert.deepEqual(axesOf({ runs: RUNS, tasks: TASKS }), [
    { axis: 'stated', tasks: 3 },
    { axis: 'best', tasks: 2 },
    { axis: 'first-solve', tasks: 2 },
  ])
  const { tasks } = panelOf({ runs: RUNS, tasks: TASKS }, headline('best'))
  assert.deepEqual(
    tasks.map(({ task, firstSolve }) => [task, firstSolve]),
    [
      ['a3', true],
      ['a4', false],
    ],
  )
})
