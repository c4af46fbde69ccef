import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseReport } from './drive.ts'
import { inertLine, textOf } from './inert.ts'
import { besidePath, extensionOf, inputPath } from './places.ts'

test('whatever a file is called, it lies below /in, unhidden, and is not the input', () => {
  const nasty = fc.array(fc.constantFrom('..', '.', '/', '\\', 'input', '.weir', 'a', '\0', '\u202e', 'input.txt'), {
    maxLength: 12,
  })
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        nasty.map((parts) => parts.join('')),
      ),
      (name) => {
        const path = besidePath(name)
        assert.match(path, /^\/in(?:\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/)
        assert.doesNotMatch(path, /^\/in\/input(?:\.[^/]*)?$/)
        assert.match(inputPath(extensionOf(name)), /^\/in\/input(?:\.[A-Za-z0-9]{1,10})?$/)
      },
    ),
  )
})

test('a name that is harmless stays, and the input keeps its ending', () => {
  assert.equal(besidePath('keys/a.pem'), '/in/keys/a.pem')
  assert.equal(inputPath(extensionOf('poc.mjs')), '/in/input.mjs')
})

test('a report is read whole or not at all, whatever it holds', () => {
  const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value) ?? '')
  fc.assert(fc.property(fc.oneof(fc.uint8Array(), fc.jsonValue().map(bytes)), (given) => void parseReport(given, 1)))
  const result = { how: 'ended', exit: 3, signal: null, stdout: Buffer.from('a\0ÿb').toString('base64'), answers: ['aGk='] }
  const [read] = parseReport(bytes({ results: [result] }), 1)!
  assert.equal(Buffer.from(read!.stdout).toString(), 'a\0ÿb')
  assert.equal(Buffer.from(read!.answers[0]!).toString(), 'hi')
  assert.equal(read!.exit, 3)
  assert.equal(parseReport(bytes({ results: [result] }), 2), null)
  assert.equal(parseReport(bytes({ results: [{ ...result, how: 'won' }] }), 1), null)
})

test('base64 of any bytes comes back as those bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (given) => {
      const results = [{ how: 'ended', stdout: Buffer.from(given).toString('base64') }]
      assert.deepEqual([...parseReport(new TextEncoder().encode(JSON.stringify({ results })), 1)![0]!.stdout], [...given])
    }),
  )
})

test('inert text has no control and no direction mark, and its length is bounded', () => {
  fc.assert(
    fc.property(
      fc.uint16Array({ maxLength: 400 }).map((units) => String.fromCharCode(...units)),
      (given) => {
        const line = inertLine(`\u001b[31m${given}\u202e`, 50)
        assert.ok(line.length <= 50)
        assert.doesNotMatch(line, /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/)
      },
    ),
  )
  assert.ok(textOf(new Uint8Array(1000), 100).length < 120)
})
