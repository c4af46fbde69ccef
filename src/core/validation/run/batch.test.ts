import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asanLog, FAKE_TOOLS, type FakeRun, fakeProof, talk } from '../../../devkit/fake-runs.ts'
import type { Asking } from '../ask.ts'
import { buildBase } from '../build/build.ts'
import { type BatchResult, batch } from './batch.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

function* batchOf(inputs: readonly string[]): Asking<BatchResult[]> {
  const proof = fakeProof()
  const base = yield* buildBase(proof, null, FAKE_TOOLS)
  const items = inputs.map((input) => ({
    load: { kind: 'file' as const, bytes: bytes(input) },
    oracle: { kind: 'crash' as const },
    files: [],
  }))
  return yield* batch(proof, base, 'demo', items, 'many', FAKE_TOOLS)
}

const target = (input: string): FakeRun =>
  input.startsWith('crash')
    ? { exit: 77, stderr: asanLog('heap-buffer-overflow', ['parse', 'main']) }
    : input.startsWith('eat')
      ? { stopped: 'memory' }
      : { stdout: `said ${input} at 0x7fff12345678\n` }

test('results stand in the order of the loads, in few sandboxes', () => {
  const inputs = Array.from({ length: 200 }, (_, i) => (i % 7 === 0 ? `crash ${i}` : `input ${i}`))
  const { value, runs } = talk(batchOf(inputs), { target }, new Map())
  assert.deepEqual(
    value.map((one) => one.sighting.fired),
    inputs.map((input) => input.startsWith('crash')),
  )
  assert.equal(value[1]!.answerSay, 'exit 0: said input 1 at 0xN')
  assert.ok(runs.length <= 6, `${runs.length} sandboxes`)
})

test('equal answers have equal digests, others have others', () => {
  const { value } = talk(batchOf(['a', 'b', 'a', 'crash', 'crash']), { target }, new Map())
  const [a, b, again, crash, crashAgain] = value.map((one) => one.answer)
  assert.equal(a, again)
  assert.equal(crash, crashAgain)
  assert.equal(new Set([a, b, crash]).size, 3)
})

test('one load that takes its sandbox down is found, and the others are still answered', () => {
  const inputs = Array.from({ length: 40 }, (_, i) => (i === 23 ? 'eat all' : i === 24 ? 'crash' : `input ${i}`))
  const { value, runs } = talk(batchOf(inputs), { target }, new Map())
  assert.deepEqual(
    value.map((one) => one.sighting.stopped),
    inputs.map((_, i) => (i === 23 ? 'memory' : null)),
  )
  assert.equal(value[24]!.sighting.fired, true)
  assert.ok(runs.length < 20, `${runs.length} sandboxes`)
})
