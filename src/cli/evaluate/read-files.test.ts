import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { evalArchive } from '../../devkit/eval-archive.ts'
import { readFiles } from './read-files.ts'

const NONE = { scorer: null, key: null }

function log(task: string, created: string, samples: readonly object[], more: object = {}) {
  const spec = { task, task_id: 'T', model: 'a/b', created, config: { epochs: 1 }, dataset: { sample_ids: [1, 'web/2'] } }
  return JSON.stringify({ version: 2, status: 'success', eval: spec, ...more, samples })
}

const sample = (id: string | number, value: string) => ({ id, epoch: 1, scores: { match: { value } } })

describe('files read into one table', () => {
  let home = ''
  const at = (name: string) => join(home, name)
  const read = (names: readonly string[], tasks: string | null = null) =>
    readFiles(names.map(at), { tasks: tasks === null ? null : at(tasks), choice: NONE })
  const codes = (got: ReturnType<typeof read>) => got.findings.map((one) => one.code)

  before(() => {
    home = mkdtempSync(join(tmpdir(), 'weir-read-'))
    mkdirSync(at('logs/deep'), { recursive: true })
    mkdirSync(at('empty'))
    writeFileSync(at('logs/b.json'), log('pack/guess', '2026-01-02T00:00:00Z', [sample(1, 'I'), sample('web/2', 'C')]))
    writeFileSync(at('logs/deep/a.json'), log('pack/guess', '2026-01-03T00:00:00Z', [sample(1, 'C')], { status: 'error' }))
    const header = JSON.parse(log('other', '2026-01-01T00:00:00Z', []))
    const archive = [
      { name: 'samples/7_epoch_1.json', text: JSON.stringify(sample(7, 'C')) },
      { name: 'header.json', text: JSON.stringify({ ...header, samples: undefined }) },
    ]
    writeFileSync(at('logs/c.eval'), evalArchive(archive))
    writeFileSync(at('logs/notes.txt'), 'nothing')
    symlinkSync('/etc/hostname', at('logs/link.json'))
    writeFileSync(at('runs.csv'), 'model,task,score,human_minutes\nm,pwn/1,1,5\nm,plain,0,\nm,guess/1,1,\n')
    writeFileSync(at('tasks.csv'), 'task_id,task_family,best_available_minutes\npwn/1,own,50\nguess/1,game,8\nweb/2,,\n')
    writeFileSync(at('bad.csv'), 'a,b\n1,2\n')
    writeFileSync(at('bad.json'), '{"a":1}')
  })
  after(() => rmSync(home, { recursive: true, force: true }))

  test('the family: of the task table, else of the row, else before the slash, else of the Inspect task or the file', () => {
    const bare = read(['runs.csv', 'logs'])
    assert.deepEqual(
      bare.table.runs.map((run) => [run.model, run.task, run.family]),
      [
        ['m', 'pwn/1', 'pwn'],
        ['m', 'plain', 'runs'],
        ['m', 'guess/1', 'guess'],
        ['a/b', 'other/7', 'other'],
        ['a/b', 'guess/1', 'guess'],
        ['a/b', 'web/2', 'web'],
        ['a/b', 'guess/1', 'guess'],
        ['a/b', 'web/2', 'web'],
      ],
    )
    assert.deepEqual(bare.table.tasks, [
      { task: 'pwn/1', family: 'pwn', minutes: { stated: 5 }, censoredAt: null, broken: null },
    ])
    const given = read(['runs.csv', 'logs/b.json'], 'tasks.csv')
    assert.deepEqual(
      given.table.runs.map((run) => [run.task, run.family]),
      [
        ['pwn/1', 'own'],
        ['plain', 'runs'],
        ['guess/1', 'game'],
        ['guess/1', 'game'],
        ['web/2', 'web'],
      ],
    )
    assert.deepEqual(
      given.table.tasks.map(({ task, family, minutes }) => [task, family, minutes]),
      [
        ['pwn/1', 'own', { stated: 5, best: 50 }],
        ['guess/1', 'game', { best: 8 }],
        ['web/2', 'web', {}],
      ],
    )
  })

  test('logs come in the order of their creation, an unfinished one with what it lacks', () => {
    const { table, sources, findings } = read(['logs'])
    assert.deepEqual(
      table.runs.map((run) => [run.task, run.attempt, run.score, run.reason]),
      [
        ['other/7', 'T#1', 1, 'scored'],
        ['guess/1', 'T#1', 0, 'scored'],
        ['web/2', 'T#1', 1, 'scored'],
        ['guess/1', 'T#1', 1, 'scored'],
        ['web/2', 'T#1', null, 'unscored'],
      ],
    )
    assert.deepEqual(
      sources.map(({ file, kind, isFinished, runs }) => [file.slice(home.length + 1), kind, isFinished, runs]),
      [
        ['logs/b.json', 'inspect-json', true, 2],
        ['logs/c.eval', 'inspect-eval', true, 1],
        ['logs/deep/a.json', 'inspect-json', false, 2],
      ],
    )
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['log.unfinished', 'samples.absent'],
    )
  })

  test('what cannot be read is told, and the rest stands', () => {
    const got = read(['gone.csv', 'empty', 'logs/notes.txt', 'bad.csv', 'bad.json', 'runs.csv'])
    assert.deepEqual(codes(got), ['file.missing', 'folder.empty', 'file.unknown-kind', 'table.neither', 'log.not-a-log'])
    assert.equal(got.table.runs.length, 3)
    assert.deepEqual(codes(read(['runs.csv'], 'gone.csv')), ['file.unreadable'])
    assert.deepEqual(codes(read(['runs.csv'], 'bad.csv')), ['table.neither'])
    assert.deepEqual(codes(read([])), [])
  })
})
