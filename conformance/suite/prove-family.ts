import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSuite } from '../../src/core/evaluation/suite-file.ts'
import type { Family, Suite, Task } from '../../src/core/evaluation/task-package.ts'
import type { TestSandbox } from '../../src/devkit/sandbox.ts'
import { flagOf, PackageBox } from './package-box.ts'
import { backwards, PEEK } from './peek.ts'

export const ROOT = join(import.meta.dirname, '../../suites/sample')

const WRONG = `weir{${'0'.repeat(32)}}`
const AT_ONCE = 2

/** The sample suite; throws where its file is not as it must be. */
export function sampleSuite(): Suite {
  const read = parseSuite(readFileSync(join(ROOT, 'suite.json'), 'utf8'))
  if (!read.ok) throw new Error(`${read.at}: ${read.say}`)
  return read.suite
}

export interface Proved {
  readonly task: string
  /** Milliseconds that the reference solution took. */
  readonly ms: number
}

/** Proves every task of a family for a seed, two at a time; throws with the id of the task that fails. */
export async function proveFamily(sandbox: TestSandbox, family: Family, seed: string): Promise<readonly Proved[]> {
  const packages = new PackageBox(sandbox, family)
  await packages.fill(ROOT)
  const waiting = [...family.tasks]
  const proved: Proved[] = []
  const work = async () => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      try {
        proved.push({ task: task.id.split('/')[1]!, ms: await proveTask(packages, family, task, seed) })
      } catch (error) {
        throw new Error(`${task.id}, seed ${seed}: ${error instanceof Error ? error.message : error}`)
      }
    }
  }
  // Each is awaited, also beside one that failed: what it opened is closed before another seed begins.
  for (const done of await Promise.allSettled(Array.from({ length: AT_ONCE }, work)))
    if (done.status === 'rejected') throw done.reason
  return proved
}

async function proveTask(packages: PackageBox, family: Family, task: Task, seed: string): Promise<number> {
  const [prepared, again] = await Promise.all([packages.setUp(task, seed), packages.setUp(task, seed)])
  assert.ok(Buffer.from(prepared.files).equals(again.files), 'equal input gives equal files')
  assert.deepEqual(prepared.answer, again.answer)
  const digits = flagOf(task, seed).slice(5, -1)
  assert.ok(!Buffer.from(prepared.files).includes(digits), 'the flag stands in clear in the attempt’s files')
  const box = await packages.attempt(task, seed, prepared)
  try {
    if (family.service !== null) {
      const peek = await packages.exec(box, ['python3', '-c', PEEK, backwards(digits), String(family.service.port)])
      assert.equal(peek.out.toString(), 'nothing unseen\n', peek.error)
    }
    const started = performance.now()
    const solved = await packages.exec(box, family.solve.argv)
    const ms = performance.now() - started
    assert.equal(solved.exit, 0, `${solved.out}${solved.error}`)
    const submission = solved.out.toString().trimEnd().split('\n').at(-1)!
    assert.equal(await packages.score(task, seed, submission, prepared.answer), 1, submission.slice(0, 200))
    assert.equal(await packages.score(task, seed, WRONG, prepared.answer), 0)
    return ms
  } finally {
    await packages.close(box)
  }
}
