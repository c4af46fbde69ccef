import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { ENDPOINT_APIS, type EndpointApi } from '../../../contract/custody.ts'
import type { Play, Reply } from '../../../devkit/endpoint/play.ts'
import { type Mischief, misbehave } from '../../../devkit/endpoint/plays.ts'
import { type FakeEndpoint, openFakeEndpoint } from '../../../devkit/fake-endpoint.ts'
import type { CallBounds } from './bounded-fetch.ts'
import type { Answer, Question } from './conversation.ts'
import { EndpointFault } from './endpoint-fault.ts'
import { openModel } from './open-model.ts'
import { askPatiently } from './patience.ts'

const BOUNDS: CallBounds = { idleMs: 1200, callMs: 30_000, bytes: 8 << 20 }
const NEVER = new AbortController().signal
const QUESTION: Question = {
  system: 'You are tested.',
  tools: [{ name: 'run', description: 'runs', input: { type: 'object', properties: { command: { type: 'string' } } } }],
  turns: [{ who: 'user', text: 'What is it?' }],
  maxOutputTokens: 1000,
  temperature: 0,
}
const SECRET = 'grant-1234'
const whole: Reply = {
  do: 'answer',
  reasoning: 'Two things at once.',
  said: 'Let me see — «ä».',
  calls: [
    { tool: 'run', input: { command: 'ls' } },
    { tool: 'run', input: '{"command": "id' },
  ],
}

const ask = (api: EndpointApi, fake: FakeEndpoint, question = QUESTION, bounds = BOUNDS): Promise<Answer> =>
  openModel(api, { base: fake.base, model: 'm-1', secret: SECRET, bounds, now: () => 1_000_000 }).ask(question, NEVER)

async function faultFrom(asked: Promise<Answer>): Promise<EndpointFault> {
  const error = await asked.then(
    () => null,
    (reason: unknown) => reason,
  )
  assert.ok(error instanceof EndpointFault, String(error))
  return error
}

