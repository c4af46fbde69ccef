import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import type { RunTable } from '../../core/evaluation/run-row.ts'
import { evalFolder, lyptus2026, lyptusJune, metrGpt54, metrJanuary } from '../../devkit/eval-data.ts'
import { TableReader } from './read-table.ts'

const folder = evalFolder()
const skip = folder === null ? 'WEIR_CORPUS is not set: published tables are not read' : false
const at = folder ?? ''

function read(file: string, model = 'GPT-5.4') {
  const reader = new TableReader(model)
  const bytes = readFileSync(join(at, file))
  for (let i = 0; i < bytes.length; i += 10_007) reader.push(bytes.subarray(i, i + 10_007))
  return reader.end()
}

/** Attempts by any names: the rows of a model and task, in their order. */
function anonymous({ runs, tasks }: RunTable) {
  const turns = new Map<string, number>()
  return {
    tasks,
    runs: runs.map((row) => {
      const turn = (turns.get(`${row.model}\n${row.task}`) ?? 0) + 1
      turns.set(`${row.model}\n${row.task}`, turn)
      return { ...row, attempt: String(turn) }
    }),
  }
}

describe('published tables', { skip }, () => {
  test('Lyptus 2026: runs and tasks on every axis', () => {
    const runs = read('lyptus-2026/runs.csv')
    const tasks = read('lyptus-2026/tasks.csv')
    assert.deepEqual([runs.kind, tasks.kind, runs.findings, tasks.findings], ['runs', 'tasks', [], []])
    const want = lyptus2026(at)
    assert.equal(runs.table.runs.length, 6446)
    assert.deepEqual(runs.table.runs, want.runs)
    assert.deepEqual(tasks.table.tasks, want.tasks)
  })

  test("Lyptus June 2025: the file's own weights, versions of a task by their time", () => {
    const got = read('lyptus-2025-june/runs.csv')
    assert.equal(got.kind, 'runs')
    assert.deepEqual(anonymous(got.table), anonymous(lyptusJune(at)))
  })

  test('METR: named runs with weights, and successes among runs', () => {
    const january = read('metr/runs_jan2025.csv')
    assert.deepEqual(january.table, metrJanuary(at))
    const results = read('metr/task_results_gpt-5.4.csv')
    assert.deepEqual(
      results.findings.map((finding) => finding.code),
      ['model.unnamed'],
    )
    assert.deepEqual(anonymous(results.table), anonymous(metrGpt54(at)))
  })

  test('first solves in seconds are tasks; other files are told to be neither', () => {
    const first = read('lyptus-2026/cybench_first_solve.csv')
    assert.equal(first.table.tasks.length, 40)
    assert.deepEqual(first.table.tasks[0], {
      task: 'avatar',
      family: '',
      minutes: { 'first-solve': 84 },
      censoredAt: null,
      broken: null,
    })
    for (const file of [
      'lyptus-2026/published_horizons.csv',
      'lyptus-2026/human_completions.csv',
      'lyptus-2026/human_estimations.csv',
      'lyptus-2025-june/published_horizons.csv',
      'metr/published_th1_1_2026-03-19.csv',
    ]) {
      const got = read(file)
      assert.deepEqual([got.kind, got.findings.map((finding) => finding.code)], [null, ['table.neither']], file)
    }
  })
})
