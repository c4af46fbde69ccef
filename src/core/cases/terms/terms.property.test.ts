import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { parseTerms } from './parse-terms.ts'
import { TERMS_VERSION } from './project-terms.ts'
import { readShape } from './shape.ts'
import { TERMS_SCHEMA, TERMS_SHAPE } from './terms-shape.ts'

const accepts = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(TERMS_SCHEMA)

const of = (...right: unknown[]) => fc.constantFrom<unknown>(...right)
const some = (one: fc.Arbitrary<unknown>) => fc.uniqueArray(one, { maxLength: 3, selector: (value) => JSON.stringify(value) })
const part = (keys: Record<string, fc.Arbitrary<unknown>>, requiredKeys: string[] = []) => fc.record(keys, { requiredKeys })
const key = fc.oneof(
  part({ kind: of('pgp'), fingerprint: of('A'.repeat(40), '0123456789ABCDEF'.repeat(4)) }, ['kind', 'fingerprint']),
  part({ kind: of('age'), recipient: of(`age1${'q'.repeat(58)}`, `age1pq1${'z'.repeat(1500)}`) }, ['kind', 'recipient']),
)
const contact = (route: fc.Arbitrary<unknown>, at: fc.Arbitrary<unknown>) =>
  part({ route, at, keys: fc.array(key, { maxLength: 3 }) }, ['route', 'at'])
const clock = of('00:00', '22:00', '23:59', '07:30')
const right = part(
  {
    version: of(TERMS_VERSION),
    project: part({
      name: of('Left pad', 'Größe 😀', null),
      purls: some(of('pkg:npm/left-pad', 'pkg:npm/left-pad@1', 'pkg:x/y')),
      repository: of('https://example.org/r', null),
    }),
    contact: fc.oneof(
      fc.constant(null),
      contact(of('mail', 'coordinator'), of('a@example.org', "o'x+y@a-b.example")),
      contact(of('form', 'private-advisory'), of('https://example.org/x?y#z', 'https://example.org:8443')),
    ),
    report: part({
      mustCarry: some(of('reproducer', 'patch', 'bisect', 'regression-test')),
      plainText: of(true, false),
      mostCharacters: of(null, 200, 1_000_000),
      languages: some(of('en', 'pt-BR')),
      unchecked: of(true),
    }),
    outOfScope: part({
      weaknesses: some(of('CWE-79', 'CWE-400')),
      components: some(of('docs/', 'a/b')),
      words: of('Not\nthat.', null),
    }),
    severityFloor: fc.oneof(
      part({ by: of('word'), least: of('low', 'high') }, ['by', 'least']),
      part({ by: of('cvss'), least: of(0, 7.5, 10) }, ['by', 'least']),
      fc.constant(null),
    ),
    ai: part({ disclosure: of('required', 'welcome', 'unwanted'), found: of('accepted', 'refused') }),
    embargo: fc.oneof(
      part({ stance: of('none', 'unstated') }, ['stance']),
      part({ stance: of('days'), most: of(0, 90, 3650) }, ['stance', 'most']),
      part({ stance: of('policy'), policy: of('cert-cc/45', 'akrites') }, ['stance', 'policy']),
    ),
    optOut: part({ scans: of(true), reports: of(false) }),
    pace: part(
      {
        openAtOnce: of(0, 3, 1000),
        perWeek: of(1, 1000),
        quiet: fc.oneof(
          fc.constant(null),
          part({ from: clock, to: clock, zone: of('Europe/Berlin', 'UTC') }, ['from', 'to', 'zone']),
        ),
        pausedUntil: of(null, 'further-notice', '2027-01-10T08:00:00Z', '2027-02-31T08:00:00.5+01:00'),
      },
      ['openAtOnce', 'perWeek'],
    ),
  },
  ['version', 'project'],
)

const slip = fc.oneof(
  of(null, '', 0, -1, 1.5, 1001, 10.1, true, [], {}, ['a', 'a'], 'CWE-0', 'x'.repeat(20_001), '24:00', 'a'.repeat(40)),
  of(
    '\u202e',
    '\ud800',
    'a\nb',
    'a\u0000b',
    '😀'.repeat(200),
    '😀'.repeat(201),
    'https://u@example.org/',
    'a@b',
    'word',
    'mail',
  ),
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 8 }),
)

type Node = Record<string, unknown>

/** The value with one place changed, taken away or added to; `where` picks it. */
function mutate(value: unknown, where: number, how: number, by: unknown): unknown {
  const places: (readonly [Node, string])[] = []
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const name of Object.keys(node)) {
      places.push([node as Node, name])
      walk((node as Node)[name])
    }
  }
  walk(value)
  const [node, name] = places[where % places.length]!
  if (how === 0 && !Array.isArray(node)) delete node[name]
  else if (how === 1) node[Array.isArray(node) ? String(node.length) : 'surplus'] = by
  else node[name] = by
  return value
}

const terms = fc.tuple(right, fc.boolean(), fc.nat(60), fc.nat(4), slip).map(([value, spoil, where, how, by]) => {
  const json: unknown = JSON.parse(JSON.stringify(value))
  return spoil ? mutate(json, where, how, by) : json
})

test('reader and published schema accept the same', () => {
  const seen = { yes: 0, no: 0 }
  fc.assert(
    fc.property(terms, (value) => {
      const json: unknown = JSON.parse(JSON.stringify(value))
      const read = readShape(TERMS_SHAPE, json)
      assert.equal(read.ok, accepts(json), JSON.stringify(read.ok ? accepts.errors : read.problems))
      if (!read.ok) assert.ok(read.problems.length > 0 && read.problems.length <= 50)
      seen[read.ok ? 'yes' : 'no']++
    }),
    { numRuns: 3000, seed: 5 },
  )
  assert.ok(seen.yes > 300 && seen.no > 300, JSON.stringify(seen))
})

test('what was read reads again as itself', () => {
  fc.assert(
    fc.property(terms, (value) => {
      const read = parseTerms(JSON.parse(JSON.stringify(value)), () => true)
      if (!read.ok) return
      assert.deepEqual(
        parseTerms(JSON.parse(JSON.stringify(read.terms)), () => true),
        read,
      )
      assert.ok(accepts(read.terms))
    }),
    { numRuns: 500, seed: 6 },
  )
})

test('anything is read without a throw', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), (value) => {
      parseTerms(value, () => true)
    }),
    { numRuns: 300 },
  )
})
