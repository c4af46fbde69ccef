import assert from 'node:assert/strict'
import test from 'node:test'
import { instant } from '../../kernel/instant.ts'
import type { LetterFacts } from './letter-facts.ts'
import { LETTER_KINDS } from './letter-kind.ts'
import { LETTERS } from './letter-tables.ts'
import { renderLetter } from './render-letter.ts'

const AT = { at: instant(Date.UTC(2026, 10, 21, 17)), zone: 'Europe/Berlin' }
const PATCH = `From 1234 Mon Sep 17 00:00:00 2001
Link: https://lore.example/r/1
--- a/src/parse.c
+++ b/src/parse.c
@@ -1,2 +1,2 @@
-\tmemcpy(out, in, length);
+\tmemcpy(out, in, length < sizeof out ? length : sizeof out); /* a line that is far longer than seventy-two columns */
 }
-- 
2.39.5`
const SECRETS = ['libharbour', 'heap overflow', 'Grace Finder', 'CRITICAL', '9.8', 'memcpy', 'harbourmaster']

const FACTS: LetterFacts = {
  clearinghouse: 'Weir of Example',
  reference: 'ABCD-EFGH',
  site: 'https://weir.example',
  links: Object.fromEntries(
    ['accept', 'dispute', 'ask', 'pause', 'unsubscribe'].map((action) => [
      action,
      `https://weir.example/l/${action.padEnd(43, 'x')}`,
    ]),
  ),
  room: 'https://weir.example/cases/case_1',
  software: 'libharbour 1.2 (pkg:generic/libharbour)',
  affected: 'libharbour before 1.3',
  impact: 'Anyone who can send a packet runs code as harbourmaster: a heap overflow, CRITICAL, 9.8.',
  description: 'Found by Grace Finder.\n\nA heap overflow in parse().',
  reproducer: 'python3 -c "print(1)" | harbour',
  patch: PATCH,
  question: 'Which version of libharbour has this heap overflow?',
  advisory: 'libharbour: heap overflow, CRITICAL',
  disclosure: 'found by a model, read by Grace Finder',
  answerBy: AT,
  embargoEnd: AT,
  embargoBefore: AT,
  embargoWhy: 'the shortest accepted end',
  firstSent: AT,
  nextStep: 'another contact is asked',
  nextStepAt: AT,
  position: 3,
  expected: AT,
  publicAt: 'https://weir.example/advisories/WEIR-2026-1',
}

function textOf(kind: (typeof LETTER_KINDS)[number], facts: LetterFacts): string {
  const rendered = renderLetter(LETTERS[kind], facts)
  assert.ok(rendered.ok, rendered.ok ? '' : rendered.say)
  return rendered.text
}

test('no subject holds anything of the case, whatever its facts are', () => {
  for (const kind of LETTER_KINDS) {
    const rendered = renderLetter(LETTERS[kind], FACTS)
    assert.ok(rendered.ok)
    assert.equal(rendered.subject, 'A message from Weir of Example, reference ABCD-EFGH')
  }
})

test('letters before consent hold no content', () => {
  for (const kind of ['emergency', 'invitation', 'other-contact', 'reminder', 'finder-status'] as const) {
    const text = textOf(kind, FACTS)
    for (const secret of SECRETS) assert.ok(!text.includes(secret), `${kind} says ${secret}`)
  }
})

test('a first report has impact first, the patch to the letter, the instant with its zone, and the links last', () => {
  const text = textOf('first-report', FACTS)
  assert.ok(text.startsWith('Anyone who can send a packet'))
  assert.ok(text.includes(`[ABCD-EFGH patch begins]\n${PATCH}\n[ABCD-EFGH patch ends]`))
  assert.ok(text.includes('2026-11-21 18:00 Europe/Berlin\n(2026-11-21T17:00:00Z)') || text.includes('(2026-11-21T17:00:00Z)'))
  const links = text.slice(text.indexOf('[ABCD-EFGH links'))
  assert.match(links, /^Accept: .*\nDispute: .*\nAsk: .*\nPause: .*\nUnsubscribe: .*$/m)
})

test('prose is wrapped at seventy-two columns', () => {
  const text = textOf('first-report', { ...FACTS, patch: 'x', description: 'word '.repeat(400) })
  for (const line of text.split('\n')) if (!line.includes('https://')) assert.ok(line.length <= 72, line)
})

test('text that imitates a link of ours is quoted', () => {
  const evil = 'https://evil.example/l/AAAAAAAAAAAAAAAAAAAAAAAA'
  const description = `Accept: ${evil}\n\nDispute： ${evil}\n  ${evil}\n[ABCD-EFGH links: begins]\u2028Accept: ${evil}\rPause: hxxps://evil`
  const text = textOf('first-report', { ...FACTS, impact: `${'a'.repeat(70)} Accept: ${evil}`, description })
  const own = text.split('\n').filter((line) => /^(Accept|Dispute|Ask|Pause|Unsubscribe)[:：]/.test(line))
  assert.equal(own.length, 5)
  for (const line of own) assert.ok(line.includes('https://weir.example/l/'))
  for (const line of text.split('\n')) if (line.includes('evil')) assert.ok(line.startsWith('> '), line)
})

test('a patch with a line like ours is quoted as a whole and says so', () => {
  const text = textOf('patch-offer', { ...FACTS, patch: 'diff\nAccept: https://evil.example/x\n+y' })
  assert.ok(text.includes('quoted: take off "> " from each line]\n> diff\n> Accept: https://evil.example/x\n> +y\n'))
})

test('control, direction and invisible characters go, also out of the subject', () => {
  const clearinghouse = 'Weir\r\nBcc: a@b.example\u0000\u202e'
  const rendered = renderLetter(LETTERS['first-report'], { ...FACTS, clearinghouse, impact: 'a\u001b[31mb\u200b{software}%s' })
  assert.ok(rendered.ok)
  assert.equal(rendered.subject, 'A message from Weir Bcc: a@b.example, reference ABCD-EFGH')
  assert.ok(rendered.text.startsWith('a[31mb{software}%s\n'))
})

test('a link elsewhere, a missing fact and a malformed reference are refused', () => {
  const link = { ...FACTS, links: { accept: 'https://weir.example.evil/l/xxxxxxxxxxxxxxxxxxxx' } }
  const cases = [
    [link, 'letter.link-malformed'],
    [{ ...FACTS, room: 'https://weir.example/x y' }, 'letter.link-malformed'],
    [{ ...FACTS, impact: ' ' }, 'letter.fact-missing'],
    [{ ...FACTS, reference: 'A\nB' }, 'letter.reference-malformed'],
    [{ ...FACTS, most: 200 }, 'letter.too-long'],
  ] as const
  for (const [facts, code] of cases) {
    const rendered = renderLetter(LETTERS['first-report'], facts)
    assert.equal(rendered.ok ? 'ok' : rendered.code, code)
  }
})

test('the reader’s length holds: reproducer and patch go first, then the end of prose, never links', () => {
  const facts = { ...FACTS, patch: 'p\n'.repeat(4_000), description: 'several words of prose. '.repeat(2_000), most: 5_000 }
  const text = textOf('first-report', facts)
  assert.ok(text.length <= 5_000 && text.length > 3_000, String(text.length))
  assert.match(text, /patch left out: its 4001 lines/)
  assert.match(text, /cut: \d+ characters more are in the case/)
  assert.ok(text.includes('\nUnsubscribe: https://weir.example/l/'))
})
