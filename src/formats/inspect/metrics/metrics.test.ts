import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readHeader } from '../log/header.ts'
import type { SampleRow } from '../log/sample-row.ts'
import { type ScoreValue, scoreNumber, scoreValue } from '../log/score-value.ts'
import { checkMetrics, recompute } from './recompute.ts'
import { reducerNamed } from './reduce-epochs.ts'
import { clusteredError, standardError } from './spread.ts'

function row(id: number, epoch: number, scores: Record<string, ScoreValue>, metadata: SampleRow['metadata'] = {}): SampleRow {
  return {
    id,
    epoch,
    scores: Object.entries(scores).map(([scorer, value]) => ({ scorer, value, history: [] })),
    error: null,
    limit: null,
    invalidated: null,
    tokens: null,
    totalTime: null,
    workingTime: null,
    startedAt: null,
    completedAt: null,
    retries: 0,
    stopReason: null,
    metadata,
    messages: 0,
    events: {},
    place: null,
  }
}

function header(...scores: readonly object[]) {
  return readHeader(new Map<string, unknown>([['results', { scores }]]))
}

test('a score stands for the number that Inspect takes it for, and for none where it is none', () => {
  const numbers: readonly (readonly [unknown, number | null])[] = [
    ['C', 1],
    ['I', 0],
    ['P', 0.5],
    ['N', 0],
    [true, 1],
    [false, 0],
    [0.25, 0.25],
    ['0.25', 0.25],
    [' 1 ', 1],
    ['-1e2', -100],
    ['Yes', 1],
    ['FALSE', 0],
    ['NaN', null],
    ['inf', null],
    ['Infinity', null],
    ['0x10', null],
    ['', null],
    ['c', null],
    [null, null],
    [{ a: 'C' }, 1],
    [[0.5], 0.5],
    [{ a: 1, b: 0 }, null],
    [{}, null],
    [{ a: { b: 1 } }, null],
  ]
  for (const [value, number] of numbers) assert.equal(scoreNumber(scoreValue(value)), number, JSON.stringify(value))
  assert.equal(scoreNumber({ a: 1, b: 'I' }, 'b'), 0)
  assert.equal(scoreNumber([1, 0], '1'), 0)
  assert.equal(scoreNumber({ a: 1 }, 'toString'), null)
  assert.equal(scoreNumber('C', 'a'), null)
})

test('epochs reduce as Inspect reduces them', () => {
  const values = [1, 0, 0.5, 0]
  const reduced = ['mean', 'median', 'mode', 'max', 'at_least_1', 'at_least_2', 'pass_at_1', 'pass_at_2', 'pass_at_4'].map(
    (name) => reducerNamed(name)!(values),
  )
  assert.deepEqual(reduced, [0.375, 0.25, 0, 1, 1, 0, 0.25, 0.5, 1])
  assert.equal(reducerNamed('invented'), null)
})

test('standard errors, plain and clustered', () => {
  assert.equal(standardError([1]), 0)
  assert.equal(standardError([]), null)
  assert.equal(standardError([0, 1]), 0.5)
  const values = [1, 1, 0, 0].map((value, k) => ({ value, cluster: k < 2 ? 'a' : 'b' }))
  // Deviations of half, summed by cluster to 1 and -1: sqrt(2 · (1 + 1)) / 4.
  assert.equal(clusteredError(values), 0.5)
  assert.equal(clusteredError(values.map((one) => ({ ...one, cluster: 'a' }))), 0)
})

test('every metric of the header that is known is held against the samples', () => {
  const rows = [
    row(1, 1, { s: 'C', d: { x: 1, y: 0 } }, { group: 'a' }),
    row(1, 2, { s: 'I', d: { x: 0, y: 0 } }, { group: 'a' }),
    row(2, 1, { s: 'C', d: { x: 1, y: 1 } }, { group: 'b' }),
    row(3, 1, { s: 'NaN' }, { group: 'b' }),
  ]
  const metrics = {
    accuracy: { name: 'accuracy', value: 0.75 },
    stderr: { name: 'stderr', value: 0.25 },
    spread: { name: 'std', value: Math.SQRT1_2 / 2 },
    var: { name: 'var', value: 0.2 },
    clustered: { name: 'stderr', value: 0.25, params: { cluster: 'group' } },
    unknown: { name: 'stderr', value: 0.25, params: { cluster: 'nowhere' } },
    own: { name: 'my_metric', value: 3 },
    grouped: { name: 'accuracy', value: 1, group: 'a' },
  }
  const stated = header(
    { name: 's', scorer: 's', metrics },
    { name: 'x', scorer: 'd', metrics: { mean: { name: 'mean', value: 0.75 } } },
    { name: 's', scorer: 's', reducer: 'max', metrics: { accuracy: { name: 'accuracy', value: 1 } } },
    { name: 's', scorer: 's', reducer: 'odd', metrics: { accuracy: { name: 'accuracy', value: 1 } } },
  )
  assert.deepEqual(
    checkMetrics(stated, rows).map(({ metric, outcome }) => [metric.name, outcome]),
    [
      ['accuracy', 'equal'],
      ['stderr', 'equal'],
      ['std', 'equal'],
      ['var', 'differs'],
      ['stderr', 'equal'],
      ['stderr', 'unknown'],
      ['my_metric', 'unknown'],
      ['accuracy', 'unknown'],
      ['mean', 'equal'],
      ['accuracy', 'equal'],
      ['accuracy', 'unknown'],
    ],
  )
  assert.deepEqual(recompute(header(), rows), [
    { scorer: 's', key: null, reducer: 'mean', numeric: 3, samples: 2, mean: 0.75, stderr: 0.25 },
    { scorer: 'd', key: null, reducer: 'mean', numeric: 0, samples: 0, mean: null, stderr: null },
  ])
})

test('old headers: one scorer, its metrics beside it; numbers bare', () => {
  const old = readHeader(
    new Map<string, unknown>([
      ['status', 'success'],
      [
        'results',
        { scorer: { name: 'match' }, metrics: { accuracy: { name: 'accuracy', value: 0.5, options: { a: 1 } }, mean: 1 } },
      ],
    ]),
  )
  assert.deepEqual(old.scores, [
    {
      name: 'match',
      scorer: 'match',
      reducer: null,
      metrics: [
        { name: 'accuracy', value: 0.5, params: { a: 1 }, group: null },
        { name: 'mean', value: 1, params: {}, group: null },
      ],
    },
  ])
})
