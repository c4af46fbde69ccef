import assert from 'node:assert/strict'
import test from 'node:test'
import type { ValidationStatement } from '../statement.ts'
import { canonicalJson } from './canonical.ts'
import { agrees, differences } from './differences.ts'
import { pae } from './pae.ts'
import { readEnvelope, readStatement } from './read-envelope.ts'

test('equal values give equal text, whatever the order they were written in', () => {
  assert.equal(canonicalJson({ b: [1, { d: 'x', c: null }], a: undefined, A: true }), '{"A":true,"b":[1,{"c":null,"d":"x"}]}')
  assert.equal(canonicalJson({ é: 1, e: 2, '\u{1f600}': 3 }), canonicalJson({ '\u{1f600}': 3, e: 2, é: 1 }))
  assert.throws(() => canonicalJson({ a: Number.NaN }), RangeError)
  let deep: unknown = 1
  for (let n = 0; n < 200; n++) deep = [deep]
  assert.throws(() => canonicalJson(deep), RangeError)
})

// The test vector of the DSSE protocol document.
test('what is signed is the type and the payload, each with its length', () => {
  const bytes = pae('http://example.com/HelloWorld', new TextEncoder().encode('hello world'))
  assert.equal(new TextDecoder().decode(bytes), 'DSSEv1 29 http://example.com/HelloWorld 11 hello world')
  assert.equal(new TextDecoder().decode(pae('é', new Uint8Array())), 'DSSEv1 2 é 0 ')
})

test('only an envelope is read as one', () => {
  const good = { payloadType: 'application/vnd.in-toto+json', payload: 'e30=', signatures: [{ keyid: 'ab', sig: 'AAAA' }] }
  assert.deepEqual(readEnvelope({ ...good, more: 1 }), good)
  const bad: unknown[] = [
    null,
    7,
    [],
    { ...good, payloadType: 'text/plain' },
    { ...good, payload: 'e30' },
    { ...good, payload: 7 },
    { ...good, signatures: [] },
    { ...good, signatures: [null] },
    { ...good, signatures: [{ keyid: 'AB!', sig: 'AAAA' }] },
    { ...good, signatures: Array(17).fill(good.signatures[0]) },
  ]
  for (const one of bad) assert.equal(readEnvelope(one), null)
  for (const text of ['', '{}', 'null', '[]', '{"_type":"https://in-toto.io/Statement/v1"}', '\xff'])
    assert.equal(readStatement(new TextEncoder().encode(text)), null)
})

function statement(change: { verdict?: string; rung?: string; tool?: string; log?: string; digest?: string } = {}) {
  const { verdict = 'confirmed', rung = 'passed', tool = 'cc 12', log = 'aa', digest = '01' } = change
  return {
    subject: [{ name: 'reproducer A', digest: { sha256: digest } }],
    predicate: {
      asked: { proof: '00', tasks: [], settings: {} },
      environment: { tier: { tier: 'namespace', says: 'x' }, architecture: 'x64', toolchain: { digest: tool, says: [tool] } },
      limits: {},
      outcome: {
        builds: [],
        reproducers: [{ reproducer: 'A', verdict, seen: { state: ['heap', 'f'] } }],
        patches: [{ patch: 'p', standing: 'validated', rungs: [{ rung: 'tests', outcome: rung }] }],
        matrix: null,
        minimised: [],
        ranges: [],
      },
      normalisedLog: log,
      varying: {},
    },
  } as unknown as ValidationStatement
}

test('differences are told in words, and only inputs and outcome are disagreements', () => {
  assert.deepEqual(differences(statement(), statement()), [])
  const flaky = differences(statement(), statement({ verdict: 'flaky' }))
  assert.equal(flaky[0]?.say, 'The verdict on A was confirmed, now flaky.')
  assert.equal(agrees(flaky), false)
  assert.equal(agrees(differences(statement(), statement({ rung: 'failed' }))), false)
  assert.equal(agrees(differences(statement(), statement({ digest: '02' }))), false)
  const elsewhere = differences(statement(), statement({ tool: 'cc 13', log: 'bb' }))
  assert.equal(agrees(elsewhere), true)
  assert.deepEqual(
    elsewhere.map((one) => one.in),
    ['environment', 'environment', 'detail'],
  )
})
