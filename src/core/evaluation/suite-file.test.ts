import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parseSuite } from './suite-file.ts'

const SAMPLE = readFileSync(join(import.meta.dirname, '../../../suites/sample/suite.json'), 'utf8')

type Json = Record<string, unknown>

/** The sample suite with one thing changed: `path` leads to it, `undefined` takes it out. */
function changed(path: readonly (string | number)[], value: unknown): string {
  const suite = JSON.parse(SAMPLE) as Json
  let at: Json = suite
  for (const step of path.slice(0, -1)) at = at[step] as Json
  const last = path.at(-1)!
  if (value === undefined) delete at[last]
  else at[last] = value
  return JSON.stringify(suite)
}

const TASK = ['families', 0, 'tasks', 0] as const

describe('a suite’s file', () => {
  test('the sample suite is read whole and nothing is changed', () => {
    const read = parseSuite(SAMPLE)
    assert.ok(read.ok, JSON.stringify(read))
    assert.deepEqual(read.suite, JSON.parse(SAMPLE))
  })

  const faults: readonly (readonly [path: readonly (string | number)[], value: unknown, at: string, say: RegExp])[] = [
    [['format'], 'weir-suite-2', 'format', /weir-suite-1/],
    [['canary'], 'short', 'canary', /16/],
    [['families'], [], 'families', /1 to 500/],
    [['families'], {}, 'families', /no list/],
    [['sponsor'], 'x', 'sponsor', /no such field/],
    [['families', 0, 'family'], '../etc', 'families[0].family', /dashes/],
    [['families', 0, 'service'], undefined, 'families[0].service', /missing/],
    [['families', 0, 'setup', 'code'], '../../etc', 'families[0].setup.code', /path/],
    [['families', 0, 'setup', 'code'], '/etc', 'families[0].setup.code', /path/],
    [['families', 0, 'setup', 'argv'], [], 'families[0].setup.argv', /0 entries/],
    [['families', 0, 'setup', 'argv'], ['a\0'], 'families[0].setup.argv[0]', /none/],
    [['families', 0, 'floor'], 'none', 'families[0].floor', /namespace-user/],
    [['families', 0, 'limits'], { wallMs: -1 }, 'families[0].limits.wallMs', /whole number/],
    [['families', 0, 'limits'], { wall: 1 }, 'families[0].limits.wall', /no such field/],
    [['families', 0, 'check'], { by: 'eye' }, 'families[0].check.by', /flag, program/],
    [['families', 0, 'check'], { by: 'program' }, 'families[0].check.step', /missing/],
    [[...TASK, 'id'], 'other/task', 'families[0].tasks[0].id', /begin/],
    [[...TASK, 'human', 'minutes'], 0, 'families[0].tasks[0].human.minutes', /above 0/],
    [[...TASK, 'human', 'kind'], 'stated', 'families[0].tasks[0].human.kind', /team-estimate/],
    [[...TASK, 'difficulty'], 4, 'families[0].tasks[0].difficulty', /1 to 3/],
    [[...TASK, 'parameters'], { a: [1] }, 'families[0].tasks[0].parameters.a', /no text/],
    [[...TASK, 'parameters'], { 'a b': 1 }, 'families[0].tasks[0].parameters.a b', /name/],
    [[...TASK, 'prompt'], 'Go to {port}.', 'families[0].tasks[0].prompt', /no service/],
    [[...TASK, 'prompt'], '\ud800', 'families[0].tasks[0].prompt', /none/],
  ]
  for (const [path, value, at, say] of faults) {
    test(`${path.join('.')} as ${JSON.stringify(value)} is named`, () => {
      const read = parseSuite(changed(path, value))
      assert.ok(!read.ok)
      assert.equal(read.at, at)
      assert.match(read.say, say)
    })
  }

  test('doubled families and tasks are refused', () => {
    const suite = JSON.parse(SAMPLE) as { families: { tasks: unknown[] }[] }
    const families = parseSuite(JSON.stringify({ ...suite, families: [suite.families[0], suite.families[0]] }))
    assert.ok(!families.ok && families.at === 'families[1].family')
    suite.families[0]!.tasks.push(suite.families[0]!.tasks[0])
    const tasks = parseSuite(JSON.stringify(suite))
    assert.ok(!tasks.ok && /families\[0\]\.tasks\[\d+\]\.id/.test(tasks.at))
  })

  test('a service without a network is refused', () => {
    const service = { argv: ['x'], code: 'x', port: 4000, name: 'x' }
    const read = parseSuite(changed(['families', 0, 'service'], service))
    assert.ok(!read.ok && read.at === 'families[0].network')
  })

  test('what is no suite at all is refused without a throw', () => {
    const hostile = ['', '{', 'null', '[]', '1', '"x"', '['.repeat(1 << 20), '{"__proto__":{}}', ' '.repeat((8 << 20) + 1)]
    for (const text of hostile) assert.equal(parseSuite(text).ok, false, text.slice(0, 20))
  })
})
