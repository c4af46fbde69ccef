import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attemptRows } from './attempt-rows.ts'
import { drive } from './drive.ts'
import { readInspectLog } from './read-log.ts'

const SCORED = { match: { value: 'C' }, other: { value: { a: 1, b: 0 } } }

function rowsOf(
  samples: readonly object[],
  log: object = {},
  choice: { scorer?: string; key?: string } = {},
  tasks: string[] = [],
) {
  const spec = { task: 'pack/guess', task_id: 'T', model: 'a/b', config: { epochs: 2 }, dataset: { sample_ids: ['x/1', 2] } }
  const bytes = new TextEncoder().encode(JSON.stringify({ version: 2, status: 'success', eval: spec, ...log, samples }))
  const read = drive(readInspectLog({ name: 'x', size: bytes.length }), bytes)
  assert.ok(read.ok)
  return attemptRows(read.log, { scorer: choice.scorer ?? null, key: choice.key ?? null }, (task) => tasks.includes(task))
}

test('a sample is an attempt at a task named by its id, or by the Inspect task and its id', () => {
  const samples = [
    { id: 'x/1', epoch: 1, scores: SCORED },
    { id: 2, epoch: 2, scores: SCORED, model_usage: { m: { total_tokens: 5 } }, metadata: { human_minutes: 30 } },
  ]
  const { runs, tasks, scorer, otherScorers } = rowsOf(samples)
  const common = { model: 'a/b', family: '', reason: 'scored', score: 1, cheating: 'no', weight: null }
  assert.deepEqual(runs, [
    { ...common, task: 'x/1', attempt: 'T#1', tokens: null },
    { ...common, task: 'guess/2', attempt: 'T#2', tokens: 5 },
  ])
  assert.deepEqual(tasks, [{ task: 'guess/2', family: '', minutes: { stated: 30 }, censoredAt: null, broken: null }])
  assert.deepEqual([scorer, otherScorers], ['match', ['other']])
  const known = rowsOf(samples, {}, {}, ['2', 'guess/x/1'])
  assert.deepEqual(
    known.runs.map((run) => run.task),
    ['guess/x/1', '2'],
  )
})

test('why an attempt counts as it does', () => {
  const cases: readonly (readonly [object, string, number | null])[] = [
    [{ scores: SCORED }, 'scored', 1],
    [{ scores: { match: { value: 'I' } } }, 'scored', 0],
    [{ scores: { match: { value: 'I' } }, limit: { type: 'token', limit: 5 } }, 'limit', 0],
    [{ scores: { match: { value: 'C' } }, limit: { type: 'token', limit: 5 } }, 'scored', 1],
    [{ scores: {}, limit: { type: 'time', limit: 5 } }, 'limit', 0],
    [{ scores: {}, limit: { type: 'operator', limit: 1 } }, 'unscored', null],
    [{ scores: { match: { value: 0 } }, output: { choices: [{ stop_reason: 'content_filter' }] } }, 'refusal', 0],
    [{ scores: { match: { value: 7 } } }, 'unscored', null],
    [{ scores: { match: { value: 'nan' } } }, 'unscored', null],
    [{}, 'unscored', null],
    [{ scores: SCORED, error: { message: 'KeyError()' } }, 'harness-fault', null],
    [{ scores: SCORED, error: { message: 'openai.RateLimitError: 429' } }, 'endpoint-fault', null],
    [{ scores: SCORED, error: { message: 'long '.repeat(100_000) } }, 'harness-fault', null],
    [{ scores: { match: { value: 'C'.repeat(100_000) } } }, 'unscored', null],
    [{ scores: SCORED, invalidation: { author: 'x'.repeat(100_000) } }, 'unscored', null],
    [{ scores: SCORED, invalidation: { author: 'x', timestamp: 'y' } }, 'unscored', null],
  ]
  for (const [parts, reason, score] of cases) {
    const { runs } = rowsOf([
      { id: 1, epoch: 1, ...parts },
      { id: 2, epoch: 1, scores: { match: { value: 'I' } } },
    ])
    assert.deepEqual([runs[0]?.reason, runs[0]?.score], [reason, score], JSON.stringify(parts))
  }
})

test('another score, and the entry of one with several values, count only when chosen', () => {
  const samples = [{ id: 1, epoch: 1, scores: SCORED }]
  assert.deepEqual(
    [{ scorer: 'other' }, { scorer: 'other', key: 'a' }, { scorer: 'other', key: 'b' }, { scorer: 'nobody' }].map((choice) => {
      const { runs, notANumber } = rowsOf(samples, {}, choice)
      return [runs[0]?.score, notANumber]
    }),
    [
      [null, 1],
      [1, 0],
      [0, 0],
      [null, 0],
    ],
  )
})

test('of an unfinished log the planned samples that are not there come as missing', () => {
  for (const status of ['error', 'cancelled', 'started']) {
    const { runs, absent } = rowsOf([{ id: 2, epoch: 1, scores: SCORED }], { status })
    assert.equal(absent, 3)
    assert.deepEqual(
      runs.map((run) => [run.task, run.attempt, run.score, run.reason]),
      [
        ['guess/2', 'T#1', 1, 'scored'],
        ['x/1', 'T#1', null, 'unscored'],
        ['x/1', 'T#2', null, 'unscored'],
        ['guess/2', 'T#2', null, 'unscored'],
      ],
    )
  }
})
