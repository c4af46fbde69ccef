import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { asanLog, FAKE_REPRODUCER, FAKE_TOOLS, type FakeRun, fakeProof, talk } from '../../../devkit/fake-runs.ts'
import { SETTINGS } from '../proof.ts'
import { validate } from '../validate.ts'
import { type Budget, BYTES, shrink } from './shrink.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const CRASH: FakeRun = { exit: 77, stderr: asanLog('heap-buffer-overflow', ['parse', 'main']) }
const OTHER: FakeRun = { exit: 77, stderr: asanLog('heap-use-after-free', ['drop', 'main']) }

test('what is left holds, is no longer than before, and costs no more than the budget', () => {
  const needed = fc.string({ minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(
      needed,
      fc.string({ maxLength: 60 }),
      fc.string({ maxLength: 60 }),
      fc.integer({ min: 0, max: 200 }),
      (core, a, b, most) => {
        const whole = new TextEncoder().encode(`${a}${core}${b}`)
        const budget: Budget = { left: most }
        let runs = 0
        const holds = function* (all: readonly Uint8Array[]) {
          runs += all.length
          return all.map((one) => text(one).includes(core))
        }
        const step = shrink(whole, BYTES, holds, budget).next()
        assert.ok(step.done)
        assert.ok(text(step.value).includes(core))
        assert.ok(step.value.length <= whole.length && runs <= most)
        if (most === 200) assert.ok(step.value.length <= whole.length)
      },
    ),
  )
})

function minimised(input: string, target: (input: string) => FakeRun, minimiseRuns = 300) {
  const settings = { ...SETTINGS, minimiseRuns }
  const proof = fakeProof({ tasks: ['reproduce', 'minimise'], reproducers: [FAKE_REPRODUCER], settings })
  const { value, products } = talk(validate(proof, FAKE_TOOLS), { target }, new Map([['sha256:A', input]]))
  return { outcome: value.minimised[0]!, products }
}

test('a crashing input shrinks to what it needs; what meets another bug on the way is not taken', () => {
  const input = `${'line\n'.repeat(200)}x<tag>y\n${'more\n'.repeat(200)}`
  const target = (given: string) => (given.includes('<tag>') ? CRASH : given.length < 900 && given !== '' ? OTHER : {})
  const { outcome, products } = minimised(input, target)
  assert.equal(products.get('A.min'), '<tag>')
  assert.equal(outcome.after, 5)
  assert.equal(outcome.before, input.length)
  assert.match(outcome.minimised!, /^sha256:/)
  assert.ok(outcome.runs <= 300)
})

test('what does not shrink, and what fires by chance only, is left as it is', () => {
  const whole = minimised('abc', (given) => (given === 'abc' ? CRASH : {}))
  assert.equal(whole.outcome.minimised, null)
  assert.equal(whole.outcome.after, 3)
  let n = 0
  const unsure = minimised('BAD BAD', (given) => (given === 'BAD BAD' || (given === 'BAD ' && n++ < 1) ? CRASH : {}))
  assert.equal(unsure.outcome.minimised, null)
  assert.equal(unsure.products.size, 0)
})
