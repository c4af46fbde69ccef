import assert from 'node:assert/strict'
import { test } from 'node:test'
import { commit } from './commitment.ts'
import { leafHash } from './hash.ts'
import { buildInterval, proveInInterval } from './interval-tree.ts'
import { noteKey } from './key.ts'
import { encodeLeaf, parseLeaf } from './leaf.ts'
import { EMPTY_LOG } from './log-state.ts'
import { intervalPrf } from './prf.ts'
import { inclusionRanges, proofFrom } from './prove.ts'
import { type ReceiptJson, renderReceipt } from './receipt.ts'
import { sha256 } from './sha256.ts'
import { canonicalBytes, type Json } from './statement.ts'
import { readLeaves } from './tree.ts'
import { verifyReceipt } from './verify-receipt.ts'
import { writeLog } from './writer.ts'

const ORIGIN = 'weir.example/log'
const key = noteKey(ORIGIN, new Uint8Array(32).fill(1), sha256)
const mark = (message: Uint8Array) => Uint8Array.of(...sha256(message), ...sha256(Uint8Array.of(1, ...message)))
const trust = {
  keys: [key],
  sha256,
  verifySignature: (_: Uint8Array, message: Uint8Array, signature: Uint8Array) => String(mark(message)) === String(signature),
}

const statement: Json = { type: 'report-accepted', digest: 'sha256:00', at: '2026-11-21T05:00:00.000Z', items: [1, 2] }
const salt = new Uint8Array(32).fill(5)

function receipt(): ReceiptJson {
  const commitment = commit(statement, salt, sha256)!
  const prf = intervalPrf(new Uint8Array(32).fill(9), sha256)
  const { root, buckets, positions } = buildInterval([commitment], prf, sha256)
  const position = positions[0]!
  const interval = { index: 2, from: Date.UTC(2026, 10, 21, 5), to: Date.UTC(2026, 10, 21, 6) }
  const entries = [0, 1, 2, 3, 4].map((n) => (n === 2 ? encodeLeaf({ ...interval, root }) : Uint8Array.of(n)))
  const { note } = writeLog(EMPTY_LOG, entries, ORIGIN, [{ key, sign: mark }], sha256)
  const read = readLeaves(
    entries.map((e) => leafHash(e, sha256)),
    sha256,
  )
  return renderReceipt({
    statement,
    salt,
    commitment,
    interval,
    position,
    innerPath: proveInInterval([{ position, commitment }], buckets, position, prf, sha256)!,
    leafIndex: 2,
    outerPath: proofFrom(inclusionRanges(2, 5), read, sha256)!,
    checkpoint: note,
  })
}

const GOOD = receipt()

test('a receipt verifies from its JSON text alone, whatever the order of the statement’s members', () => {
  const verified = verifyReceipt(JSON.parse(JSON.stringify(GOOD)), trust)
  assert.ok(verified.ok)
  assert.equal(verified.checkpoint.size, 5)
  const turned = Object.fromEntries(Object.entries(statement as object).reverse()) as Json
  assert.ok(verifyReceipt({ ...GOOD, statement: turned }, trust).ok)
})

const flipped = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)

test('a receipt changed anywhere is refused with the reason', () => {
  const code = (change: object, by: object = {}) => {
    const verified = verifyReceipt({ ...GOOD, ...change }, { ...trust, ...by })
    return verified.ok ? null : verified.code
  }
  const { interval } = GOOD
  assert.equal(code({ v: 2 }), 'receipt.version')
  assert.equal(code({ v: '1' }), 'receipt.shape')
  assert.equal(code({ statement: { ...(statement as object), items: [1, 3] } }), 'receipt.commitment')
  assert.equal(code({ salt: flipped(GOOD.salt) }), 'receipt.commitment')
  assert.equal(code({ commitment: flipped(GOOD.commitment) }), 'receipt.commitment')
  assert.equal(code({ position: GOOD.position ^ 1 }), 'receipt.inclusion')
  for (const i of GOOD.innerPath.keys()) {
    assert.equal(code({ innerPath: GOOD.innerPath.with(i, flipped(GOOD.innerPath[i]!)) }), 'receipt.inclusion')
  }
  for (const i of GOOD.outerPath.keys()) {
    assert.equal(code({ outerPath: GOOD.outerPath.with(i, flipped(GOOD.outerPath[i]!)) }), 'receipt.inclusion')
  }
  assert.equal(code({ leafIndex: 3 }), 'receipt.inclusion')
  assert.equal(code({ interval: { ...interval, index: 3 } }), 'receipt.inclusion')
  assert.equal(code({ interval: { ...interval, from: '2026-11-21T04:00:00.000Z' } }), 'receipt.inclusion')
  assert.equal(code({ checkpoint: GOOD.checkpoint.replace('\n5\n', '\n6\n') }), 'note.signature')
  assert.equal(code({ checkpoint: 'x' }), 'checkpoint.form')
  assert.equal(code({}, { keys: [] }), 'note.unknown-key')
  assert.equal(code({}, { origin: 'other' }), 'checkpoint.origin')
})

