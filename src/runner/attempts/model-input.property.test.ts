import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { PROFILE } from '../../../conformance/attempts/run-set.ts'
import { readAttemptsJob } from './attempts-job.ts'
import { EventGate } from './endpoint/event-gate.ts'
import { promptOf } from './prompt.ts'
import { readCall } from './tool-input.ts'
import { SHOWN, shown } from './tool-run.ts'

const TOOLS = ['run', 'read', 'write', 'submit'] as const

describe('calls of a model', () => {
  const call = (tool: string, input: unknown) =>
    readCall({ id: 'x', tool, input: typeof input === 'string' ? input : JSON.stringify(input) }, TOOLS)
  test('are done as asked, with what is usual where nothing is said', () => {
    assert.deepEqual(call('run', { command: 'ls' }), { tool: 'run', command: 'ls', seconds: 60 })
    assert.deepEqual(call('run', { command: 'ls', seconds: 1.2 }), { tool: 'run', command: 'ls', seconds: 2 })
    assert.deepEqual(call('read', { path: 'a' }), { tool: 'read', path: 'a', from: 0 })
    assert.deepEqual(call('write', { path: '-n', content: '' }), { tool: 'write', path: '-n', content: '' })
    assert.deepEqual(call('submit', { answer: '\ud800' }), { tool: 'submit', answer: '\ufffd' })
  })

  test('that cannot be done are answered', () => {
    const bad: [string, unknown][] = [
      ['run', '{"command":'],
      ['run', []],
      ['run', null],
      ['run', { command: '' }],
      ['run', { command: 'a\0b' }],
      ['run', { command: 'x'.repeat(200_000) }],
      ['run', { command: 'ls', seconds: 1e9 }],
      ['run', { command: 'ls', seconds: 'NaN' }],
      ['read', { path: 'a', from: -1 }],
      ['read', { path: '' }],
      ['write', { path: 'a' }],
      ['submit', {}],
      ['__proto__', {}],
      ['constructor', {}],
    ]
    for (const [tool, input] of bad) assert.equal(typeof call(tool, input), 'string', tool)
    assert.equal(typeof readCall({ id: '', tool: 'run', input: '{"command":"ls"}' }, ['submit']), 'string')
  })

  test('of any kind are answered or done, and never throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...TOOLS, 'other'), fc.oneof(fc.string(), fc.json()), (tool, input) => {
        const asked = call(tool, input)
        assert.ok(typeof asked === 'string' || asked.tool === tool)
      }),
    )
  })
})

test('a long result is shown by its two ends, with what lies between counted', () => {
  const output = `begin${'x'.repeat(200_000)}end`
  const short = shown({ output, cut: 7 })
  assert.ok(short.startsWith('begin') && short.endsWith('end') && short.length < SHOWN + 100)
  assert.match(short, new RegExp(`\\[${output.length - SHOWN + 7} bytes are left out here\\]`))
  assert.equal(shown({ output: 'a', cut: 0 }), 'a')
})

test('events come whole and unchanged, however the stream is cut', () => {
  const text = 'event: a\ndata: {"x":1}\n\ndata: ä\r\n\r\n: ping\r\rdata: b\n\n\ndata: tail'
  const whole = Buffer.from(text)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (steps) => {
      const gate = new EventGate()
      const pieces: Buffer[] = []
      for (let at = 0, n = 0; at < whole.length; n++) {
        const step = steps[n % steps.length]!
        const piece = gate.push(whole.subarray(at, at + step))
        if (piece !== null) pieces.push(Buffer.from(piece))
        at += step
      }
      for (const piece of pieces) assert.match(piece.toString(), /(?:\n\n|\r\n\r\n|\r\r)$/)
      assert.equal(Buffer.concat([...pieces, Buffer.from(gate.rest())]).toString(), text)
      assert.ok(pieces.length >= 1)
    }),
  )
})

test('a hostile stream of tiny pieces takes time in proportion', () => {
  const push = (count: number) => {
    const gate = new EventGate()
    const began = performance.now()
    for (let n = 0; n < count; n++) gate.push(Uint8Array.of(0x61))
    return performance.now() - began
  }
  push(10_000)
  assert.ok(push(400_000) < 150 * Math.max(push(20_000), 2))
})

test('a job that cannot be is none', () => {
  const endpoint = { api: 'openai-chat', base: 'http://127.0.0.1:1/v1', model: 'm', secret: 's' }
  const job = {
    ...{ suite: '/s', tasks: null, attempts: 1, repeats: 3, runKey: 'ab'.repeat(32), profile: PROFILE, prices: null },
    ...{ atOnce: 2, endpoint, done: [] },
  }
  assert.deepEqual(readAttemptsJob(JSON.stringify(job)), job)
  const changes: object[] = [
    { attempts: 0 },
    { atOnce: 1000 },
    { runKey: 'x' },
    { profile: { ...PROFILE, tools: ['run'] } },
    { profile: { ...PROFILE, tools: ['run', 'run', 'submit'] } },
    { profile: { ...PROFILE, limits: { ...PROFILE.limits, tokens: null } } },
    { profile: null },
    { endpoint: { ...endpoint, base: 'file:///etc' } },
    { endpoint: { ...endpoint, api: 'smtp' } },
    { endpoint: undefined },
    { done: [1] },
  ]
  for (const change of changes)
    assert.equal(readAttemptsJob(JSON.stringify({ ...job, ...change })), null, JSON.stringify(change))
  for (const line of ['', 'null', '[]', '1']) assert.equal(readAttemptsJob(line), null)
})

test('a prompt’s holes are filled in, and nothing in it is a pattern', () => {
  const family = { service: { port: 4101 } } as never
  const filled = promptOf(family, { prompt: 'At {port}: $& {flag_format} {port}' } as never)
  assert.equal(filled, 'At 4101: $& weir{ and 32 hexadecimal digits and } 4101')
})
