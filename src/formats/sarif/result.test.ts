import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '../../core/findings/finding.ts'
import { LIMITS, type ParsedItem } from '../format.ts'
import { SARIF } from './format.ts'

const encoder = new TextEncoder()

function read(log: unknown, size = 1 << 16): ParsedItem[] {
  const bytes = encoder.encode(typeof log === 'string' ? log : JSON.stringify(log))
  const survey = SARIF.survey!(LIMITS)
  for (let at = 0; at < bytes.length; at += size) survey.push(bytes.subarray(at, at + size))
  const reader = SARIF.reader(LIMITS, survey.end())
  const items: ParsedItem[] = []
  for (let at = 0; at < bytes.length; at += size) items.push(...reader.push(bytes.subarray(at, at + size)))
  return [...items, ...reader.end()]
}

/** The finding of one result in a run whose results come before everything they lean on. */
function findingOf(result: unknown, run: Record<string, unknown> = {}): Finding {
  const item = read({
    runs: [{ results: [result], tool: { driver: { name: 'T', version: '1' } }, ...run }],
    version: '2.1.0',
  })[0]
  assert.ok(item?.ok, item && !item.ok ? item.refusal.mend : 'no item')
  return item.finding
}

const RULES = {
  tool: {
    driver: {
      name: 'T',
      semanticVersion: '2.0.0',
      rules: [
        {
          id: 'A',
          shortDescription: { text: 'about A' },
          messageStrings: { m: { text: 'bad {0} in {{x}} at {1} {9}' } },
          defaultConfiguration: { level: 'error' },
        },
        {
          id: 'B',
          properties: { tags: ['security', 'external/cwe/cwe-079'], 'security-severity': '7.5' },
          helpUri: 'https://example.org/B',
        },
      ],
    },
    extensions: [
      {
        name: 'E',
        guid: 'g-e',
        rules: [{ id: 'X', guid: 'g-x', relationships: [{ target: { id: '787', toolComponent: { name: 'CWE' } } }] }],
      },
    ],
  },
  taxonomies: [{ name: 'CWE', taxa: [{ id: '22' }, { id: '23' }] }],
}

test('rules are found by id, by index, by reference into an extension, and by the stem of their id', () => {
  assert.equal(findingOf({ ruleId: 'B', message: { text: 'm' } }, RULES).weaknesses[0], 'CWE-79')
  assert.equal(findingOf({ ruleIndex: 1, message: { text: 'm' } }, RULES).rule, 'B')
  assert.deepEqual(findingOf({ rule: { id: 'X', toolComponent: { index: 0 } }, message: { text: 'm' } }, RULES).weaknesses, [
    'CWE-787',
  ])
  assert.deepEqual(findingOf({ rule: { index: 0, toolComponent: { guid: 'g-e' } }, message: { text: 'm' } }, RULES).rule, 'X')
  assert.equal(findingOf({ ruleId: 'B/2', message: { text: 'm' } }, RULES).weaknesses[0], 'CWE-79')
  assert.equal(findingOf({ ruleId: 'B', ruleIndex: 0, message: { text: 'm' } }, RULES).weaknesses[0], 'CWE-79')
  assert.equal(findingOf({ ruleId: '__proto__', ruleIndex: 99, message: { text: 'm' } }, RULES).rule, '__proto__')
})

test('messages are put together from id and arguments', () => {
  const finding = findingOf({ ruleId: 'A', message: { id: 'm', arguments: ['p', 'q'] } }, RULES)
  assert.equal(finding.text, 'bad p in {x} at q {9}')
  assert.equal(findingOf({ ruleId: 'A', message: { id: 'constructor' } }, RULES).text, 'about A')
  assert.equal(findingOf({ message: { text: 'short', markdown: 'long **text**' } }).text, 'short\n\nlong **text**')
})

test('severities are what is stated, never the default of the standard', () => {
  assert.deepEqual(findingOf({ ruleId: 'B', message: { text: 'm' } }, RULES).severities, [
    { kind: 'number', value: '7.5', by: 'T' },
  ])
  assert.deepEqual(findingOf({ ruleId: 'A', message: { text: 'm' } }, RULES).severities, [
    { kind: 'word', value: 'error', by: 'T' },
  ])
  assert.deepEqual(findingOf({ message: { text: 'm' } }).severities, [])
})

