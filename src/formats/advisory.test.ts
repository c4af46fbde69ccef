import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mapCve } from './cve/map.ts'
import { purlOfPackage } from './ecosystem.ts'
import { LIMITS, type ParsedItem } from './format.ts'
import { mapGhsa } from './ghsa/map.ts'
import { eitherReader } from './json/either.ts'
import type { ItemMapper, Mapped } from './json/reading.ts'
import { mapOsv } from './osv/map.ts'

const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
const V4 = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N'

const OSV = {
  id: 'GO-2026-1',
  modified: '2026-01-01T00:00:00Z',
  aliases: ['CVE-2026-1'],
  summary: 'Sum',
  details: 'Det',
  severity: [
    { type: 'CVSS_V3', score: V31 },
    { type: 'CVSS_V4', score: V4 },
  ],
  affected: [
    {
      package: { ecosystem: 'Go', name: 'github.com/a/b' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.6.0' }, { introduced: '2.0.0' }] }],
      ecosystem_specific: { imports: [{ path: 'github.com/a/b/c', symbols: ['F', 'G'] }] },
    },
    { package: { ecosystem: 'npm', name: '@s/n' } },
  ],
  references: [{ type: 'FIX', url: 'https://example.org/fix' }],
  database_specific: { cwe_ids: ['CWE-79'], severity: 'HIGH' },
}

const GHSA = {
  ghsa_id: 'GHSA-aaaa-bbbb-cccc',
  cve_id: 'CVE-2026-2',
  summary: 'Sum',
  description: 'Desc',
  severity: 'high',
  identifiers: [
    { type: 'GHSA', value: 'GHSA-aaaa-bbbb-cccc' },
    { type: 'CVE', value: 'CVE-2026-2' },
  ],
  cvss_severities: { cvss_v3: { vector_string: V31, score: 9.8 }, cvss_v4: { vector_string: V4, score: 9.3 } },
  cwes: [{ cwe_id: 'CWE-400', name: 'x' }],
  references: ['https://example.org/a'],
  source_code_location: 'https://github.com/a/b',
  vulnerabilities: [
    { package: { ecosystem: 'maven', name: 'org.a:b' }, vulnerable_version_range: '< 2', vulnerable_functions: ['org.a.B.c'] },
    { package: { ecosystem: 'pip', name: 'Some_Name' } },
  ],
}

const CVE = {
  dataType: 'CVE_RECORD',
  dataVersion: '5.1',
  cveMetadata: { cveId: 'CVE-2026-3', state: 'PUBLISHED' },
  containers: {
    cna: {
      title: 'Title',
      providerMetadata: { shortName: 'vendor' },
      descriptions: [
        { lang: 'de', value: 'Deutsch' },
        { lang: 'en-US', value: 'English' },
      ],
      affected: [
        { vendor: 'v', product: 'p' },
        {
          collectionURL: 'https://registry.npmjs.org',
          packageName: 'pkg',
          versions: [{ version: '0', lessThan: '2', status: 'affected' }],
          programFiles: ['a.js'],
          programRoutines: [{ name: 'f' }],
        },
      ],
      problemTypes: [{ descriptions: [{ cweId: 'CWE-22', description: 'CWE-22 Path' }] }],
      metrics: [{ cvssV3_1: { vectorString: V31 } }],
      references: [{ url: 'https://example.org/b' }, { url: 'https://github.com/a/b/security/advisories/GHSA-aaaa-bbbb-dddd' }],
    },
    adp: [
      { problemTypes: [{ descriptions: [{ description: 'CWE-23: rel' }] }], metrics: [{ cvssV4_0: { vectorString: V4 } }] },
    ],
  },
}

function taken(mapped: Mapped) {
  assert.ok(mapped.ok)
  return mapped.finding
}

test('an OSV record is one finding in its first package', () => {
  const finding = taken(mapOsv(OSV, ''))
  assert.deepEqual(finding.target, { purl: 'pkg:golang/github.com/a/b', repository: null, version: '>=0 <1.6.0 || >=2.0.0' })
  assert.deepEqual(
    [finding.title, finding.text, finding.aliases, finding.weaknesses],
    ['Sum', 'Det', ['GO-2026-1', 'CVE-2026-1'], ['CWE-79']],
  )
  assert.deepEqual(
    finding.severities.map((claim) => claim.kind),
    ['cvss-3.1', 'cvss-4.0', 'word'],
  )
  assert.deepEqual(
    finding.locations.map((place) => [place.path, place.symbol]),
    [
      ['github.com/a/b/c', 'F'],
      ['github.com/a/b/c', 'G'],
    ],
  )
  assert.deepEqual(finding.extra['affected'], OSV.affected)
})

test('a GitHub advisory is one finding in its first package', () => {
  const finding = taken(mapGhsa(GHSA, ''))
  assert.deepEqual(finding.target, { purl: 'pkg:maven/org.a/b', repository: 'https://github.com/a/b', version: '< 2' })
  assert.deepEqual([finding.aliases, finding.weaknesses], [['GHSA-aaaa-bbbb-cccc', 'CVE-2026-2'], ['CWE-400']])
  assert.deepEqual(
    finding.severities.map((claim) => claim.kind),
    ['cvss-4.0', 'cvss-3.1', 'word'],
  )
  const own = taken(
    mapGhsa(
      { ...GHSA, source_code_location: null, html_url: 'https://github.com/x/y/security/advisories/GHSA-aaaa-bbbb-cccc' },
      '',
    ),
  )
  assert.equal(own.target?.repository, 'https://github.com/x/y')
})

test('a CVE record joins its CNA and ADP containers', () => {
  const finding = taken(mapCve(CVE, ''))
  assert.deepEqual(finding.target, { purl: 'pkg:npm/pkg', repository: null, version: '>=0 <2' })
  assert.deepEqual([finding.title, finding.text, finding.weaknesses], ['Title', 'English', ['CWE-22', 'CWE-23']])
  assert.deepEqual(finding.aliases, ['CVE-2026-3', 'GHSA-aaaa-bbbb-dddd'])
  assert.deepEqual(
    finding.severities.map((claim) => [claim.kind, claim.by]),
    [
      ['cvss-3.1', 'vendor'],
      ['cvss-4.0', null],
    ],
  )
})

test('withdrawn and rejected records claim nothing; a missing id or another version is said', () => {
  const code = (mapped: Mapped) => (mapped.ok ? 'ok' : mapped.refusal.code)
  assert.equal(code(mapOsv({ ...OSV, withdrawn: '2026-01-01T00:00:00Z' }, '')), 'item.nothing-claimed')
  assert.equal(code(mapGhsa({ ...GHSA, withdrawn_at: '2026-01-01T00:00:00Z' }, '')), 'item.nothing-claimed')
  assert.equal(code(mapCve({ ...CVE, cveMetadata: { cveId: 'CVE-1', state: 'REJECTED' } }, '')), 'item.nothing-claimed')
  assert.equal(code(mapCve({ ...CVE, dataVersion: '4.0' }, '')), 'report.wrong-version')
  for (const map of [mapOsv, mapGhsa, mapCve]) {
    assert.equal(code(map({}, '')), 'item.missing-field')
    assert.equal(code(map([], '')), 'item.wrong-type')
  }
})

test('names of packages become canonical purls', () => {
  assert.equal(purlOfPackage('npm', '@scope/name'), 'pkg:npm/%40scope/name')
  assert.equal(purlOfPackage('PyPI', 'Some_Name'), 'pkg:pypi/some-name')
  assert.equal(purlOfPackage('Debian:12', 'curl'), 'pkg:deb/debian/curl')
  assert.equal(purlOfPackage('constructor', 'x'), null)
  assert.equal(purlOfPackage('npm', ''), null)
})

function read(map: ItemMapper, text: string, size: number): ParsedItem[] {
  const bytes = new TextEncoder().encode(text)
  const reader = eitherReader({ ...LIMITS, itemBytes: 10_000 }, map)
  const items: ParsedItem[] = []
  for (let at = 0; at < bytes.length; at += size) items.push(...reader.push(bytes.subarray(at, at + size)))
  return [...items, ...reader.end()]
}

test('one object, an array and lines are read alike in chunks of any size, and a broken one spares its neighbours', () => {
  for (const [map, record] of [
    [mapOsv, OSV],
    [mapGhsa, GHSA],
    [mapCve, CVE],
  ] as const) {
    const one = JSON.stringify(record)
    const ats = (text: string) => {
      const items = read(map, text, 1)
      for (const size of [2, 5, 97, 1 << 16]) assert.deepEqual(read(map, text, size), items)
      return items.map((item) => (item.ok ? item.at : item.refusal.code))
    }
    assert.deepEqual(ats(one), [''])
    assert.deepEqual(ats(JSON.stringify(record, null, 2)), [''])
    assert.deepEqual(ats(`[${one},{"a":nul},${one}]`), ['/0', 'item.not-json', '/2'])
    assert.deepEqual(ats(`${one}\n{"a":nul}\n\n${one}`), ['line 1', 'item.not-json', 'line 4'])
    assert.deepEqual(ats(`{"id": nope\n${one}\n`), ['item.not-json', 'line 2'])
    assert.deepEqual(ats(`{"id":"${'x'.repeat(30_000)}"}`), ['item.too-large'])
    assert.deepEqual(ats(''), ['report.truncated'])
    for (let n = 1; n < one.length; n++)
      assert.deepEqual(
        read(map, one.slice(0, n), 1000).map((item) => item.ok),
        [false],
      )
  }
})

test('a field of any type never throws', () => {
  for (const [map, record] of [
    [mapOsv, OSV],
    [mapGhsa, GHSA],
    [mapCve, CVE],
  ] as const) {
    const text = JSON.stringify(record)
    for (const token of text.matchAll(/"(?:[^"\\]|\\.)*":?|\[[^[\]]*\]/g)) {
      if (token[0].endsWith(':')) continue
      for (const bad of ['null', '7', '[[]]', '[null]', '{"x":1}', '"\\ud800"', 'true']) {
        const mapped = map(JSON.parse(text.slice(0, token.index) + bad + text.slice(token.index + token[0].length)), '')
        assert.ok(mapped.ok || mapped.refusal.mend !== '')
      }
    }
  }
})
