import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { plain } from './plain.ts'
import { Walk } from './walk.ts'
import { each, into, type Want } from './want.ts'

const LIMITS = { depth: 64, keepBytes: 1 << 20 }

function walked(text: string | Uint8Array, want: Want, cuts: readonly number[], limits = LIMITS) {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const seen: unknown[] = []
  const walk = new Walk(
    want,
    {
      value: (path, kept) => seen.push([path.join('/'), kept === null ? 'too large' : plain(kept)]),
      enter: (path, at) => seen.push([path.join('/'), 'enter', at]),
      leave: (path, at, count) => seen.push([path.join('/'), 'leave', at, count]),
    },
    limits,
  )
  let at = 0
  for (const cut of cuts) {
    // A driver may use its buffer again, so each piece is wiped after it was walked.
    const piece = bytes.slice(at, at + cut)
    walk.push(piece)
    piece.fill(0)
    at += cut
  }
  walk.push(bytes.subarray(at))
  return { seen, wrong: walk.end() }
}

const json = fc.json({ maxDepth: 6 })
const cuts = fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 })
const WANTS: readonly Want[] = [
  'keep',
  'skip',
  { other: 'keep', each: 'keep' },
  each(into({ a: 'keep' })),
  each(each({ other: 'keep' })),
]

test('a value kept whole is the value, whatever the pieces', () => {
  fc.assert(
    fc.property(json, cuts, (text, pieces) => {
      const { seen, wrong } = walked(` ${text} `, 'keep', pieces)
      assert.equal(wrong, null)
      assert.deepEqual(seen, [['', JSON.parse(text)]])
    }),
  )
})

test('what is seen does not depend on the pieces, of sound and of broken text', () => {
  fc.assert(
    fc.property(
      json,
      cuts,
      fc.nat(),
      fc.string({ maxLength: 3 }),
      fc.constantFrom(...WANTS),
      (text, pieces, at, noise, want) => {
        const place = at % (text.length + 1)
        const broken = text.slice(0, place) + noise + text.slice(place + 1)
        for (const one of [text, broken, text.slice(0, place)]) {
          assert.deepEqual(walked(one, want, pieces), walked(one, want, []))
        }
      },
    ),
    { numRuns: 400 },
  )
})

test('an entered object hands on each value by its path, with escapes, marks and constants in them', () => {
  const text = '\ufeff{"a\\u0062":[{"x":"q\\"]}\\\\"},{"y":NaN}],"n":[-Infinity,"NaN"],"s":"\\ud83d\\ude00"}'
  const want = into({ ab: each(into({ x: 'keep', y: 'keep' })) }, 'keep')
  for (const size of [0, 1, 2, 3, 7]) {
    const { seen, wrong } = walked(text, want, size === 0 ? [] : Array.from({ length: text.length }, () => size))
    assert.equal(wrong, null)
    assert.deepEqual(
      seen.filter((one) => (one as unknown[]).length === 2),
      [
        ['ab/0/x', 'q"]}\\'],
        ['ab/1/y', 'NaN'],
        ['n', ['-Infinity', 'NaN']],
        ['s', '\u{1f600}'],
      ],
    )
  }
})

test('depth, size and faults are told with their place, and memory stays small', () => {
  assert.deepEqual(walked('['.repeat(1e6), 'skip', []).wrong, { code: 'json.too-deep', at: 65 })
  assert.equal(
    walked(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`, { other: { other: 'skip' } }, []).wrong?.code,
    'json.too-deep',
  )
  assert.deepEqual(walked('{"a":1 "b":2}', into({}), []).wrong, { code: 'json.broken', at: 7 })
  assert.deepEqual(walked('{"a":1}x', into({}), []).wrong, { code: 'json.broken', at: 7 })
  assert.deepEqual(walked('{"a":"x', into({}), []).wrong, { code: 'json.truncated', at: 7 })
  assert.deepEqual(walked('', 'keep', []).wrong, { code: 'json.truncated', at: 0 })
  assert.deepEqual(walked('{"a":"12345678","b":1}', into({ a: 5, b: 'keep' }), []).seen.slice(1, 3), [
    ['a', 'too large'],
    ['b', 1],
  ])
})

test('long strings and many escapes take time in proportion', () => {
  const hostile = new TextEncoder().encode(`["${'\\"'.repeat(2_000_000)}","${'\\\\'.repeat(2_000_000)}"]`)
  const before = process.cpuUsage().user
  assert.equal(
    walked(
      hostile,
      'skip',
      Array.from({ length: 5000 }, () => 1000),
    ).wrong,
    null,
  )
  assert.ok(process.cpuUsage().user - before < 3000_000)
})
