import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { findTests, groupTests } from './groups.ts'
import { fit } from './machine.ts'
import { isStale } from './page.ts'
import { runGroup } from './run-group.ts'
import { describeGroup, describeSkips, lastLine, sum } from './verdict.ts'

const root = mkdtempSync(join(tmpdir(), 'weir-runner-'))
after(() => rmSync(root, { recursive: true, force: true }))

function plant(path: string, text: string): string {
  mkdirSync(join(root, path, '..'), { recursive: true })
  writeFileSync(join(root, path), text)
  return path
}

const PASS = "import { test } from 'node:test'\ntest('fine', () => {})\n"
const run = (name: 'pure' | 'http', ...files: string[]) => runGroup(root, { name, files }, process.env)

test('files are found and grouped by what their name says they need', () => {
  const names = [
    'src/a.test.ts',
    'src/deep/b.property.test.ts',
    'src/c.pg.test.ts',
    'src/d.http.test.ts',
    'src/e.browser.test.ts',
    'src/g.sandbox.test.ts',
    'conformance/f.test.ts',
  ]
  for (const name of names) plant(name, PASS)
  const groups = groupTests(findTests(root), [])
  assert.deepEqual(
    groups.map((group) => [group.name, group.files.length]),
    [
      ['pure', 1],
      ['property', 1],
      ['conformance', 1],
      ['sandbox', 1],
      ['postgres', 1],
      ['http', 1],
      ['browser', 1],
    ],
  )
  assert.deepEqual(
    groupTests(findTests(root), ['deep/']).map((group) => group.name),
    ['property'],
  )
})

test('passes, failures, failures inside, skips and suites are each counted once', async () => {
  const file = plant(
    't/mixed.test.ts',
    `import { test, describe, it } from 'node:test'
test('fine', () => {})
test('wrong', () => { throw new Error('so wrong') })
test('left', (t) => t.skip('no reason to'))
describe('suite', () => { it('one', () => {}); it('two', () => { throw new Error('two') }) })
test('outer', async (t) => { await t.test('inner', () => { throw new Error('inner') }) })
`,
  )
  for (const name of ['pure', 'http'] as const) {
    const { passed, failed, skipped, failures, skips } = await run(name, file)
    assert.deepEqual({ passed, failed, skipped }, { passed: 2, failed: 3, skipped: 1 }, name)
    assert.match(failures[0]?.says ?? '', /so wrong/)
    assert.equal(skips[0]?.says, 'no reason to')
  }
})

test('a suite that is skipped is one skip, also where nothing else is there', async () => {
  const file = plant(
    't/left.test.ts',
    "import { describe, it } from 'node:test'\ndescribe('left', { skip: 'no data here' }, () => { it('one', () => {}); it('two', () => {}) })\n",
  )
  for (const name of ['pure', 'http'] as const) {
    const { passed, failed, skipped, skips } = await run(name, file)
    assert.deepEqual({ passed, failed, skipped }, { passed: 0, failed: 0, skipped: 1 }, name)
    assert.equal(skips[0]?.says, 'no data here')
  }
})

test('a file that does not load fails, alone or among others', async () => {
  const fine = plant('t/fine.test.ts', PASS)
  const broken = plant('t/broken.test.ts', "import './nowhere.ts'\n")
  for (const name of ['pure', 'http'] as const) {
    const { passed, failed } = await run(name, fine, broken)
    assert.deepEqual({ passed, failed }, { passed: 1, failed: 1 }, name)
  }
})

test('a process that dies in the middle fails', async () => {
  const file = plant(
    't/dies.test.ts',
    `import { test } from 'node:test'
test('fine', () => {})
test('dies', () => new Promise(() => setTimeout(() => process.exit(0), 20)))
test('never', () => {})
`,
  )
  for (const name of ['pure', 'http'] as const) {
    const result = await run(name, file)
    assert.ok(result.failed >= 1, `${name}: ${JSON.stringify(result)}`)
  }
})

test('a file that fails is run again when that is asked for: what then holds is told, what fails again counts', async () => {
  const mark = join(root, 'been-here')
  const once = plant(
    't/once.test.ts',
    `import { existsSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
test('fine', () => {})
test('slow', () => { if (!existsSync(${JSON.stringify(mark)})) { writeFileSync(${JSON.stringify(mark)}, ''); throw new Error('too slow') } })
`,
  )
  const fine = plant('t/fine.test.ts', PASS)
  const files = [once, fine]
  const counts = ({ passed, failed, unsteady }: Awaited<ReturnType<typeof run>>) => ({
    passed,
    failed,
    unsteady: unsteady.length,
  })
  assert.deepEqual(counts(await run('http', ...files)), { passed: 2, failed: 1, unsteady: 0 })
  rmSync(mark)
  const held = await runGroup(root, { name: 'http', files }, process.env, true)
  assert.deepEqual(counts(held), { passed: 3, failed: 0, unsteady: 1 })
  assert.match(describeGroup(root, held), /3 passed, 0 failed[\s\S]*failed once, held when run again: slow[\s\S]*too slow/)
  const wrong = plant(
    't/wrong.test.ts',
    "import { test } from 'node:test'\ntest('wrong', () => { throw new Error('wrong') })\n",
  )
  const twice = await runGroup(root, { name: 'http', files: [wrong, fine] }, process.env, true)
  assert.deepEqual(counts(twice), { passed: 1, failed: 1, unsteady: 0 })
  const pure = await runGroup(root, { name: 'pure', files: [wrong] }, process.env, true)
  assert.deepEqual(counts(pure), { passed: 0, failed: 1, unsteady: 0 })
})

test('a group or a file without any test fails', async () => {
  const empty = plant('t/empty.test.ts', 'export {}\n')
  assert.equal((await run('pure', empty)).failed, 1)
  assert.equal((await run('http', empty)).failed, 1)
})

test('what the machine lacks is left out with the command that mends it, and is a failure only when strict', () => {
  const groups = groupTests(['src/a.test.ts', 'src/b.browser.test.ts', 'src/c.sandbox.test.ts'], [])
  const { run, leftOut } = fit(groups, { chromium: null, postgres: true, bubblewrap: false, corpus: null })
  assert.deepEqual(
    run.map((group) => group.name),
    ['pure'],
  )
  const mends = leftOut.map((one) => one.enable).join('\n')
  for (const one of ['chromium', 'bubblewrap']) assert.match(mends, new RegExp(`apt-get install -y ${one}`))
  assert.equal(leftOut.length, 3)
  const results = [
    {
      name: 'pure',
      files: 1,
      passed: 4,
      failed: 0,
      skipped: 1,
      seconds: 1,
      failures: [],
      skips: [],
      unsteady: [],
      printed: '',
    },
  ]
  assert.equal(lastLine(sum(results, leftOut, false)), '4 passed, 0 failed, 1 skipped')
  assert.equal(lastLine(sum(results, leftOut, true)), '4 passed, 4 failed')
})

test('skips with one reason share a line', () => {
  const skip = (name: string, says: string) => ({ kind: 'skip' as const, name, file: null, line: null, says })
  assert.deepEqual(describeSkips([skip('a', 'x'), skip('b', 'x'), skip('c', 'y')]), [
    'skipped      2 tests: x',
    'skipped      c: y',
  ])
})

test('the page is stale when it is missing', () => assert.ok(isStale(root)))