test('places come by uri, by index, under bases, with names, flows and stacks', () => {
  const run = {
    artifacts: [{ location: { uri: 'lib/a%20b.c', uriBaseId: 'SRC' } }],
    originalUriBaseIds: {
      ROOT: { uri: 'file:///home/x/' },
      SRC: { uri: 'src/', uriBaseId: 'ROOT' },
      LOOP: { uri: 'l/', uriBaseId: 'LOOP' },
    },
    logicalLocations: [{ fullyQualifiedName: 'ns::f' }],
    versionControlProvenance: [{ repositoryUri: 'https://example.org/r', revisionId: 'abc' }],
  }
  const at = (artifactLocation: unknown, startLine: number) => ({
    physicalLocation: { artifactLocation, region: { startLine, snippet: { text: 's' } } },
  })
  const finding = findingOf(
    {
      message: { text: 'm' },
      locations: [{ ...at({ index: 0 }, 5), logicalLocations: [{ index: 0 }] }],
      codeFlows: [
        { threadFlows: [{ locations: [{ location: at({ uri: 'in.c' }, 1) }, { location: at({ uri: 'mid.c' }, 2) }] }] },
      ],
      stacks: [{ frames: [{ location: { logicalLocations: [{ fullyQualifiedName: 'g' }] }, module: 'mod' }] }],
    },
    run,
  )
  assert.deepEqual(
    finding.locations.map((place) => [place.path, place.line, place.symbol]),
    [
      ['src/lib/a b.c', 5, 'ns::f'],
      ['mid.c', 2, null],
      ['in.c', 1, null],
    ],
  )
  assert.deepEqual([finding.locations[0]?.snippet, finding.stack[0]?.symbol, finding.stack[0]?.module], ['s', 'g', 'mod'])
  assert.deepEqual(finding.target, { purl: null, repository: 'https://example.org/r', version: 'abc' })
  assert.ok(
    findingOf(
      { message: { text: 'm' }, locations: [at({ uri: 'x%zz.c', uriBaseId: 'LOOP' }, 1)] },
      run,
    ).locations[0]?.path?.endsWith('x%zz.c'),
  )
})

test('a purl is taken where a scanner states it', () => {
  const named = {
    message: { text: 'm' },
    locations: [{ logicalLocations: [{ fullyQualifiedName: 'pkg:npm/a@1.0.0:node_modules/a' }] }],
  }
  assert.equal(findingOf(named).target?.purl, 'pkg:npm/a')
  const target = findingOf({ message: { text: 'm' }, properties: { purl: 'pkg:pypi/Django@4.0' } }).target
  assert.deepEqual(target, { purl: 'pkg:pypi/django', repository: null, version: '4.0' })
})

test('taxa, tool fingerprints, names of rules and suppressions are kept', () => {
  const finding = findingOf(
    {
      ruleId: 'CVE-2026-12345-lib',
      message: { text: 'm' },
      taxa: [{ index: 1, toolComponent: { name: 'CWE' } }],
      partialFingerprints: { 'h/v1': 'x' },
      fingerprints: { __proto__: 'y', wrapped: { value: 'z' }, odd: 7 },
      suppressions: [{ kind: 'external' }],
    },
    RULES,
  )
  assert.deepEqual([finding.weaknesses, finding.aliases], [['CWE-23'], ['CVE-2026-12345']])
  assert.equal(finding.toolFingerprints['h/v1'], 'x')
  assert.equal(finding.toolFingerprints['wrapped'], 'z')
  assert.deepEqual(finding.extra, { suppressions: [{ kind: 'external' }] })
})

test('what claims no flaw is refused, and a log of another version', () => {
  const code = (log: unknown) => read(log).map((item) => (item.ok ? 'ok' : item.refusal.code))
  const one = (result: unknown) => code({ version: '2.1.0', runs: [{ results: [result] }] })
  for (const kind of ['pass', 'notApplicable', 'informational'])
    assert.deepEqual(one({ kind, message: { text: 'm' } }), ['item.nothing-claimed'])
  for (const kind of ['fail', 'open', 'review']) assert.deepEqual(one({ kind, message: { text: 'm' } }), ['ok'])
  assert.deepEqual(one({ baselineState: 'absent', message: { text: 'm' } }), ['item.nothing-claimed'])
  assert.deepEqual(one({}), ['item.nothing-claimed'])
  assert.deepEqual(one('x'), ['item.wrong-type'])
  assert.deepEqual(code({ version: '1.0.0', runs: [{ results: [{}] }] }), ['report.wrong-version'])
  assert.deepEqual(code({ version: '2.0.0-csd.2', runs: [{ results: [{ message: { text: 'm' } }] }] }), ['ok'])
  assert.deepEqual(code({ version: '2.1.0', runs: [] }), [])
  assert.deepEqual(code({ version: '2.1.0' }), ['item.missing-field'])
  assert.deepEqual(code({ version: '2.1.0', runs: {} }), ['item.wrong-type'])
  assert.deepEqual(code('{"version":"2.1.0","runs":[],"runs":[]}'), ['item.repeated-key'])
})

test('any field of any type is read or passed over, and cut off at every byte nothing throws', () => {
  const whole = {
    runs: [
      {
        ...RULES,
        results: [
          { ruleId: 'A', message: { id: 'm' }, locations: [{ physicalLocation: {} }], codeFlows: [], stacks: [], taxa: [] },
        ],
      },
    ],
    version: '2.1.0',
  }
  const text = JSON.stringify(whole)
  for (let n = 0; n < text.length; n++) {
    const items = read(text.slice(0, n), 50)
    assert.ok(
      items.some((item) => !item.ok),
      `${n}`,
    )
  }
  const tokens = [...text.matchAll(/"(?:[^"\\]|\\.)*":?|\[\]|\{\}/g)]
  for (const token of tokens) {
    if (token[0].endsWith(':')) continue
    for (const bad of ['null', '7', '-1', '[[]]', '{"x":1}', '"s"', 'true']) {
      const items = read(text.slice(0, token.index) + bad + text.slice(token.index + token[0].length))
      assert.ok(items.length <= 1)
    }
  }
})
