import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { AttemptResult } from '../../contract/attempts.ts'
import { Stop } from '../exit.ts'
import { mustBeBase } from './run-address.ts'
import { RunFolder } from './run-folder.ts'
import { readAttemptLine } from './run-process.ts'
import { profileOf } from './run-profile.ts'
import { readSecret } from './run-secret.ts'
import { progressText } from './run-suite.ts'

const result = (task: string, attempt: number, more: Partial<AttemptResult> = {}): AttemptResult => ({
  ...{ task, family: 'f', version: 1, attempt, score: 1, reason: 'scored', say: '', tokensIn: 10, tokensOut: 5, cost: null },
  ...{ messages: 1, startedAt: 0, wallMs: 1, profile: 'p', foreignFlag: false, blind: false, refusals: 0, tokensAtScore: 15 },
  ...{ transcript: '', ...more },
})
const line = (n: number) => ({ n, at: 0, event: { kind: 'note', text: `n${n}` }, hash: '' }) as const

describe('a run set’s folder', () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-run-'))
  after(() => rmSync(home, { recursive: true, force: true }))
  const facts = {
    suite: 's 1',
    model: 'a,"b"',
    api: 'openai-chat',
    profile: profileOf({}),
    prices: null,
  }
  const minutes = new Map([['f/one', 12.5]])
  const open = (name: string, more = {}) =>
    new RunFolder(join(home, name), { ...facts, ...more }, minutes, () => 'ab'.repeat(32))

  test('goes on where it was, with the same key; faults are made again', () => {
    const first = open('a')
    first.result(result('f/one', 1))
    first.result(result('f/two', 1, { score: null, reason: 'endpoint-fault' }))
    first.result(result('f/three', 1, { score: 0, reason: 'limit' }))
    const again = new RunFolder(join(home, 'a'), facts, minutes, () => 'cd'.repeat(32))
    assert.equal(again.runKey, 'ab'.repeat(32))
    assert.deepEqual(again.done, ['f/one#1', 'f/three#1'])
    again.result(result('f/two', 1, { score: 0.5 }))
    assert.deepEqual(open('a').done.length, 3)
  })

  test('other settings are another run set', () => {
    open('b')
    assert.throws(() => open('b', { profile: profileOf({ tokens: 5 }) }), Stop)
  })

  test('a line cut short by a kill loses itself alone', () => {
    const folder = open('c')
    folder.result(result('f/one', 1))
    appendFileSync(join(home, 'c', 'results.ndjson'), '{"task":"f/two","att')
    const again = open('c')
    again.result(result('f/one', 2))
    assert.deepEqual(open('c').done, ['f/one#1', 'f/one#2'])
  })

  test('the table has a row an attempt, quoted, without a score where it is missing', () => {
    const folder = open('d')
    folder.result(result('f/two', 2, { score: null, reason: 'unscored' }))
    folder.result(result('f/one', 1))
    assert.deepEqual(readFileSync(folder.writeTable(), 'utf8').split('\n'), [
      'model,task_id,task_family,score,total_tokens,attempt,reason,human_minutes',
      '"a,""b""",f/one,f,1,15,1,scored,12.5',
      '"a,""b""",f/two,f,,15,2,unscored,',
      '',
    ])
  })

  test('a transcript grows in pieces and begins anew with its first line', () => {
    const folder = open('e')
    const lines = () =>
      readFileSync(join(home, 'e', 'transcripts', 'f--one--1.ndjson'), 'utf8')
        .trim()
        .split('\n').length
    folder.transcript('f/one', 1, [line(0), line(1)])
    folder.transcript('f/one', 1, [line(2)])
    assert.equal(lines(), 3)
    folder.transcript('f/one', 1, [line(0)])
    assert.equal(lines(), 1)
  })
})

test('a key is one word, from a variable or a file, and never empty', () => {
  assert.equal(readSecret({ variable: 'K' }, { K: ' sk-1\n' }), 'sk-1')
  for (const bad of ['', 'two words', 'ä', '\u0000'])
    assert.throws(
      () => readSecret({ variable: 'K' }, { K: bad }),
      (error) => error instanceof Stop && (bad === '' || !error.message.includes(bad)),
    )
  assert.throws(() => readSecret({ file: '/nowhere/at/all' }, {}), Stop)
})

test('progress says what is known and no more; lines that are none are passed over', () => {
  assert.equal(
    progressText({ event: 'progress', done: 3, total: 84, tokens: 12_345, cost: 0.5, leftMs: 125_000 }),
    'attempts   3 of 84   12,345 tokens   $0.50   about 2 min',
  )
  assert.equal(
    progressText({ event: 'progress', done: 0, total: 84, tokens: 0, cost: null, leftMs: null }),
    'attempts   0 of 84   0 tokens',
  )
  for (const text of ['', 'x', 'null', '{"event":"other"}', '[]']) assert.equal(readAttemptLine(text), null)
})

test('a key goes over https, or plainly to this machine only', () => {
  for (const good of ['https://models.example/v1', 'http://127.0.0.1:8000/v1', 'http://localhost:1/']) mustBeBase(good)
  for (const bad of [
    'http://models.example/v1',
    'https://a:b@models.example',
    'models.example',
    'file:///etc',
    'https://x/?key=1',
    '',
  ])
    assert.throws(() => mustBeBase(bad), Stop, bad)
})
