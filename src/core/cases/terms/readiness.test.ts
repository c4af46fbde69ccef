import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseTerms } from './parse-terms.ts'
import type { ProjectTerms } from './project-terms.ts'
import { MISSING, type MissingCode, readiness } from './readiness.ts'
import type { ReportFacts } from './report-facts.ts'

const terms = (more: object): ProjectTerms => {
  const read = parseTerms(
    { version: '1.0.0', project: { purls: ['pkg:npm/left-pad'] }, contact: { route: 'mail', at: 'a@example.org' }, ...more },
    () => true,
  )
  assert.ok(read.ok, JSON.stringify(read))
  return read.terms
}
const FACTS: ReportFacts = {
  carries: ['reproducer', 'patch', 'regression-test', 'bisect'],
  characters: 900,
  plainText: true,
  language: 'en',
  weaknesses: ['CWE-787'],
  paths: ['src/parse.c'],
  severity: { score: 7.5, word: null },
  madeWithAi: true,
  checked: true,
  scopeRead: false,
  secret: true,
}
const missing = (more: object, facts: Partial<ReportFacts> = {}): MissingCode[] => {
  const got = readiness(terms(more), { ...FACTS, ...facts })
  return got.ready ? [] : got.missing.map(({ code }) => code)
}

const ROWS: readonly (readonly [
  says: string,
  terms: object,
  short: Partial<ReportFacts>,
  enough: Partial<ReportFacts>,
  MissingCode,
])[] = [
  ['a reproducer', { report: { mustCarry: ['reproducer'] } }, { carries: [] }, {}, 'report.reproducer'],
  ['a patch', { report: { mustCarry: ['patch'] } }, { carries: ['reproducer'] }, {}, 'report.patch'],
  ['a test', { report: { mustCarry: ['regression-test'] } }, { carries: ['patch'] }, {}, 'report.regression-test'],
  ['a bisect', { report: { mustCarry: ['bisect'] } }, { carries: [] }, {}, 'report.bisect'],
  ['plain text', { report: { plainText: true } }, { plainText: false }, {}, 'report.plain-text'],
  ['length', { report: { mostCharacters: 900 } }, { characters: 901 }, { characters: 900 }, 'report.too-long'],
  ['language', { report: { languages: ['en-GB'] } }, { language: 'de' }, { language: 'EN' }, 'report.language'],
  ['a language stated', { report: { languages: ['en'] } }, { language: null }, {}, 'report.language'],
  ['checked by default', {}, { checked: false }, {}, 'report.unchecked'],
  ['weaknesses', { outOfScope: { weaknesses: ['CWE-787'] } }, {}, { weaknesses: ['CWE-787', 'CWE-79'] }, 'scope.weakness'],
  ['no weakness stated', { outOfScope: { weaknesses: ['CWE-787'] } }, {}, { weaknesses: [] }, 'scope.weakness'],
  ['components', { outOfScope: { components: ['src/'] } }, {}, { paths: ['src/a.c', 'srcs/b.c'] }, 'scope.component'],
  ['words', { outOfScope: { words: 'Not that.' } }, {}, { scopeRead: true }, 'scope.not-read'],
  [
    'floor',
    { severityFloor: { by: 'word', least: 'critical' } },
    {},
    { severity: { score: 9, word: null } },
    'severity.below-floor',
  ],
  [
    'a word at its best',
    { severityFloor: { by: 'cvss', least: 8 } },
    {},
    { severity: { score: null, word: 'high' } },
    'severity.below-floor',
  ],
  [
    'no severity',
    { severityFloor: { by: 'word', least: 'low' } },
    { severity: { score: null, word: null } },
    {},
    'severity.not-stated',
  ],
  ['AI stated', { ai: { disclosure: 'required' } }, { madeWithAi: null }, { madeWithAi: false }, 'ai.not-stated'],
  ['AI refused', { ai: { found: 'refused' } }, {}, { madeWithAi: false }, 'ai.refused'],
  ['no embargo', { embargo: { stance: 'none' } }, {}, { secret: false }, 'embargo.none'],
]

describe('readiness', () => {
  for (const [says, more, short, enough, code] of ROWS) {
    test(`${says}: ${code}`, () => {
      assert.deepEqual(missing(more, short), [code])
      assert.deepEqual(missing(more, enough), [])
    })
  }

  test('no contact, opt-out, and all at once', () => {
    assert.deepEqual(missing({ contact: null }), ['contact.none'])
    assert.deepEqual(missing({ optOut: { reports: true } }), ['opt-out.reports'])
    assert.deepEqual(missing({ optOut: { scans: true } }), [])
    assert.equal(readiness(null, FACTS).ready, false)
    assert.deepEqual(missing({ report: { mustCarry: ['patch', 'bisect'] } }, { carries: [], checked: false }), [
      'report.patch',
      'report.bisect',
      'report.unchecked',
    ])
  })

  test('every code is reached and has a sentence', () => {
    const reached = new Set([...ROWS.map((row) => row[4]), 'contact.none', 'opt-out.reports'])
    assert.deepEqual([...reached].sort(), Object.keys(MISSING).sort())
    for (const says of Object.values(MISSING)) assert.match(says, /^[A-Z].*\.$/)
  })

  test('what the schema cannot say is said by the reader', () => {
    const problem = (more: object) => {
      const read = parseTerms(
        { version: '1.0.0', project: { repository: 'https://example.org/r' }, ...more },
        (zone) => zone === 'UTC',
      )
      return read.ok ? null : read.problems[0]!.at
    }
    const pace = { openAtOnce: 1, perWeek: 1 }
    assert.equal(problem({}), null)
    assert.equal(problem({ project: {} }), '/project')
    assert.equal(problem({ project: { purls: ['pkg:npm/%zz'] } }), '/project/purls/0')
    assert.equal(
      problem({ pace: { ...pace, quiet: { from: '22:00', to: '06:00', zone: 'Mars/Olympus' } } }),
      '/pace/quiet/zone',
    )
    assert.equal(problem({ pace: { ...pace, pausedUntil: '2027-02-31T00:00:00Z' } }), '/pace/pausedUntil')
  })
})
