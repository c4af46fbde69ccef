import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { UsageReader } from './usage.ts'

function read(text: string, type: string, cuts: readonly number[] = []) {
  const reader = new UsageReader(type)
  const bytes = Buffer.from(text)
  const at = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  for (let n = 1; n < at.length; n++) reader.push(bytes.subarray(at[n - 1], at[n]))
  return [reader.usage.tokensIn, reader.usage.tokensOut]
}

const JSON_TYPE = 'application/json'
const EVENTS = 'text/event-stream; charset=utf-8'

describe('counts of tokens in an answer that passes', () => {
  test('are found wherever the pieces break, and never in what the model says', () => {
    const said = { usage: { prompt_tokens: 666, completion_tokens: 666 } }
    const body = fc.record({
      id: fc.string(),
      choices: fc.array(
        fc.record({
          message: fc.record({ content: fc.oneof(fc.string(), fc.constant(JSON.stringify(said))) }),
          usage: fc.constant(said.usage),
        }),
      ),
    })
    fc.assert(
      fc.property(body, fc.nat(9999), fc.nat(9999), fc.array(fc.nat(5000), { maxLength: 6 }), (value, ins, outs, cuts) => {
        const text = JSON.stringify({
          ...value,
          usage: { prompt_tokens: ins, completion_tokens: outs, details: { cached: 1 } },
        })
        assert.deepEqual(read(text, JSON_TYPE, cuts), [ins, outs])
        const events = `event: x\r\ndata: ${text}\n\n: note\ndata: {"usage":null}\n\ndata: [DONE]\n\n`
        assert.deepEqual(read(events, EVENTS, cuts), [ins, outs])
      }),
    )
  })

  test('the three APIs, in JSON and in events', () => {
    assert.deepEqual(read('{"usage": {"input_tokens":3,"output_tokens":4}}', JSON_TYPE), [3, 4])
    assert.deepEqual(
      read(
        '{"usage":{"input_tokens":3,"cache_creation_input_tokens":10,"cache_read_input_tokens":100,"output_tokens":4}}',
        JSON_TYPE,
      ),
      [113, 4],
    )
    const start = 'data: {"type":"message_start","message":{"usage":{"input_tokens":3,"output_tokens":1}}}\n\n'
    assert.deepEqual(read(`${start}data: {"type":"message_delta","usage":{"output_tokens":9}}\n\n`, EVENTS), [3, 9])
    const item = '{"type":"message","content":[{"text":"\\"usage\\":{"}]}'
    assert.deepEqual(
      read(`data:{"response":{"output":[${item}],"usage":{"input_tokens":5,"output_tokens":6}}}\n`, EVENTS),
      [5, 6],
    )
  })

  test('what is no count is none, and nothing hostile is thrown at or held', () => {
    const bad = [
      '{"usage":{"prompt_tokens":-1,"completion_tokens":1e999}}',
      '{"usage":[1]}',
      '{"usage":"x"}',
      '}}}{{{',
      '{"usage":{',
      '"usage":{"prompt_tokens":1}',
    ]
    for (const text of bad) assert.deepEqual(read(text, JSON_TYPE), [null, null], text)
    assert.deepEqual(read(`{"usage":{"x":"${'y'.repeat(100_000)}","prompt_tokens":1}}`, JSON_TYPE), [null, null])
    assert.deepEqual(read(`${'['.repeat(200_000)}{"usage":{"prompt_tokens":1}}`, JSON_TYPE), [null, null])
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void read(text, JSON_TYPE)))
  })
})