test('what is no receipt is refused as such', () => {
  const wrong: unknown[] = [null, 1, 'x', [], {}, { v: 1 }, new Array(9)]
  const members: Record<string, unknown[]> = {
    statement: [undefined, { a: '\ud800' }, Number.NaN, JSON.parse('['.repeat(50) + ']'.repeat(50))],
    salt: ['', 7, 'A'.repeat(44), 'A'.repeat(1000)],
    commitment: [null, 'AA=='],
    interval: [null, [], { ...GOOD.interval, index: -1 }, { ...GOOD.interval, to: GOOD.interval.from }],
    position: [-1, 1.5, 2 ** 24, '0'],
    innerPath: [null, GOOD.innerPath.slice(1), [...GOOD.innerPath, GOOD.innerPath[0]], GOOD.innerPath.with(3, 'x')],
    leafIndex: [-1, null],
    outerPath: [null, [1], Array(65).fill(GOOD.salt)],
    checkpoint: [null, 'x'.repeat(200_000)],
  }
  for (const [name, values] of Object.entries(members)) for (const value of values) wrong.push({ ...GOOD, [name]: value })
  for (const value of wrong) {
    const verified = verifyReceipt(value, trust)
    assert.ok(!verified.ok && verified.code === 'receipt.shape', JSON.stringify(value)?.slice(0, 100))
  }
})

test('the canonical bytes of a statement', () => {
  const bytes = canonicalBytes({ b: [1, -0, 1e21, 'é\n"'], a: { z: null, '\u00e9': true }, '1': 0.1 })
  assert.equal(new TextDecoder().decode(bytes!), '{"1":0.1,"a":{"z":null,"é":true},"b":[1,0,1e+21,"é\\n\\""]}')
  const loop: Record<string, unknown> = {}
  loop['self'] = loop
  for (const bad of [undefined, Symbol('x'), 1n, Infinity, { a: undefined }, loop, 'x'.repeat(300_000)]) {
    assert.equal(canonicalBytes(bad), null)
  }
})

test('the public leaf is canonical and tells nothing of how much it holds', () => {
  const leaf = { index: 0, from: 0, to: 3_600_000, root: sha256(Uint8Array.of(1)) }
  const bytes = encodeLeaf(leaf)
  const text = new TextDecoder().decode(bytes)
  const root = Buffer.from(leaf.root).toString('base64')
  assert.equal(text, `weir/interval/1\n0\n1970-01-01T00:00:00.000Z\n1970-01-01T01:00:00.000Z\n${root}\n`)
  assert.deepEqual(parseLeaf(bytes), leaf)
  const wrong = [
    text.slice(0, -1),
    `${text}\n`,
    text.replace('/1', '/2'),
    text.replace('\n0\n', '\n00\n'),
    text.replace('Z', 'z'),
  ]
  wrong.push(text.replace('01:00', '00:00'), text.replace('-01-01T01', '-02-30T01'), '', 'x'.repeat(200))
  for (const bad of wrong) assert.equal(parseLeaf(new TextEncoder().encode(bad)), null, bad)
  assert.throws(() => encodeLeaf({ ...leaf, to: 0 }), RangeError)
})
