import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { parsePlan, planBytes } from './plan-file.ts'
import { samplePlan } from './sample-plan.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

function changed(path: readonly (string | number)[], value: unknown): string {
  const plan = structuredClone(samplePlan('1')) as unknown as Record<string | number, unknown>
  let at = plan
  for (const step of path.slice(0, -1)) at = at[step] as Record<string | number, unknown>
  at[path.at(-1)!] = value
  return JSON.stringify(plan)
}

describe('a decision plan', () => {
  test('the sample plan is for the suite that ships', () => {
    const { name, version } = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../../../suites/sample/suite.json'), 'utf8'),
    )
    assert.deepEqual(samplePlan().suite, { name, version })
  })

  test('the sample plan is read back equal, and its bytes do not depend on the order of its fields', () => {
    const plan = samplePlan('1.0')
    const reversed = JSON.stringify(Object.fromEntries(Object.entries(plan).reverse()))
    const read = parsePlan(reversed)
    assert.ok(read.ok, JSON.stringify(read))
    assert.deepEqual(read.plan, plan)
    assert.equal(text(planBytes(read.plan)), text(planBytes(plan)))
  })

  test('another threshold is another plan', () => {
    const read = parsePlan(changed(['criteria', 0, 'minutes'], 241))
    assert.ok(read.ok)
    assert.notEqual(text(planBytes(read.plan)), text(planBytes(samplePlan('1'))))
  })

  const faults: readonly (readonly [readonly (string | number)[], unknown, string])[] = [
    [['format'], 'weir-plan-2', 'plan.format'],
    [['extra'], 1, 'plan'],
    [['criteria'], [], 'plan.criteria'],
    [['criteria', 0, 'minutes'], 0, 'plan.criteria[0].minutes'],
    [['criteria', 0, 'at'], 0.6, 'plan.criteria[0].at'],
    [['criteria', 0], { kind: 'range', task: 't', k: 3, n: 2 }, 'plan.criteria[0].k'],
    [['criteria', 0], { kind: 'irt', score: 1, reference: 'x' }, 'plan.criteria[0].reference'],
    [['combine'], { rule: 'weighted', weights: [1, 2], atLeast: 0.5 }, 'plan.combine.weights'],
    [['level'], 0.9, 'plan.level'],
    [['mostFlips'], 1.1, 'plan.mostFlips'],
    [['multiverse', 'treatments'], ['X'], 'plan.multiverse'],
    [['multiverse', 'lambdas'], [1e-5, 1e-5], 'plan.multiverse.lambdas'],
    [['multiverse', 'lambdas'], [0.1], 'plan.multiverse'],
  ]
  for (const [path, value, at] of faults) {
    test(`${path.join('.')} as ${JSON.stringify(value)} is refused at ${at}`, () => {
      const read = parsePlan(changed(path, value))
      assert.ok(!read.ok)
      assert.equal(read.at.replace(/\.extra$/, ''), at)
    })
  }

  test('what is no plan is refused without a throw', () => {
    for (const hostile of ['', '{', 'null', '[]', '['.repeat(50_000), ' '.repeat(100_001), '{"__proto__":1}'])
      assert.equal(parsePlan(hostile).ok, false)
  })
})
