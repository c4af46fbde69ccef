import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inertFileName } from './file-name.ts'
import { htmlText } from './html-text.ts'
import { readMail } from './read-mail.ts'

const ARRIVAL = { token: `r${'1'.repeat(32)}`, envelopeFrom: 'a@b.example', domain: 'weir.example' }

test('no bytes make reading throw, and what is read has no control characters', async () => {
  const line = fc.oneof(
    fc.constantFrom(
      'Content-Type: multipart/mixed; boundary=b',
      '--b',
      '--b--',
      '',
      'Content-Transfer-Encoding: base64',
      '<p>&#0;&#xD800;',
    ),
    fc.constantFrom(
      'Content-Type: message/rfc822',
      'Content-Type: text/html; charset=utf-7',
      'From: =?x?B?AAAA?=',
      'Subject: \u0000\u202e',
    ),
    fc.string({ unit: 'binary', maxLength: 40 }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 25 }), async (lines) => {
      const read = await readMail(new TextEncoder().encode(lines.join('\r\n')), ARRIVAL)
      if (read.ok) assert.doesNotMatch(read.mail.text + read.mail.subject, /[\u0000-\u0008\u000b-\u001f\u202e]/)
    }),
    { numRuns: 300 },
  )
})

test('a file’s name is never a path, hidden, reserved, empty or long', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 400 }),
        fc.constantFrom('..', '.', 'NUL', 'a/../b', 'com1.txt', '\\x\\y'),
      ),
      (name) => {
        const inert = inertFileName(name, 1)
        assert.match(inert, /^[A-Za-z0-9][A-Za-z0-9._-]{0,104}$/)
        assert.doesNotMatch(inert, /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i)
      },
    ),
  )
})

test('hostile HTML and mail of a megabyte are read in time', async () => {
  const started = performance.now()
  for (const unit of ['<', '<!--', '<script>', '<p', '&#', '\n', ' ', '<style></style', '</'])
    htmlText(unit.repeat(1_000_000 / unit.length))
  for (const unit of ['a', ' ', '\r\n', '=?a?B?', '<', 'Received: x\r\n', '--b\r\n', 'X: (((((', 'a@b,'])
    for (const head of ['', 'From: ', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n', 'Content-Type: text/html\r\n\r\n'])
      await readMail(new TextEncoder().encode(head + unit.repeat(40_000 / unit.length)), ARRIVAL)
  const lines = await readMail(new TextEncoder().encode('\n'.repeat(10_000_000)), ARRIVAL)
  assert.equal(lines.ok ? 'ok' : lines.why, 'malformed')
  assert.ok(performance.now() - started < 15_000, String(performance.now() - started))
})
