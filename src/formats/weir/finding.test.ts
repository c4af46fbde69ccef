import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LIMITS, type ParsedItem } from '../format.ts'
import { formatNamed } from '../reader.ts'
import { mapFinding } from './finding.ts'
import { REPORT_SCHEMA } from './report-schema.ts'

const encoder = new TextEncoder()

function read(name: 'weir' | 'weir-ndjson', text: string, size = 1 << 16): ParsedItem[] {
  const bytes = encoder.encode(text)
  const format = formatNamed(name)
  const survey = format.survey?.(LIMITS)
  for (let at = 0; survey && at < bytes.length; at += size) survey.push(bytes.subarray(at, at + size))
  const reader = format.reader(LIMITS, survey?.end())
  const items: ParsedItem[] = []
  for (let at = 0; at < bytes.length; at += size) items.push(...reader.push(bytes.subarray(at, at + size)))
  return [...items, ...reader.end()]
}

const FULL = {
  key: 'k-1',
  title: 'Overflow',
  text: 'A long header overflows.',
  target: { purl: 'pkg:npm/%40scope/name@1.2.3', repository: 'https://example.org/r', version: null },
  locations: [{ path: 'src/a.c', line: 3, column: 1, symbol: 'f', snippet: 'f();' }],
  weaknesses: ['cwe-0787', 122],
  stack: [{ symbol: 'f', path: 'src/a.c', line: 3, column: 1, module: 'a' }],
  crash: { tool: 'asan', kind: 'heap-buffer-overflow', access: 'write', size: 4, address: '0x1', signal: null },
  rule: 'r1',
  severity: 'high',
  severities: [{ kind: 'cvss-3.1', value: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H', by: 'us' }],
  aliases: ['CVE-2026-0001'],
  references: ['https://example.org/1'],
  evidence: [{ kind: 'reproducer', name: 'in', mediaType: 'application/octet-stream', content: 'AAA=', encoding: 'base64' }],
  provenance: { tool: 't', toolVersion: '1', model: 'm', modelVersion: '2', humanValidated: true, aiAssisted: false },
  toolFingerprints: { 'a/1': 'x' },
}

test('a finding is read with every field, and what is unknown is kept where it stood', () => {
  const mapped = mapFinding({ ...FULL, reporter: { a: 1 }, target: { ...FULL.target, 'x/y': 2 } }, '')
  assert.ok(mapped.ok)
  const { finding, key, needs } = mapped
  assert.deepEqual([key, needs], ['k-1', []])
  assert.deepEqual(finding.target, { purl: 'pkg:npm/%40scope/name', repository: 'https://example.org/r', version: '1.2.3' })
  assert.deepEqual(finding.weaknesses, ['CWE-787', 'CWE-122'])
  assert.deepEqual(
    finding.severities.map((claim) => [claim.kind, claim.by]),
    [
      ['cvss-3.1', 'us'],
      ['word', null],
    ],
  )
  assert.deepEqual(finding.crash, FULL.crash)
  assert.deepEqual(finding.stack, FULL.stack)
  assert.deepEqual(finding.locations, FULL.locations)
  assert.deepEqual(finding.evidence, FULL.evidence)
  assert.deepEqual(finding.provenance, FULL.provenance)
  assert.deepEqual(finding.extra, { 'target/x~1y': 2, reporter: { a: 1 } })
})

/** Every place in a finding, with the value there replaced by one of another type. */
function* spoiled(value: unknown, path: string): Generator<{ path: string; make: (bad: unknown) => unknown; was: unknown }> {
  yield { path, make: (bad) => bad, was: value }
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    for (const deeper of spoiled(inner, `${path}/${name.replaceAll('/', '~1')}`)) {
      const make = (bad: unknown) => {
        if (!Array.isArray(value)) return { ...value, [name]: deeper.make(bad) }
        return value.map((element, k) => (String(k) === name ? deeper.make(bad) : element))
      }
      yield { path: deeper.path, make, was: deeper.was }
    }
  }
}

test('a wrong type in any field is refused at its place', () => {
  let tried = 0
  for (const { path, make, was } of spoiled(FULL, '')) {
    if (was === null || path === '') continue
    for (const bad of [true, 7.5, -1, 'nonsense\u0000', [[]], { odd: [] }]) {
      const mapped = mapFinding(make(bad), '')
      const sameType = typeof bad === typeof was && Array.isArray(bad) === Array.isArray(was)
      const allowed =
        sameType || (path === '/stack' && typeof bad === 'string') || (/^\/severit/.test(path) && typeof bad !== 'boolean')
      if (mapped.ok && !allowed) assert.fail(`${path} took ${JSON.stringify(bad)}`)
      if (!mapped.ok) {
        assert.equal(mapped.refusal.code, 'item.wrong-type', path)
        assert.ok(
          mapped.refusal.where.startsWith(path.split('/', 2).join('/')),
          `${path} was refused at ${mapped.refusal.where}`,
        )
        assert.ok(mapped.refusal.mend.length > 10)
      }
      tried++
    }
  }
  assert.ok(tried > 300)
  for (const path of [
    'title',
    'text',
    'key',
    'rule',
    'target',
    'locations',
    'crash',
    'aliases',
    'evidence',
    'provenance',
    'severities',
  ]) {
    const mapped = mapFinding({ ...FULL, [path]: 7 }, '/findings/2')
    assert.equal(mapped.ok ? null : mapped.refusal.where, `/findings/2/${path}`)
  }
})

test('what is missing is asked for; what claims nothing is refused', () => {
  const needs = (value: unknown) => {
    const mapped = mapFinding(value, '')
    return mapped.ok ? mapped.needs : mapped.refusal.code
  }
  assert.deepEqual(needs({ title: 'x' }), ['needs.target'])
  assert.deepEqual(needs({ aliases: ['CVE-2026-1'] }), ['needs.target', 'needs.description'])
  assert.deepEqual(needs({ target: { purl: 'pkg:npm/a' }, locations: [{ path: 'a' }] }), ['needs.description'])
  assert.equal(needs({}), 'item.nothing-claimed')
  assert.equal(needs({ target: { purl: 'pkg:npm/a' } }), 'item.nothing-claimed')
  assert.equal(needs({ title: 'x', target: { purl: 'not a purl' } }), 'item.wrong-type')
})

test('a stack given as text is read as a crash log and kept', () => {
  const log =
    '==1==ERROR: AddressSanitizer: heap-buffer-overflow on address 0x1 at pc 0x2\nWRITE of size 4 at 0x1 thread T0\n    #0 0x2 in parse src/a.c:3:1\n'
  const mapped = mapFinding({ stack: log, target: { repository: 'https://example.org/r' } }, '')
  assert.ok(mapped.ok)
  assert.deepEqual(
    [mapped.finding.crash?.kind, mapped.finding.stack[0]?.symbol, mapped.needs],
    ['heap-buffer-overflow', 'parse', []],
  )
  assert.equal(mapped.finding.evidence[0]?.content, log)
})

test('a hostile title is one clean line and a hostile key touches no prototype', () => {
  const items = read('weir', `{"title":${JSON.stringify(`\u001b[31m<b>\n${'😀'.repeat(400)}`)},"__proto__":{"x":1}}`)
  const item = items[0]!
  assert.ok(item.ok)
  assert.ok(
    item.finding.title.length <= 300 && item.finding.title.isWellFormed() && !/[\u0000-\u001f]/.test(item.finding.title),
  )
  assert.deepEqual(Object.keys(item.finding.extra), ['__proto__'])
  assert.equal((item.finding.extra as { x?: number }).x, undefined)
})

const REPORT = `{"findings":[${JSON.stringify(FULL)},{"title":"b"},{"title":7},{"title":"c","title":"d"}],"provenance":{"tool":"late","aiAssisted":true},"weir":"report/1"}`

test('a report, an array, one finding and lines are read alike, whatever the chunks', () => {
  const items = read('weir', REPORT)
  assert.deepEqual(
    items.map((item) => (item.ok ? item.at : item.refusal.code)),
    ['/findings/0', '/findings/1', 'item.wrong-type', 'item.repeated-key'],
  )
  const tools = items.map((item) => (item.ok ? [item.finding.provenance.tool, item.finding.provenance.aiAssisted] : null))
  assert.deepEqual(tools.slice(0, 2), [
    ['t', false],
    ['late', true],
  ])
  for (const size of [1, 2, 3, 7, 64]) assert.deepEqual(read('weir', REPORT, size), items)
  assert.deepEqual(
    read('weir', '[{"title":"a"},{"title":"b"}]').map((item) => item.at),
    ['/0', '/1'],
  )
  assert.deepEqual(
    read('weir', ' {"title":"a"} ', 1).map((item) => [item.ok, item.at]),
    [[true, '']],
  )
  assert.deepEqual(
    read('weir-ndjson', '\ufeff{"title":"a"}\r\n\r\n{"title":1}\n{"title":"c"').map((item) =>
      item.ok ? item.at : item.refusal.code,
    ),
    ['line 1', 'item.wrong-type', 'report.truncated'],
  )
})

test('a report that cannot be read at all says why', () => {
  const code = (text: string) => read('weir', text).map((item) => (item.ok ? item.at : item.refusal.code))
  assert.deepEqual(code('{"weir":"report/2","findings":[{"title":"a"}]}'), ['report.wrong-version'])
  assert.deepEqual(code('{"weir":"report/1"}'), ['item.missing-field'])
  assert.deepEqual(code('{"findings":{}}'), ['item.wrong-type'])
  assert.deepEqual(code('{"findings":[],"provenance":{"tool":1}}'), ['item.wrong-type'])
  assert.deepEqual(code('{"findings":[{"title":"a"}],"findings":[]}'), ['item.repeated-key'])
})

test('cut off at every byte, nothing throws and the end is said once', () => {
  const whole = read('weir', REPORT)
  for (let n = 0; n < REPORT.length; n += 1) {
    const items = read('weir', REPORT.slice(0, n))
    const last = items.at(-1)
    assert.ok(last && !last.ok && ['report.truncated', 'item.wrong-type'].includes(last.refusal.code), `${n}`)
    assert.deepEqual(
      items.slice(0, -1).map((item) => item.at),
      whole.slice(0, items.length - 1).map((item) => item.at),
    )
  }
})

test('the published schema describes every field the reader knows, and nothing else', () => {
  assert.deepEqual(Object.keys(REPORT_SCHEMA.$defs.finding['properties'] as object).sort(), Object.keys(FULL).sort())
  const walk = (schema: unknown, path: string): void => {
    if (typeof schema !== 'object' || schema === null) return
    const { properties, $ref } = schema as { properties?: Record<string, { description?: string }>; $ref?: string }
    if ($ref !== undefined) assert.ok($ref.slice('#/$defs/'.length) in REPORT_SCHEMA.$defs, $ref)
    for (const [name, property] of Object.entries(properties ?? {}))
      assert.ok(property.description, `${path}/${name} has no description`)
    for (const [name, inner] of Object.entries(schema)) walk(inner, `${path}/${name}`)
  }
  walk(REPORT_SCHEMA, '')
})
