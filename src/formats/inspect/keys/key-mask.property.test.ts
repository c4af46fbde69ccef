import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { KEY_KINDS } from './key-kinds.ts'
import { KeyMask } from './key-mask.ts'
import { maskText } from './mask-text.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

function masked(text: string, size = text.length) {
  const mask = new KeyMask()
  const bytes = encoder.encode(text)
  const parts: Uint8Array[] = []
  for (let i = 0; i < bytes.length; i += size || 1) {
    const piece = bytes.slice(i, i + (size || 1))
    parts.push(mask.push(piece))
    piece.fill(0)
  }
  parts.push(mask.end())
  return { text: decoder.decode(Buffer.concat(parts)), found: mask.found() }
}

const A1 = (length: number) => 'aB3x'.repeat(100).slice(0, length)
const UPPER = 'QWERTY1234567890ABCDEFGHJKLMNPQRSTUVWXYZ'

/** A key of each kind, in the setting it is found in; the part in braces is the key. */
const SAMPLES: readonly (readonly [string, string])[] = [
  ['Anthropic key', `{sk-ant-api03-${A1(80)}}`],
  ['OpenRouter key', `{sk-or-v1-${A1(64)}}`],
  ['OpenAI key', `{sk-proj-${A1(48)}}`],
  ['OpenAI key', `{sk-${A1(48)}}`],
  ['AWS access key id', `{AKIA${UPPER.slice(0, 16)}}`],
  ['AWS access key id', `{ASIA${UPPER.slice(0, 16)}}`],
  ['AWS secret key', `aws_secret_access_key = {${A1(38)}/+}`],
  ['Google key', `{AIza${A1(35)}}`],
  ['Google token', `{ya29.${A1(60)}}`],
  ['GitHub token', `{ghp_${A1(36)}}`],
  ['GitHub token', `{github_pat_${A1(50)}}`],
  ['GitLab token', `{glpat-${A1(20)}}`],
  ['Hugging Face token', `{hf_${A1(34)}}`],
  ['Groq key', `{gsk_${A1(52)}}`],
  ['xAI key', `{xai-${A1(80)}}`],
  ['Slack token', `{xoxb-${A1(40)}}`],
  ['npm token', `{npm_${A1(36)}}`],
  ['PyPI token', `{pypi-AgE${A1(60)}}`],
  ['Stripe key', `{sk_live_${A1(24)}}`],
  ['SendGrid key', `{SG.${A1(22)}.${A1(43)}}`],
  ['age secret key', `{AGE-SECRET-KEY-1${UPPER}${UPPER.slice(0, 18)}}`],
  ['JSON web token', `{eyJ${A1(30)}.eyJ${A1(60)}.${A1(43)}}`],
  ['bearer token', `Authorization: Bearer {${A1(40)}}`],
  ['named key', `"api_key": "{${A1(32)}}"`],
  ['named key', `OPENAI_API_KEY={${A1(32)}}`],
  ['private key', `-----BEGIN RSA PRIVATE KEY-----{\\nMIIE${A1(64)}\\n${A1(64)}==\\n}-----END RSA PRIVATE KEY-----`],
  ['private key', `-----BEGIN OPENSSH PRIVATE KEY-----{\\nb3Bl${A1(300)}}`],
]

test('a key of each kind is found, overwritten and counted, and what stands around it stays', () => {
  for (const [kind, sample] of SAMPLES) {
    const [before, key, after] = sample.split(/[{}]/) as [string, string, string]
    const got = masked(`"say: ${before}${key}${after}" and on`)
    assert.equal(got.text, `"say: ${before}${'*'.repeat(key.length)}${after}" and on`, kind)
    assert.deepEqual(
      got.found.map((one) => [one.kind, one.count]),
      [[kind, 1]],
      sample,
    )
  }
})

test('the same at any size of pieces, in any surroundings', () => {
  const noise = fc.oneof(
    fc.string(),
    fc.constantFrom('\\n', '\\"', '"', 'sk-', 'bearer ', 'api_key=', '-----BEGIN ', 'eyJ', '\\'),
  )
  const piece = fc.oneof(noise, fc.constantFrom(...SAMPLES.map(([, sample]) => sample.replace(/[{}]/g, ''))))
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 1, max: 900 }), (pieces, size) => {
      const text = pieces.join('').toWellFormed()
      assert.deepEqual(masked(text, size), masked(text))
    }),
    { numRuns: 300 },
  )
})

test('JSON stays JSON of the same shape', () => {
  const value = fc.oneof(
    fc.string(),
    fc.constantFrom(...SAMPLES.map(([, sample]) => sample.replace(/[{}]/g, '').replaceAll('\\n', '\n'))),
  )
  fc.assert(
    fc.property(fc.array(value, { maxLength: 10 }), fc.string(), (values, tail) => {
      const twice = { values, inner: JSON.stringify({ values }), last: `${values[0] ?? ''}"${tail}\n"` }
      const text = JSON.stringify(twice).toWellFormed()
      const got = masked(text).text
      assert.equal(encoder.encode(got).length, encoder.encode(text).length)
      assert.deepEqual(Object.keys(JSON.parse(got)), ['values', 'inner', 'last'])
    }),
  )
})

test('words that only look like keys stay', () => {
  for (const text of [
    'task-oriented-learning-with-many-words-123',
    'a sk-learn-based-something-with-words-only here',
    'api_key=os.environ["OPENAI_API_KEY_OF_2024"]',
    'the bearer of this very long sentence has nothing to hide 12345',
    'xAKIAQWERTY1234567890',
    'AKIAQWERTY1234567890ABC',
    'eyJhbGciOi alone',
    '-----BEGIN CERTIFICATE-----\\nMIIE12345678901234567890\\n-----END CERTIFICATE-----',
    '-----BEGIN PUBLIC KEY-----\\nMIIE1234567890',
    'flag{sk-8}',
  ]) {
    assert.deepEqual(masked(text), { text, found: [] })
  }
})

test('a key after an escape is found, and one in a name of a file', () => {
  assert.equal(masked(`{"a":"x\\nsk-${A1(30)}"}`).text, `{"a":"x\\n${'*'.repeat(33)}"}`)
  assert.equal(masked(`\\u000ask-${A1(30)}`).text, `\\u000a${'*'.repeat(33)}`)
  assert.equal(maskText(`samples/ghp_${A1(36)}_epoch_1.json`).includes('aB3x'), false)
  assert.equal(maskText('samples/1_epoch_1.json'), 'samples/1_epoch_1.json')
})

test('beginnings do not end inside one another, as the automaton takes for granted', () => {
  const prefixes = [...new Set(KEY_KINDS.map((kind) => kind.prefix))]
  for (const one of prefixes) {
    assert.equal(one, one.toLowerCase())
    for (const other of prefixes) if (one !== other) assert.ok(!one.includes(other), `${other} in ${one}`)
  }
})

test('text made of beginnings takes time in proportion', () => {
  for (const unit of [
    'sk- ',
    'api_key=',
    '-----BEGIN ',
    `sk-${'-'.repeat(500)} `,
    '-----BEGIN PRIVATE KEY-----',
    'bearer bearer ',
    '"api_key"=" : ',
  ]) {
    const bytes = encoder.encode(unit.repeat(Math.ceil(2e6 / unit.length)))
    const mask = new KeyMask()
    const before = process.cpuUsage().user
    for (let i = 0; i < bytes.length; i += 4096) mask.push(bytes.subarray(i, i + 4096))
    mask.end()
    assert.ok(process.cpuUsage().user - before < 2500_000, unit)
  }
})
