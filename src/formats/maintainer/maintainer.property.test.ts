import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { readShape, type Shape } from '../../core/cases/terms/shape.ts'
import { CONTACT, EMBARGO, KEYS } from '../../core/cases/terms/terms-shape.ts'
import { instant } from '../../core/kernel/instant.ts'
import { readSecurityInsights } from './security-insights.ts'
import { readSecurityMd } from './security-md.ts'
import { readSecurityTxt } from './security-txt.ts'

const NOW = instant(0)
const READERS = {
  'security.txt': (text: string) => readSecurityTxt(text, 'https://a.example/', NOW),
  'SECURITY-INSIGHTS.yml': (text: string) => readSecurityInsights(text, 'x', NOW),
  'SECURITY.md': (text: string) => readSecurityMd(text, 'x'),
}
const SHAPES: Readonly<Record<string, Shape<unknown>>> = { '/contact': CONTACT, '/contact/keys': KEYS, '/embargo': EMBARGO }

const crumb = fc.oneof(
  fc.constantFrom(
    'Contact: ',
    'mailto:',
    'a@b.example',
    'Expires: ',
    '\n',
    '\r\n',
    '-----BEGIN PGP SIGNED MESSAGE-----\n',
    '- ',
  ),
  fc.constantFrom(
    'header:\n  schema-version: 1.0.0\n',
    'header: {schema-version: 2.0.0}\n',
    'project: ',
    '&a ',
    '*a',
    '[',
    '{',
    '? ',
  ),
  fc.constantFrom(
    'Encryption: openpgp4fpr:',
    'ABCD '.repeat(10),
    'publish in 90 days ',
    '[at]',
    ' [dot] ',
    'https://',
    '%',
    ': ',
    '|\n',
  ),
  fc.string({ maxLength: 10 }),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const soup = fc.array(crumb, { maxLength: 40 }).map((crumbs) => crumbs.join(''))

// Each repeats what makes a careless reader slow: quadratic in the length, or deep in the stack.
const FLOODS: readonly (readonly [string, string])[] = [
  ['[', ''],
  ['{', ''],
  ['- ', ''],
  ['? ', ''],
  ['a: ', ''],
  ['\t', ''],
  [' ', 'x'],
  ['&a ', ''],
  ['a@', ''],
  ['a.', '@'],
  ['a@b.', ''],
  ['0123 ', ''],
  ['1 ', 'days disclose'],
  ['x [at] ', ''],
  ['x[at]a (dot) ', ''],
  ['https://', ''],
  ['https://x', '\n'],
  ["'", ''],
  ['"\\', ''],
  ['a: &b [*b]\n', ''],
  ['a: b\n', ''],
  ['"a": b\n', ''],
  ['- - - a\n', ''],
  ['Contact: mailto:a@b.example\n', ''],
  ['Contact: ', 'x'],
  ['Expires:', '\n'],
  ['age1q', ''],
  ['#\n', ''],
  ['!a ', ''],
  ['|\n', ''],
  ['---\n', ''],
  ['%YAML 1.2\n', ''],
]

describe('hostile files', () => {
  for (const [name, read] of Object.entries(READERS)) {
    test(`${name}: any text gives a draft whose values fit their places`, () => {
      fc.assert(
        fc.property(soup, (text) => {
          const draft = read(text)
          for (const { at, value, line } of draft.fields) {
            assert.ok(line >= 1 && line <= text.split('\n').length)
            if (SHAPES[at]) assert.ok(readShape(SHAPES[at], value).ok)
          }
        }),
        { numRuns: 500 },
      )
    })

    test(`${name}: floods are read in linear time, bounded, without a throw`, () => {
      for (const [crumb, end] of FLOODS) {
        const begun = process.cpuUsage().user
        const draft = read(`${crumb.repeat(Math.floor((127 * 1024) / crumb.length))}${end}`)
        const milliseconds = (process.cpuUsage().user - begun) / 1000
        assert.ok(milliseconds < 1500, `${JSON.stringify(crumb)} took ${milliseconds} ms`)
        assert.ok(draft.fields.length <= 200 && draft.notes.length <= 200 && draft.links.length <= 200)
      }
      read(
        `header:\n  schema-version: 2.0.0\n${Array.from({ length: 2000 }, (_, n) => `${' '.repeat(n % 60)}k${n}:`).join('\n')}`,
      )
      read('x'.repeat(2_000_000))
    })
  }

  test('what nests deeply is not parsed at all', () => {
    const indented = Array.from({ length: 480 }, (_, n) => `${' '.repeat(n)}k:`).join('\n')
    for (const deep of [indented, '['.repeat(30), '{a: '.repeat(30), '- '.repeat(100), '? '.repeat(100)])
      assert.deepEqual(readSecurityInsights(deep, 'x', NOW).notes, [
        { line: 1, says: 'The file is nested too deeply to be read.' },
      ])
  })
})
