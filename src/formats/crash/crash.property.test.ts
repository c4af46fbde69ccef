import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LIMITS } from '../format.ts'
import { CRASH_LOG } from './crash-log.ts'
import { SAMPLES } from './crash-samples.ts'
import { parseCrashText } from './crash-text.ts'

const sample = fc.constantFrom(...Object.values(SAMPLES))
const edit = fc.record({ at: fc.nat(2_000), cut: fc.nat(40), put: fc.string({ unit: 'binary', maxLength: 20 }) })

test('changed samples never throw, and every item is whole', () => {
  fc.assert(
    fc.property(fc.array(sample, { maxLength: 3 }), fc.array(edit, { maxLength: 6 }), (texts, edits) => {
      let text = texts.join('')
      for (const { at, cut, put } of edits)
        text = text.slice(0, at % (text.length + 1)) + put + text.slice((at % (text.length + 1)) + cut)
      const reading = parseCrashText(text)
      assert.ok(reading === null || (reading.title.length <= 300 && reading.excerpt.length <= 65_536))
      const reader = CRASH_LOG.reader(LIMITS)
      const items = [...reader.push(new TextEncoder().encode(text)), ...reader.end()]
      assert.ok(items.length >= 1)
    }),
    { numRuns: 400 },
  )
})

const LONG: Readonly<Record<string, string>> = {
  'one line of 5 MB': 'a'.repeat(5 << 20),
  'one line of spaces': ' '.repeat(5 << 20),
  'a frame line of 5 MB': `#0 0x1 in ${'f<('.repeat(1 << 20)}`,
  'a million frames': '#0 0x1 in f a.c:1:1\n'.repeat(1e6),
  'a million bare frames': '#0 0x\n'.repeat(1e6),
  'a million headlines': '==1==ERROR: AddressSanitizer: SEGV on\n'.repeat(1e5),
  escapes: '\u001b[1;'.repeat(1 << 19),
  'long check': `[1:FATAL:a.cc(1)] Check failed: ${'(x vs. '.repeat(1e5)}`,
  'long places': `${'a:1:'.repeat(1e5)}: runtime error: x`,
  'many exceptions': 'java.lang.Error: x\n\tat a.b(c)\n'.repeat(1e5),
  'many tracebacks': 'Traceback (most recent call last):\n  File "a", line 1, in b\nE: x\n'.repeat(1e5),
  'near assertions': `${'(): '.repeat(1e5)}\n${'Assertion `'.repeat(1e5)}\n`.repeat(20),
  'many lines of check bait': 'x: Assertion failed: (((((((((((((((((((((((((((((((((((((((((((((((((\n'.repeat(5e4),
}

for (const [name, text] of Object.entries(LONG)) {
  test(`takes time in step with its length: ${name}`, () => {
    const began = performance.now()
    parseCrashText(text)
    const reader = CRASH_LOG.reader(LIMITS)
    const bytes = new TextEncoder().encode(text)
    for (let at = 0; at < bytes.length; at += 65_536) reader.push(bytes.subarray(at, at + 65_536))
    reader.end()
    const took = performance.now() - began
    assert.ok(took < 12_000, `${Math.round(took)} ms`)
  })
}
