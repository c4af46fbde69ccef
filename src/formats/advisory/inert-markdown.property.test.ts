import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { inertMarkdown } from './inert-markdown.ts'

// A character that can begin markup stands behind an odd number of backslashes, or it does not stand where it could.
function live(markdown: string): string[] {
  const found: string[] = []
  for (const line of markdown.split('\n')) {
    if (/^[ \t]/.test(line)) found.push('indent')
    if (/ {2}$/.test(line)) found.push('hard break')
    if (/^(?:[-+=]|\d{1,9}[.)])/.test(line)) found.push(line)
    const bare = line.replace(/\\[!-/:-@[-`{-~]/g, '')
    if (/[\\`*_[\]<>&~|@#$^{}]|:\/\/|www\./i.test(bare)) found.push(bare)
  }
  return found
}

test('nothing in hostile text is live', () => {
  const piece = fc.oneof(
    fc.constantFrom('# ', '- ', '1. ', '1) ', '    x', '\t', '```', '[a](b)', '![a](b)', '<b>', '&lt;', '\\', '\\\\', '  \n'),
    fc.constantFrom('http://a', 'WWW.a', 'a@b', '| a |', '===', '---', '~~a~~', '{{a}}', '$x$', '\n', '\r', 'word', '\u2028'),
    fc.string({ maxLength: 5 }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => assert.deepEqual(live(inertMarkdown(pieces.join(''))), [])),
    { numRuns: 2000 },
  )
})

test('the check sees what is live', () => {
  for (const text of ['# a', '- a', '1. a', '    a', '[a](b)', 'a@b', 'http://a', '\\\\<b>'])
    assert.notDeepEqual(live(text), [])
})

test('a plain sentence stays as it is', () => {
  assert.equal(
    inertMarkdown('A heap overflow, in 1.2 (and later): 3 bytes - no more!'),
    'A heap overflow, in 1.2 (and later): 3 bytes - no more!',
  )
})
