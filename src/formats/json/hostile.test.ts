import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS } from '../format.ts'
import { parseItem } from './item.ts'
import { LineSplitter } from './lines.ts'
import type { Piece } from './piece.ts'
import { scanItem } from './scan.ts'
import { Splitter } from './splitter.ts'

const encoder = new TextEncoder()
const refusalOf = (text: string | Uint8Array) => {
  const parsed = parseItem(typeof text === 'string' ? encoder.encode(text) : text, LIMITS, '/findings/3')
  return parsed.ok ? null : { code: parsed.refusal.code, where: parsed.refusal.where }
}

test('each way an item can be wrong has its code and its place', () => {
  assert.equal(refusalOf('{"a":{"b":[1,2,{}]}}'), null)
  assert.deepEqual(refusalOf('{"a":{"b":1,"\\u0062":2}}'), { code: 'item.repeated-key', where: '/findings/3/a/b' })
  assert.deepEqual(refusalOf('{"a":[{"x":1},{"y/z":1,"y/z":2}]}'), { code: 'item.repeated-key', where: '/findings/3/a/1/y~1z' })
  assert.deepEqual(refusalOf('{"__proto__":1,"__proto__":2}'), { code: 'item.repeated-key', where: '/findings/3/__proto__' })
  assert.deepEqual(refusalOf(Uint8Array.of(0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d)), {
    code: 'item.invalid-utf8',
    where: '/findings/3/a',
  })
  assert.deepEqual(refusalOf(Uint8Array.of(0x22, 0xed, 0xa0, 0x80, 0x22)), { code: 'item.invalid-utf8', where: '/findings/3' })
  assert.equal(refusalOf('{"a":"\u0000"}')?.code, 'item.not-json')
  assert.equal(refusalOf('{"a":NaN}')?.code, 'item.not-json')
  assert.equal(refusalOf('\ufeff{}')?.code, 'item.not-json')
  assert.equal(refusalOf('{"a":1}}{"a":1,"a":2}')?.code, 'item.not-json')
  assert.deepEqual(refusalOf(`{"deep":${'['.repeat(1e6)}`)?.code, 'item.too-deep')
  assert.equal(refusalOf(`[${'[],'.repeat(200_000)}[]]`)?.code, 'item.too-many')
  assert.equal(refusalOf('["\\ud800",9007199254740993,1e999]'), null)
})

test('__proto__ is an ordinary key', () => {
  const parsed = parseItem(encoder.encode('{"__proto__":{"polluted":true}}'), LIMITS, '')
  assert.ok(parsed.ok)
  assert.equal((parsed.value as { polluted?: boolean }).polluted, undefined)
  assert.deepEqual(Object.keys(parsed.value as object), ['__proto__'])
})

test('many keys in one object stay linear and exact', () => {
  const many = Array.from({ length: 100_000 }, (_, k) => `"k${k}":0`).join(',')
  const before = performance.now()
  assert.equal(scanItem(encoder.encode(`{${many}}`), LIMITS, ''), null)
  assert.equal(scanItem(encoder.encode(`{${many},"k5":1}`), LIMITS, '')?.where, '/k5')
  assert.ok(performance.now() - before < 3000)
})

test('bombs and endless items pass in bounded memory and are refused once each', () => {
  const chunk = encoder.encode('x'.repeat(1 << 16))
  const deep = encoder.encode('['.repeat(1 << 16))
  const small = { ...LIMITS, itemBytes: 100_000 }
  const run = (open: string, fill: Uint8Array, close: string) => {
    const splitter = new Splitter({ limits: small, arrays: [[]] })
    const pieces: Piece[] = splitter.push(encoder.encode(open))
    for (let k = 0; k < 320; k++) pieces.push(...splitter.push(fill))
    pieces.push(...splitter.push(encoder.encode(close)), ...splitter.end())
    return pieces.map((piece) => [piece.at, piece.refusal?.code ?? null, piece.bytes.length <= 100_000])
  }
  assert.deepEqual(run('[1,"', chunk, '",{"a":2}]'), [
    ['/0', null, true],
    ['/1', 'item.too-large', true],
    ['/2', null, true],
  ])
  assert.deepEqual(run('[1,', deep, ''), [
    ['/0', null, true],
    ['/1', 'report.truncated', true],
  ])
  const frame = new Splitter({ limits: small, arrays: [['runs', '*', 'results']] })
  assert.deepEqual(
    frame.push(deep).map((piece) => piece.refusal?.code),
    ['item.too-deep'],
  )
  assert.deepEqual([...frame.push(deep), ...frame.end()], [])
  const survey = new Splitter({ limits: { ...LIMITS, frameBytes: 1000 }, arrays: [['runs']], survey: true })
  survey.push(encoder.encode('{"a":"'))
  for (let k = 0; k < 10; k++) survey.push(chunk)
  assert.equal(survey.taken().bytes, null)
  const lines = new LineSplitter(100_000)
  const pieces: Piece[] = lines.push(encoder.encode('{}\n'))
  for (let k = 0; k < 320; k++) pieces.push(...lines.push(chunk))
  pieces.push(...lines.push(encoder.encode('\n{}\n')), ...lines.end())
  assert.deepEqual(
    pieces.map((piece) => [piece.at, piece.refusal?.code ?? null, piece.bytes.length]),
    [
      ['line 1', null, 2],
      ['line 2', 'item.too-large', 1024],
      ['line 3', null, 2],
    ],
  )
})

test('a document that stops being JSON says where, once, and its items before stand', () => {
  const run = (text: string) => {
    const splitter = new Splitter({ limits: LIMITS, arrays: [['findings'], []] })
    return [...splitter.push(encoder.encode(text)), ...splitter.end()].map((piece) => [piece.at, piece.refusal?.code ?? null])
  }
  assert.deepEqual(run('[{"a":1} {"b":2}]'), [
    ['/0', null],
    ['/0', 'item.not-json'],
  ])
  assert.deepEqual(run('{"findings":[1],"x" 2}'), [
    ['/findings/0', null],
    ['/x', 'item.not-json'],
  ])
  assert.deepEqual(run('{"findings":[{"a":nul},{"b":2}]}'), [
    ['/findings/0', null],
    ['/findings/1', null],
  ])
  assert.deepEqual(run('[1,]'), [
    ['/0', null],
    ['/1', 'item.not-json'],
  ])
  assert.deepEqual(run('[]]'), [['', 'item.not-json']])
  assert.deepEqual(run('"" x'), [['', 'item.not-json']])
  assert.deepEqual(run('"a"'), [])
  assert.deepEqual(run(''), [['', 'report.truncated']])
})
