import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { startSandbox, type TestSandbox } from '../src/devkit/sandbox.ts'
import { flagOf, PackageBox } from './suite/package-box.ts'
import { backwards, PEEK } from './suite/peek.ts'
import { proveFamily, ROOT, sampleSuite } from './suite/prove-family.ts'

const SEED = 'conformance'

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
  const suite = sampleSuite()
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
      const times = await proveFamily(sandbox, family, SEED)
      t.diagnostic(`ms to solve: ${times.map(({ task, ms }) => `${task} ${Math.round(ms)}`).join(', ')}`)
    })
  }
})