for (const api of ENDPOINT_APIS)
  describe(`a model behind ${api}`, () => {
    const open: FakeEndpoint[] = []
    const fakeOf = async (play: Play, secret: string | null = SECRET) => {
      const fake = await openFakeEndpoint(play, { secret, remember: true })
      open.push(fake)
      return fake
    }
    const misplaying = (kind: Mischief) => fakeOf(misbehave(() => kind))
    after(async () => {
      for (const fake of open) await fake.close()
    })

    test('an answer is read whole, and goes back so that the endpoint knows its own', async () => {
      const fake = await fakeOf(() => whole)
      const answer = await ask(api, fake)
      const { reasoning, said, calls, refused, cut, usage } = answer
      assert.deepEqual([reasoning, said, refused, cut], ['Two things at once.', 'Let me see — «ä».', false, 'no'])
      assert.deepEqual(
        calls.map(({ tool, input }) => [tool, input]),
        [
          ['run', '{"command":"ls"}'],
          ['run', '{"command": "id'],
        ],
      )
      assert.equal(new Set(calls.map(({ id }) => id)).size, 2)
      assert.ok(typeof usage?.input === 'number' && usage.input > 50, JSON.stringify(usage))
      assert.equal(
        usage?.output,
        Math.ceil(Buffer.byteLength('Two things at once.Let me see — «ä».{"command":"ls"}{"command": "id') / 4),
      )
      assert.ok(answer.sent > 200 && answer.received > 200)
      await ask(api, fake, {
        ...QUESTION,
        turns: [
          ...QUESTION.turns,
          { who: 'model', echo: answer.echo },
          { who: 'tools', results: calls.map(({ id }, n) => ({ id, output: `result ${n}` })) },
        ],
      })
      const { system, prompt, spoken, results, model } = fake.asked[1]!
      assert.deepEqual([system, prompt, spoken, model], ['You are tested.', 'What is it?', 1, 'm-1'])
      assert.deepEqual(results, ['result 0', 'result 1'])
    })

    test('only what the API needs leaves, whatever stands in the environment', async () => {
      const fake = await fakeOf(() => whole)
      const names = [
        'OPENAI_CUSTOM_HEADERS',
        'ANTHROPIC_CUSTOM_HEADERS',
        'OPENAI_API_KEY',
        'ANTHROPIC_AUTH_TOKEN',
        'OPENAI_ORG_ID',
      ]
      for (const name of names) process.env[name] = name.endsWith('HEADERS') ? 'x-leak: secret' : 'leaked'
      try {
        await ask(api, fake)
      } finally {
        for (const name of names) delete process.env[name]
      }
      const { headers } = fake.asked[0]!
      const shown = JSON.stringify(headers)
      assert.ok(shown.includes(SECRET))
      assert.doesNotMatch(shown, /leak|stainless|organization/i)
    })

    test('a wrong secret, a window that ended and a grant nobody knows end the run set; other refusals do not', async () => {
      assert.equal((await faultFrom(ask(api, await fakeOf(() => whole, 'another')))).kind, 'over')
      const kinds: [number, string, EndpointFault['kind']][] = [
        [403, 'window.ended', 'over'],
        [403, 'permission_error', 'never'],
        [503, 'window.clock-unsure', 'again'],
        [529, 'overloaded_error', 'again'],
        [400, 'invalid_request_error', 'never'],
        [400, 'context_length_exceeded', 'too-long'],
        [413, 'call.too-large', 'too-long'],
      ]
      for (const [status, type, kind] of kinds) {
        const fault = await faultFrom(ask(api, await fakeOf(() => ({ do: 'status', status, type }))))
        assert.deepEqual([fault.kind, fault.message.includes(type)], [kind, true], type)
      }
    })

    test('Retry-After is kept to, waits are bounded, and patience ends', async () => {
      const fake = await fakeOf(({ times }) =>
        times < 3 ? { do: 'status', status: 429, type: 'rate_limit_error', retryAfter: '7' } : whole,
      )
      const waits: number[] = []
      const model = openModel(api, { base: fake.base, model: 'm', secret: SECRET, bounds: BOUNDS, now: () => 0 })
      const waiting = {
        random: () => 0.5,
        sleep: async (ms: number) => void waits.push(ms),
        told: () => {},
      }
      const patience = { tries: 3, firstMs: 100, mostMs: 1000, mostAskedMs: 8000 }
      await askPatiently(model, QUESTION, patience, waiting, NEVER)
      assert.deepEqual(waits, [7050, 7050])
      const tried = fake.requests()
      await faultFrom(
        askPatiently(
          model,
          { ...QUESTION, turns: [{ who: 'user', text: 'b' }] },
          { ...patience, mostAskedMs: 6000 },
          waiting,
          NEVER,
        ),
      )
      assert.equal(fake.requests(), tried + 1)
    })

    test('broken streams, stalls, dropped connections and nonsense are faults of the endpoint, told in time', async () => {
      for (const kind of ['bad-json', 'bad-stream', 'stall', 'stall-half', 'drop', 'drop-half', 'always-500'] as const) {
        const began = performance.now()
        const fault = await faultFrom(ask(api, await misplaying(kind)))
        assert.equal(fault.kind, 'again', kind)
        assert.ok(performance.now() - began < 20_000, `${kind} is told by silence, not by the end of the call's time`)
      }
    })

    test('text without end is cut and is the model’s own; one event without end is the endpoint’s fault', async () => {
      const before = process.memoryUsage().arrayBuffers
      const answer = await ask(api, await misplaying('flood-of-text'))
      assert.equal(answer.cut, 'size')
      assert.ok(answer.said.length <= 64 << 10 && answer.received < 2 << 20, `${answer.said.length} of ${answer.received}`)
      const fault = await faultFrom(ask(api, await misplaying('flood-of-one')))
      assert.match(fault.message, /longer than/)
      assert.ok(process.memoryUsage().arrayBuffers - before < 64 << 20)
    })

    test('a refusal is read from the API’s own mark', async () => {
      const answer = await ask(api, await misplaying('refusal'))
      assert.deepEqual([answer.refused, answer.said], [true, 'No.'])
    })

    test('a stop ends a call at once and is no fault', async () => {
      const stopper = new AbortController()
      const fake = await misplaying('stall')
      const model = openModel(api, {
        base: fake.base,
        model: 'm',
        secret: SECRET,
        bounds: { ...BOUNDS, idleMs: 60_000 },
        now: () => 0,
      })
      setTimeout(() => stopper.abort(new Error('enough')), 50)
      await assert.rejects(model.ask(QUESTION, stopper.signal), /enough/)
    })
  })

test('a server that knows only the older name of the limit is asked by that name from then on', async () => {
  const fake = await openFakeEndpoint(
    ({ fields }) =>
      fields.includes('max_tokens') ? whole : { do: 'status', status: 422, type: 'no field max_completion_tokens' },
    { secret: null, remember: true },
  )
  try {
    const model = openModel('openai-chat', { base: fake.base, model: 'm', secret: SECRET, bounds: BOUNDS, now: () => 0 })
    assert.equal((await model.ask(QUESTION, NEVER)).calls.length, 2)
    await model.ask(QUESTION, NEVER)
    assert.equal(fake.requests(), 3)
  } finally {
    await fake.close()
  }
})

test('a base that names the version already is not made to name it twice', async () => {
  for (const end of ['', '/']) {
    const fake = await openFakeEndpoint(() => whole, { secret: null, remember: true })
    try {
      const model = openModel('anthropic-messages', {
        base: fake.base + end,
        model: 'm',
        secret: SECRET,
        bounds: BOUNDS,
        now: () => 0,
      })
      await model.ask(QUESTION, NEVER)
      assert.equal(fake.asked[0]?.path, '/v1/messages')
    } finally {
      await fake.close()
    }
  }
})
