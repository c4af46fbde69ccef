import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Load } from '../run/load.ts'
import { mutantsOf } from './mutants.ts'
import { loadKey, loadSize, type Reach } from './mutate-load.ts'
import { NO_POOL, poolOf } from './pool.ts'

const file = fc.uint8Array({ maxLength: 300 }).map((bytes): Load => ({ kind: 'file', bytes, extension: '.bin' }))
const head = 'POST /a?x=12 HTTP/1.1\r\nHost: one\r\nContent-Length: 7\r\nRange: bytes=0-99\r\n\r\nk=v&n=5'
const request = fc.constantFrom(head, 'GET / HTTP/1.0\r\n\r\n', 'HELO x', '')
const exchange = fc.array(request, { minLength: 1, maxLength: 3 }).map(
  (texts): Load => ({
    ...{ kind: 'exchange', requests: texts.map((text) => new TextEncoder().encode(text)), waitMs: 100 },
  }),
)
const reach = fc.constantFrom<Reach>('wild', 'gentle', 'slight', 'grafted', 'script')

test('mutants follow from the seed, differ from each other and from the input, and do not grow without bound', () => {
  fc.assert(
    fc.property(fc.oneof(file, exchange), fc.oneof(file, exchange), reach, fc.integer(), (load, other, kind, seed) => {
      const pool = poolOf([other])
      const made = mutantsOf(load, 20, [kind], seed, pool, 'A')
      assert.deepEqual(mutantsOf(load, 20, [kind], seed, pool, 'A'), made)
      const keys = made.map((mutant) => loadKey(mutant.load))
      assert.equal(new Set([...keys, loadKey(load)]).size, keys.length + 1)
      for (const mutant of made) {
        assert.equal(mutant.load.kind, load.kind)
        assert.ok(loadSize(mutant.load) <= loadSize(load) + 3 * 65_536)
      }
    }),
    { numRuns: 200 },
  )
})

test('requests keep their framing: the empty line ends the head, and a right length stays right', () => {
  const load: Load = { kind: 'exchange', requests: [new TextEncoder().encode(head)], waitMs: 100 }
  const made = mutantsOf(load, 300, ['wild', 'gentle', 'grafted'], 1, poolOf([load]), 'A')
  assert.ok(made.length > 200)
  let kept = 0
  for (const { load: mutant } of made) {
    assert.ok(mutant.kind === 'exchange')
    const text = new TextDecoder('latin1').decode(mutant.requests[0])
    const [top, body] = [text.slice(0, text.indexOf('\r\n\r\n')), text.slice(text.indexOf('\r\n\r\n') + 4)]
    assert.ok(text.includes('\r\n\r\n'))
    if (/Content-Length: (\d+)(?:\r|$)/.exec(top)?.[1] === String(body.length)) kept++
  }
  assert.ok(kept > made.length / 2, `${kept} of ${made.length}`)
})

test('what an input does on purpose is tried in its other forms', () => {
  const forms = (text: string, reach: Reach) => {
    const load: Load = { kind: 'file', bytes: new TextEncoder().encode(text) }
    return mutantsOf(load, 400, [reach], 1, NO_POOL, 'A').map(({ load: one }) =>
      new TextDecoder().decode(one.kind === 'file' ? one.bytes : undefined),
    )
  }
  assert.ok(forms('member ../../planted.txt 9', 'wild').some((text) => text.includes('x/../../')))
  assert.ok(forms('size 3; touch planted', 'wild').some((text) => text.includes('$(touch planted)')))
  const proto = forms('merge(\'{"__proto__":{"isAdmin":true}}\')', 'script')
  assert.ok(proto.includes('merge(\'{"constructor":{"prototype":{"isAdmin":true}}}\')'))
})

test('a script keeps its program: only numbers and quoted words change', () => {
  const script = "import lib\nlib.load('abc', 12)\n"
  const load: Load = { kind: 'file', bytes: new TextEncoder().encode(script) }
  const made = mutantsOf(load, 100, ['script'], 1, NO_POOL, 'A')
  assert.ok(made.length > 30)
  for (const { load: mutant } of made) {
    assert.match(
      new TextDecoder().decode(mutant.kind === 'file' ? mutant.bytes : undefined),
      /^import lib\nlib\.load\('[^']*', \d+\)\n$/,
    )
  }
})
