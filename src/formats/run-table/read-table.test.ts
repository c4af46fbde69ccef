import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { TableReader } from './read-table.ts'
import { TABLE_LIMITS } from './table-limits.ts'

function read(text: string, limits = {}, size = 1 << 20) {
  const reader = new TableReader('file', { ...TABLE_LIMITS, ...limits })
  const bytes = new TextEncoder().encode(text)
  for (let i = 0; i < bytes.length; i += size) reader.push(bytes.slice(i, i + size))
  return reader.end()
}

const told = (text: string, limits = {}) => read(text, limits).findings.map(({ code, where }) => [code, where])

test('columns are told by name, in any order and spelling; what is not known is passed over', () => {
  const { kind, table, findings } = read(
    'Extra,Agent,Task ID,Task-Family,score,SCORE_binarized,Run_ID,tokens,cheating,reason\n' +
      '9,m,t/1,f,0.3,1,r1,12,confirmed,\n' +
      '9,m,t/1,f,0.3,0,r2,,suspected,limit\n' +
      '9,m,t/2,,0.3,,,,,harness_fault\n',
  )
  const common = { model: 'm', family: 'f', weight: null }
  assert.deepEqual([kind, findings], ['runs', []])
  assert.deepEqual(table.runs, [
    { ...common, task: 't/1', attempt: 'r1', score: 1, tokens: 12, cheating: 'confirmed', reason: 'scored' },
    { ...common, task: 't/1', attempt: 'r2', score: 0, tokens: null, cheating: 'suspected', reason: 'limit' },
    { ...common, task: 't/2', family: '', attempt: '1', score: null, tokens: null, cheating: 'no', reason: 'harness-fault' },
  ])
})

test('scores as numbers and words; what is none counts as missing and is told with its place', () => {
  const cells = ['1', '0.5', '1e-3', 'True', 'no', 'C', 'i', '', 'NaN', '2', '-0.1', 'maybe', '1e999', 'Infinity']
  const { table, findings } = read(`model,task,score\n${cells.map((cell) => `m,t,${cell}`).join('\n')}`)
  assert.deepEqual(
    table.runs.map((run) => run.score),
    [1, 0.5, 0.001, 1, 0, 1, 0, null, null, null, null, null, null, null],
  )
  assert.deepEqual(
    findings.map(({ code, where }) => [code, where]),
    [
      ['cell.out-of-range', 'line 11, column score'],
      ['cell.out-of-range', 'line 12, column score'],
      ['cell.not-understood', 'line 13, column score'],
      ['cell.not-understood', 'line 14, column score'],
      ['cell.not-understood', 'line 15, column score'],
    ],
  )
  assert.deepEqual(
    table.runs.map((run) => run.attempt),
    cells.map((_, k) => String(k + 1)),
  )
})

test('an empty score with a reason of its own is 0, one of the harness is missing', () => {
  const { table } = read('task,score,reason\na,,limit\na,,refusal\na,1,endpoint-fault\na,,scored\na,,odd\n')
  assert.deepEqual(
    table.runs.map((run) => [run.score, run.reason]),
    [
      [0, 'limit'],
      [0, 'refusal'],
      [null, 'endpoint-fault'],
      [null, 'unscored'],
      [null, 'unscored'],
    ],
  )
})

test('successes among runs are spread out, fractions of one too', () => {
  const { table, findings } = read('model,task,n_successes,n_runs\nm,a,1.5,3\nm,b,0,0\nm,c,4,3\nm,d,1,1e9\nm,e,,2\n')
  assert.deepEqual(
    table.runs.map((run) => [run.task, run.attempt, run.score]),
    [
      ['a', '1', 1],
      ['a', '2', 0.5],
      ['a', '3', 0],
    ],
  )
  assert.deepEqual(
    findings.map(({ where }) => where),
    ['line 4, column n_successes', 'line 5, column n_runs', 'line 6, column n_successes'],
  )
})

test('tables of neither kind, empty ones, short and long lines, and double columns are told', () => {
  assert.deepEqual(told(''), [['table.empty', '']])
  assert.deepEqual(told('model,task,score\n'), [['table.empty', '']])
  assert.deepEqual(told('a,b\n1,2\n'), [['table.neither', 'line 1']])
  assert.deepEqual(told('task,note\n1,2\n'), [['table.neither', 'line 1']])
  assert.deepEqual(told('model,task,score\nm,t\nm,t,1,9\nm,,1\n'), [
    ['table.cells', 'line 2'],
    ['table.cells', 'line 3'],
    ['cell.not-understood', 'line 4, column task'],
  ])
  assert.deepEqual(told('task,score,score,model\na,1,0,m\n'), [['column.twice', 'score']])
  assert.deepEqual(told('task,score\na,1\n'), [['model.unnamed', '']])
  assert.equal(read('model,task,score\nm,t,1\nm,t,1\nm,t,1\n', { rows: 2 }).table.runs.length, 2)
  assert.equal(read(`model,task,score\n${'m,long-name,1\n'.repeat(50)}`, { names: 100 }).table.runs.length, 10)
  assert.equal(told(`model,task,score\n${'m,t,x\n'.repeat(30)}`, { findings: 5 }).length, 6)
})

test('human times beside runs are tasks, a second time for one makes a version of it', () => {
  const { table, findings } = read('model,task,score,human_minutes\nm,a,1,5\nn,a,1,5\nm,a,0,7\nm,b,0,0\nm,c,0,\n')
  assert.deepEqual(
    table.runs.map((run) => run.task),
    ['a', 'a', 'a (7 min)', 'b', 'c'],
  )
  assert.deepEqual(
    table.tasks.map(({ task, minutes }) => [task, minutes]),
    [
      ['a', { stated: 5 }],
      ['a (7 min)', { stated: 7 }],
    ],
  )
  assert.deepEqual(
    findings.map(({ code }) => code),
    ['cell.out-of-range', 'task.two-times'],
  )
})

test('a simple task table', () => {
  const { kind, table, findings } = read(
    'task;family;minutes;censored_minutes;broken\na;f;10;;\nb;f;;90;no file\nc;;x;;false\n',
  )
  assert.equal(kind, 'tasks')
  assert.deepEqual(table.tasks, [
    { task: 'a', family: 'f', minutes: { stated: 10 }, censoredAt: null, broken: null },
    { task: 'b', family: 'f', minutes: {}, censoredAt: 90, broken: 'no file' },
    { task: 'c', family: '', minutes: {}, censoredAt: null, broken: null },
  ])
  assert.deepEqual(
    findings.map(({ where }) => where),
    ['line 4, column minutes'],
  )
})

test('keys are overwritten and counted; any bytes in any pieces never throw and read the same', () => {
  const secret = read('model,task,score\nm,sk-ant-abcdefghijklmnop1234,1\n')
  assert.ok(!JSON.stringify(secret).includes('abcdefgh'))
  assert.deepEqual([secret.keys, secret.findings.map(({ code }) => code)], [1, ['key.found']])
  const text = fc.array(
    fc.oneof(fc.string(), fc.constantFrom('model,task,score\n', 'm,t,1\n', '"', ',', '\n', 'n_runs', 'sk-')),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 50 }), (parts, size) => {
      const whole = `model,task,score,human_minutes\n${parts.join('')}`
      assert.deepEqual(read(whole, {}, size), read(whole))
    }),
  )
})
