import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { parseSuite } from '../src/core/evaluation/suite-file.ts'
import type { Family, Task } from '../src/core/evaluation/task-package.ts'
import { startSandbox, type TestSandbox } from '../src/devkit/sandbox.ts'
import { flagOf, PackageBox } from './suite/package-box.ts'
import { PEEK } from './suite/peek.ts'

const ROOT = join(import.meta.dirname, '../suites/sample')
const WRONG = `weir{${'0'.repeat(32)}}`
const SEED = 'conformance'

function readSuite() {
  const read = parseSuite(readFileSync(join(ROOT, 'suite.json'), 'utf8'))
  if (!read.ok) throw new Error(`${read.at}: ${read.say}`)
  return read.suite
}

async function prove(sandbox: PackageBox, family: Family, task: Task): Promise<number> {
  const [prepared, again] = await Promise.all([sandbox.setUp(task, SEED), sandbox.setUp(task, SEED)])
  assert.ok(Buffer.from(prepared.files).equals(again.files), 'equal input gives equal files')
  assert.deepEqual(prepared.answer, again.answer)
  const digits = flagOf(task, SEED).slice(5, -1)
  assert.ok(!Buffer.from(prepared.files).includes(digits), 'the flag stands in clear in the attempt’s files')
  const box = await sandbox.attempt(task, SEED, prepared)
  try {
    if (family.service !== null) {
      const peek = await sandbox.exec(box, ['python3', '-c', PEEK, backwards(digits), String(family.service.port)])
      assert.equal(peek.out.toString(), 'nothing unseen\n', peek.error)
    }
    const started = performance.now()
    const solved = await sandbox.exec(box, family.solve.argv)
    const ms = performance.now() - started
    assert.equal(solved.exit, 0, `${solved.out}${solved.error}`)
    const submission = solved.out.toString().trimEnd().split('\n').at(-1)!
    assert.equal(await sandbox.score(task, SEED, submission, prepared.answer), 1, submission.slice(0, 200))
    assert.equal(await sandbox.score(task, SEED, WRONG, prepared.answer), 0)
    return ms
  } finally {
    await sandbox.close(box)
  }
}

function backwards(text: string): string {
  return [...text].reverse().join('')
}

const AT_ONCE = 2

// A service that forgets to make itself unreadable.
const CARELESS = `
import os, sys
flag = sys.stdin.readline()
if os.fork(): os._exit(0)
os.setsid()
nothing = os.open(os.devnull, os.O_RDWR)
for stream in range(3): os.dup2(nothing, stream)
import time
time.sleep(60)
`

describe('the sample suite', () => {
  const suite = readSuite()
  let sandbox: TestSandbox
  before(async () => {
    sandbox = await startSandbox()
  })
  after(() => sandbox.stop())

  test('it has at least 12 families of 7 tasks, of three difficulties, from minutes to hours', () => {
    assert.ok(suite.families.length >= 12, `${suite.families.length} families`)
    for (const { family, tasks } of suite.families) {
      assert.ok(tasks.length >= 7, family)
      assert.deepEqual([...new Set(tasks.map(({ difficulty }) => difficulty))].sort(), [1, 2, 3], family)
    }
    const minutes = suite.families.flatMap(({ tasks }) => tasks.map(({ human }) => human.minutes)).sort((a, b) => a - b)
    assert.ok(minutes[0]! <= 5 && minutes.at(-1)! >= 240)
  })

  test('a service that does not make itself unreadable is found out', async () => {
    const sandboxed = new PackageBox(sandbox, suite.families.find(({ service }) => service === null)!)
    await sandboxed.fill(ROOT)
    const box = await sandboxed.open([])
    const digits = flagOf({ id: 'careless' }, SEED).slice(5, -1)
    await sandboxed.exec(box, ['python3', '-c', CARELESS], `weir{${digits}}\n`)
    const peek = await sandboxed.exec(box, ['python3', '-c', PEEK, backwards(digits)])
    assert.match(peek.out.toString(), /\bmem\b.* seen\n$/, peek.error)
    await sandboxed.close(box)
  })

  test('every file of it holds its canary, and what families share is alike', () => {
    const shared = new Map<string, string>()
    for (const { parentPath, name } of readdirSync(ROOT, { withFileTypes: true, recursive: true }).filter((one) =>
      one.isFile(),
    )) {
      const text = readFileSync(join(parentPath, name), 'utf8')
      assert.ok(text.includes(suite.canary), `${parentPath}/${name}`)
      if (['stage.py', 'serve.py', 'talk.py', 'cipher.py', 'compile.py', 'primes.py'].includes(name)) {
        assert.equal(shared.get(name) ?? text, text, `${parentPath}/${name}`)
        shared.set(name, text)
      }
    }
    assert.equal(shared.size, 6)
  })

  for (const family of suite.families) {
    test(`${family.family}: every task is made alike twice, hides its flag, and is solved by its reference`, async (t) => {
      const packages = new PackageBox(sandbox, family)
      await packages.fill(ROOT)
      const waiting = [...family.tasks]
      const times: string[] = []
      const work = async () => {
        for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
          const { id } = task
          const ms = await prove(packages, family, task).catch((error: unknown) => {
            throw new Error(`${id}: ${error instanceof Error ? error.message : error}`)
          })
          times.push(`${id.split('/')[1]} ${Math.round(ms)}`)
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, work))
      t.diagnostic(`ms to solve: ${times.join(', ')}`)
    })
  }
})
