import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { confine } from './confine.ts'
import { parseDiff } from './parse-diff.ts'
import { renderDiff } from './render-diff.ts'

const lineText = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\n\r\0]/g, ' '))
const name = fc.stringMatching(/^[a-z][a-z0-9_. -]{0,10}[a-z]$/)
const path = fc.array(name, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'))
const line = fc.record({ mark: fc.constantFrom(' ' as const, '+' as const, '-' as const), text: lineText })
const hunk = fc.record({ start: fc.integer({ min: 1, max: 9999 }), lines: fc.array(line, { minLength: 1, maxLength: 12 }) })
const file = fc.record({ path, hunks: fc.array(hunk, { minLength: 1, maxLength: 4 }) })

type Made = { path: string; hunks: { start: number; lines: { mark: ' ' | '+' | '-'; text: string }[] }[] }

function changeOf({ path, hunks }: Made) {
  return {
    ...{ from: path, to: path, oldMode: null, newMode: null, moved: null },
    hunks: hunks.map(({ start, lines }) => ({
      ...{ oldStart: start, newStart: start, section: '' },
      lines: lines.map((one) => ({
        ...one,
        text: [...one.text].map((c) => String.fromCharCode(c.charCodeAt(0) & 255)).join(''),
        ended: true,
      })),
    })),
  }
}

test('a written patch reads back as what was written', () => {
  fc.assert(
    fc.property(fc.array(file, { minLength: 1, maxLength: 4 }), (made) => {
      const files = made.map(changeOf).map((one) => ({
        ...one,
        // A byte of zero makes it no text, and a line feed no line.
        hunks: one.hunks.map((h) => ({ ...h, lines: h.lines.map((l) => ({ ...l, text: l.text.replace(/[\n\r\0]/g, '_') })) })),
      }))
      const read = parseDiff(renderDiff(files))
      assert.ok(read.ok, JSON.stringify(read))
      const confined = confine(read.files, 1)
      assert.ok(confined.ok, JSON.stringify(confined))
      assert.deepEqual(confined.files, files)
    }),
    { numRuns: 300 },
  )
})

const piece = fc.constantFrom(
  ...[
    '--- a/x\n',
    '+++ b/x\n',
    '@@ -1,2 +1,2 @@\n',
    '@@ -1 +1 @@\n',
    ' a\n',
    '-a\n',
    '+b\n',
    '\\ No newline\n',
    '\r\n',
    'diff --git a/x b/x\n',
  ],
  ...[
    'rename from x\n',
    'rename to ../y\n',
    'new mode 120000\n',
    '--- "a/\\303\n',
    '+++ /etc/passwd\n',
    '@@ -0,0 +999999999 @@\n',
    '-- \n',
    'x',
  ],
)

test('whatever is sent, reading it never throws, and what is let through stays inside the tree', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), fc.constantFrom(0 as const, 1 as const), (pieces, strip) => {
      const read = parseDiff(new TextEncoder().encode(pieces.join('')))
      const confined = read.ok ? confine(read.files, strip) : read
      if (!confined.ok) return
      for (const { from, to, newMode } of confined.files) {
        for (const one of [from, to]) if (one !== null) assert.doesNotMatch(one, /^\/|(?:^|\/)\.\.?(?:\/|$)/)
        assert.notEqual(newMode, '120000')
      }
    }),
    { numRuns: 1000 },
  )
})

test('a patch of the largest size is read in linear time', () => {
  const many = new TextEncoder().encode('diff --git a/ b/\n'.repeat(200_000))
  const long = new TextEncoder().encode(`--- a/${'x/'.repeat(1_000_000)}\n+++ ${'"\\'.repeat(500_000)}\n@@ -1 +1 @@\n`)
  const began = performance.now()
  parseDiff(many)
  parseDiff(long)
  assert.ok(performance.now() - began < 2000)
})
