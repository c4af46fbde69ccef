import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import type { ValidationPage } from '../../contract/shapes/validation.ts'
import { exitOfOutcome } from '../commands/validate.ts'
import { queryOf } from '../http/query.ts'
import { inkFor } from '../text/ink.ts'
import { readRecipe } from './recipe-file.ts'
import { shownResult } from './shown-result.ts'
import { withSource } from './target-source.ts'
import { standing, validationLines } from './validation-lines.ts'

const frame = (symbol: string) => ({ symbol, path: 'a.c', line: 1 })
const reproducer = (id: string, letter: string, name: string) => ({
  reproducer: id,
  letter,
  name,
  verdict: 'confirmed' as const,
  say: 'Fired 3 of 3 times.',
  fired: 3,
  of: 3,
  runs: [],
  type: 'Heap-buffer-overflow\nWRITE 1',
  signal: null,
  stack: [frame('__asan_memcpy'), frame('put_text'), frame('main')],
  alsoMet: ['other < bug'],
  cwe: 'CWE-787',
  controls: [],
})
const cell = (patch: string, of: string, outcome: 'silent' | 'fires') => ({
  patch,
  reproducer: of,
  outcome,
  fired: 0,
  of: 3,
  say: '',
})
const PAGE: ValidationPage = {
  log: true,
  row: {
    id: 'val_1',
    flaw: null,
    finding: 'fnd_1',
    target: { id: 'tgt_1', name: 'evil\u001b[2J\u202e' },
    tasks: ['matrix'],
    state: 'done',
    say: 'The reproducer was confirmed.',
    progress: null,
    waitsFor: null,
    by: 'Halyard Labs',
    askedAt: '2026-11-21T09:00:00Z',
    startedAt: '2026-11-21T09:00:01Z',
    endedAt: '2026-11-21T09:00:09Z',
    runner: 'this server',
    tier: 'namespace',
    seconds: 4.25,
    mayStop: false,
  },
  result: {
    builds: [],
    reproducers: [
      reproducer('fnd_1-1', 'A', 'one\u009b2J'),
      reproducer('fnd_1-2', 'A', 'two'),
      reproducer('fnd_2-1', 'B', 'three'),
    ],
    patches: [{ patch: 'evd_1', letter: 'A', name: 'fix.diff', standing: 'rejected', say: 'Rejected.', rungs: [], diff: null }],
    matrix: {
      cells: [cell('evd_1', 'fnd_1-1', 'silent'), cell('evd_1', 'fnd_2-1', 'fires')],
      relations: [{ a: 'fnd_1-2', b: 'fnd_2-1', relation: 'a-covers-b', say: 'An edge.' }],
    },
    minimised: [],
    ranges: [],
    statement: { digest: `sha256:${'0'.repeat(64)}`, key: 'k', runner: 'this server' },
  },
}

test('what a server tells stands in the tables of weir validate, by letters, and is inert', () => {
  const lines = validationLines(PAGE, inkFor({}, {}))
  const text = lines.join('\n')
  for (const part of [
    /^VALIDATION val_1$/m,
    /^runner +this server \(namespace\)$/m,
    /^used +4\.3 s of sandbox time$/m,
    /^A1 one\\x9b2J +confirmed +3 of 3 +Heap-buffer-overflow in put_text +CWE-787$/m,
    /^B three +confirmed/m,
    /Also met: other < bug/,
    /^patch {2}A fix\.diff {2}rejected$/m,
    /^A fix\.diff +# +\.$/m,
    /^A2 covers B: An edge\.$/m,
  ])
    assert.match(text, part)
  assert.doesNotMatch(text, /[\u001b\u009b\u202e]/)
  assert.ok(lines.every((line) => line.length <= 80))
  assert.equal(exitOfOutcome(shownResult(PAGE.result!)), 1)
})

test('it says why it waits, and how far it is', () => {
  const progress = { done: 2, total: 9, say: 'A, run 2 of 5', at: '' }
  assert.equal(standing({ ...PAGE.row, progress }), '2 of 9   A, run 2 of 5')
  assert.equal(standing({ ...PAGE.row, progress, waitsFor: 'Waits for its turn.' }), 'Waits for its turn.')
  assert.equal(standing(PAGE.row), 'The reproducer was confirmed.')
})

test('a query has what was given, escaped', () => {
  assert.equal(queryOf({ name: 'a b&c', purl: undefined, kind: 'archive' }), 'name=a+b%26c&kind=archive')
})

describe('files of a target', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-cli-target-'))
  after(() => rmSync(folder, { recursive: true }))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  const never = new AbortController().signal

  test('a bundle is told from an archive by its first line', async () => {
    const kindOf = (path: string) => withSource(path, folder, never, async ({ kind }) => kind)
    assert.equal(await kindOf(file('a.bundle', '# v2 git bundle\nx')), 'git-bundle')
    assert.equal(await kindOf(file('a.tar', 'x')), 'archive')
    await assert.rejects(kindOf(join(folder, 'none')), { exit: 2 })
  })

  test('a recipe is checked before anything is sent', () => {
    const good = {
      version: 'weir-recipe/1',
      language: 'c',
      harnesses: [{ name: 'h', kind: 'command', run: ['/work/src/h', '@@'] }],
    }
    assert.deepEqual(readRecipe(file('good.json', JSON.stringify(good))), good)
    assert.throws(() => readRecipe(file('bad.json', JSON.stringify({ ...good, harness: [] }))), { exit: 2 })
    assert.throws(() => readRecipe(file('torn.json', '{')), { exit: 2 })
    assert.throws(() => readRecipe(join(folder, 'none.json')), { exit: 2 })
  })
})
