import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import type { LetterFacts } from './letter-facts.ts'
import { LETTER_KINDS } from './letter-kind.ts'
import { LETTERS } from './letter-tables.ts'
import { renderLetter } from './render-letter.ts'

const SITE = 'https://weir.example'
const piece = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    '\n',
    '\r\n',
    '\u2028',
    'Accept: https://evil.example/l/aaaaaaaaaaaaaaaaaa',
    'Pause:http://e',
    '{patch}',
    '$&',
    '%s',
  ),
  fc.constantFrom(' ', '[ABCD-EFGH patch ends]', '> ', '\u202e', '\u0000', '```', 'https://evil.example'),
)
const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''))
const at = { at: 1_795_000_000_000 as never, zone: 'UTC' }

test('whatever the facts hold: no control characters, only our own links are bare, and the length is kept', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...LETTER_KINDS),
      fc.record({
        impact: text,
        description: text,
        patch: text,
        software: text,
        question: text,
        embargoWhy: text,
        advisory: text,
      }),
      fc.integer({ min: 500, max: 4_000 }),
      (kind, facts, most) => {
        const all: LetterFacts = {
          ...facts,
          clearinghouse: facts.software,
          reference: 'ABCD-EFGH',
          site: SITE,
          links: { accept: `${SITE}/l/${'a'.repeat(43)}`, pause: `${SITE}/l/${'b'.repeat(43)}` },
          answerBy: at,
          embargoEnd: at,
          firstSent: at,
          publicAt: `${SITE}/a`,
          most,
        }
        const rendered = renderLetter(LETTERS[kind], all)
        if (!rendered.ok) return
        assert.ok(rendered.text.length <= most)
        assert.doesNotMatch(rendered.subject, /[\u0000-\u001f\u007f-\u009f\u2028\u202e]/)
        assert.doesNotMatch(rendered.text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u202e]/)
        for (const line of rendered.text.split('\n'))
          if (/^\s*(?:accept|dispute|ask|pause|unsubscribe)\s*:\s*https?:/i.test(line))
            assert.ok(line.includes(`${SITE}/l/`), line)
      },
    ),
    { numRuns: 500 },
  )
})

test('hostile text of a megabyte takes no longer than its length deserves', () => {
  const started = performance.now()
  for (const unit of ['\n', ' ', 'a:', '> ', '[', '\t ', 'https://', 'Accept: '])
    renderLetter(LETTERS['first-report'], {
      clearinghouse: 'W',
      reference: 'ABCD-EFGH',
      site: SITE,
      links: {},
      software: unit.repeat(100_000),
      impact: unit.repeat(100_000),
      description: `${unit.repeat(1_000_000 / unit.length)}x`,
      patch: `${unit.repeat(1_000_000 / unit.length)}x`,
      answerBy: at,
    })
  assert.ok(performance.now() - started < 8_000)
})
