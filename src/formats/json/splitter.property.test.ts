import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIMITS } from '../format.ts'
import { LineSplitter } from './lines.ts'
import type { Piece } from './piece.ts'
import { repeatedKey } from './repeated-key.ts'
import { scanItem } from './scan.ts'
import { Splitter } from './splitter.ts'
import { decodeUtf8, firstInvalidUtf8 } from './utf8.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder()

function chunked(
  cutter: { push(chunk: Uint8Array): Piece[]; end(): Piece[] },
  bytes: Uint8Array,
  sizes: readonly number[],
): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (let k = 0; at < bytes.length; k++) {
    const chunk = bytes.slice(at, at + sizes[k % sizes.length]!)
    at += chunk.length
    pieces.push(...cutter.push(chunk))
    chunk.fill(0x5a)
  }
  return [...pieces, ...cutter.end()]
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 })

test('whatever the chunks, the items of a document are its elements, and the skeleton is the rest', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { maxLength: 6 }),
      fc.jsonValue(),
      sizes,
      fc.nat(3),
      (elements, aside, cuts, indent) => {
        const bytes = encoder.encode(JSON.stringify({ aside, runs: [{ results: elements, after: aside }] }, null, indent))
        const arrays = [['runs', '*', 'results']]
        const pieces = chunked(new Splitter({ limits: LIMITS, arrays }), bytes, cuts)
        assert.deepEqual(
          pieces.map((piece) => piece.refusal),
          elements.map(() => null),
        )
        assert.deepEqual(
          pieces.map((piece) => piece.at),
          elements.map((_, k) => `/runs/0/results/${k}`),
        )
        assert.deepEqual(
          pieces.map((piece) => JSON.parse(decoder.decode(piece.bytes))),
          JSON.parse(JSON.stringify(elements)),
        )
        const survey = new Splitter({ limits: LIMITS, arrays, survey: true })
        chunked(survey, bytes, cuts)
        const skeleton = survey.taken()
        assert.equal(skeleton.whole, true)
        assert.deepEqual(
          JSON.parse(decoder.decode(skeleton.bytes!)),
          JSON.parse(JSON.stringify({ aside, runs: [{ results: [], after: aside }] })),
        )
      },
    ),
    { numRuns: 200 },
  )
})

test('cut off anywhere, the skeleton is still JSON and the pieces before stand', () => {
  const bytes = encoder.encode(
    '\ufeff{"a":[1,-2.5e3,{"b\\u0061":"x\\"]"}],"runs":[{"results":[{"m":"é}"},7 ,"t"],"z":null}],"end":true} ',
  )
  const whole = chunked(new Splitter({ limits: LIMITS, arrays: [['runs', '*', 'results']] }), bytes, [7])
  for (let n = 0; n < bytes.length; n++) {
    const survey = new Splitter({ limits: LIMITS, arrays: [['runs', '*', 'results']], survey: true })
    chunked(survey, bytes.slice(0, n), [3])
    const text = decoder.decode(survey.taken().bytes!)
    if (text.trim() !== '') JSON.parse(text)
    const pieces = chunked(new Splitter({ limits: LIMITS, arrays: [['runs', '*', 'results']] }), bytes.slice(0, n), [3])
    const good = pieces.filter((piece) => piece.refusal === null)
    assert.deepEqual(
      good.map((piece) => [piece.at, decoder.decode(piece.bytes)]),
      whole.slice(0, good.length).map((piece) => [piece.at, decoder.decode(piece.bytes)]),
    )
    if (n < bytes.length - 1)
      assert.deepEqual(
        pieces.filter((piece) => piece.refusal).map((piece) => piece.refusal!.code),
        ['report.truncated'],
      )
  }
})

test('lines are the same however they are cut, and numbered as an editor would', () => {
  const line = fc.oneof(
    fc.constant(''),
    fc.constant('  '),
    fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
  )
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean(), sizes, (lines, ending, last, cuts) => {
      const pieces = chunked(
        new LineSplitter(1 << 20),
        encoder.encode('\ufeff' + lines.join(ending) + (last ? ending : '')),
        cuts,
      )
      const expected = lines.flatMap((text, k) => (text.trim() === '' ? [] : [[`line ${k + 1}`, text.toWellFormed()]]))
      assert.deepEqual(
        pieces.map((piece) => [piece.at, decoder.decode(piece.bytes)]),
        expected,
      )
    }),
  )
})

test('the scan finds a repeated key exactly where the parser would lose one, escapes or not', () => {
  const key = fc.constantFrom('a', 'b', 'ab', '__proto__', '\\u0061', '\\u005f_proto__', 'é', '\\u00e9', '')
  const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom('1', '"a"', 'null', '"{\\"a\\":1}"'),
      fc
        .array(fc.tuple(key, tie('value')), { maxLength: 4 })
        .map((pairs) => `{${pairs.map(([k, v]) => `"${k}": ${v}`).join(',')}}`),
      fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(' , ')}]`),
    ),
  })).value
  fc.assert(
    fc.property(value, (text) => {
      const bytes = encoder.encode(text)
      const fault = scanItem(bytes, LIMITS, '')
      const colons = text.replace(/"(?:[^"\\]|\\.)*"/g, 's').split(':').length - 1
      let kept = 0
      JSON.parse(text, (_, read) => {
        if (typeof read === 'object' && read !== null && !Array.isArray(read)) kept += Object.keys(read).length
        return read
      })
      if (fault === null) assert.equal(kept, colons)
      else assert.equal(fault.code, 'item.repeated-key')
      assert.equal(repeatedKey(bytes) >= 0, fault !== null)
    }),
    { numRuns: 500 },
  )
})

test('the place of bad UTF-8 is found exactly where the decoder fails', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0x41, 0x80, 0xbf, 0xc1, 0xc3, 0xe0, 0xa0, 0xed, 0x9f, 0xf0, 0x90, 0xf4, 0x8f, 0xf5)),
      (list) => {
        const bytes = Uint8Array.from(list)
        const at = firstInvalidUtf8(bytes)
        assert.equal(at < 0, decodeUtf8(bytes) !== null)
        if (at >= 0) assert.notEqual(decodeUtf8(bytes.subarray(0, at)), null)
      },
    ),
    { numRuns: 2000 },
  )
})
