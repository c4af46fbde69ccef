import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsaf } from './csaf-record.ts'
import { readCveRecord } from './cve-record.ts'
import { readFriendsOfPhpRecord } from './friends-of-php-record.ts'
import type { Known } from './known-item.ts'
import { knownKind } from './known-kind.ts'
import { knownReader, readKnownFile } from './known-reader.ts'
import { readOsvRecord } from './osv-record.ts'
import { readRubysecRecord } from './rubysec-record.ts'
import { statedTime } from './stated-time.ts'

const encoder = new TextEncoder()
const notesOf = <T>(known: Known<T>) => (known.ok ? known.notes.map(({ code }) => code) : known.why)
function readValue<T>(known: Known<T>): T {
  assert.ok(known.ok, JSON.stringify(known))
  return known.value
}

const ranges = (...events: object[]) => [{ type: 'SEMVER', events }]
const osv = (over: object) => ({
  id: 'X-1',
  affected: [{ package: { ecosystem: 'npm', name: 'a' }, ranges: ranges({ introduced: '0' }, { fixed: '1.0.0' }) }],
  ...over,
})

test('an OSV record is read with its oddities', () => {
  const read = readValue(
    readOsvRecord(
      osv({
        schema_version: null,
        aliases: ['CVE-2024-0001', 'X-1'],
        modified: '0001-01-01T00:00:00Z',
        published: '2024-01-02',
      }),
    ),
  )
  assert.deepEqual([read.aliases, read.modified, read.published], [['CVE-2024-0001'], null, Date.UTC(2024, 0, 2)])
  assert.deepEqual(read.affected[0]?.ranges[0]?.events, [{ introduced: '0' }, { fixed: '1.0.0' }])
  const withoutStart = readOsvRecord(
    osv({ affected: [{ package: { ecosystem: 'PyPI', name: 'a' }, ranges: ranges({ fixed: '2' }), versions: ['1'] }] }),
  )
  assert.deepEqual([notesOf(withoutStart), readValue(withoutStart).affected[0]?.ranges], [['range-without-start'], []])
  const byPurl = readValue(readOsvRecord(osv({ affected: [{ package: { purl: 'pkg:npm/%40s/a' }, versions: ['1.0.0'] }] })))
  assert.deepEqual([byPurl.affected[0]?.key, byPurl.affected[0]?.name], ['npm/@s/a', '@s/a'])
  const git = readValue(
    readOsvRecord(
      osv({ affected: [{ ...osv({}).affected[0], ranges: [{ type: 'GIT', repo: 'x', events: [{ introduced: '0' }] }] }] }),
    ),
  )
  assert.deepEqual(git.affected[0]?.ranges, [{ kind: 'git', events: [], vers: null }])
  assert.equal(readValue(readOsvRecord({ id: 'X-2', withdrawn: '2024-01-01T00:00:00Z' })).affected.length, 0)
})

test('what cannot be a record is set aside with its reason', () => {
  assert.deepEqual(
    [[], null, {}, { id: 7 }, osv({ affected: [{}] })].map((value) => notesOf(readOsvRecord(value))),
    ['wrong-shape', 'wrong-shape', 'no-id', 'no-id', 'names-nothing'],
  )
  assert.equal(notesOf(readCveRecord({ cveMetadata: { cveId: 'CVE-2024-1', state: 'REJECTED' } })), 'rejected')
  assert.equal(notesOf(readCveRecord({ dataVersion: '4.0', cveMetadata: { cveId: 'CVE-2024-1' } })), 'wrong-version')
})

test('a file is read line by line, as an array or as one record, and a broken line costs itself only', () => {
  const one = JSON.stringify(osv({}))
  const read = (text: string, size: number) => {
    const reader = knownReader((value) => readOsvRecord(value))
    const bytes = encoder.encode(text)
    const items = []
    for (let at = 0; at < bytes.length; at += size) items.push(...reader.push(bytes.subarray(at, at + size)))
    return [...items, ...reader.end()].map((item) => `${item.at} ${item.ok ? item.value.id : item.why}`)
  }
  const cases: [text: string, items: string[]][] = [
    [`${one}\n{"id":\n${one}\n`, ['line 1 X-1', 'line 2 not-readable', 'line 3 X-1']],
    [`[${one},{"id":1},${one}]`, ['/0 X-1', '/1 no-id', '/2 X-1']],
    [JSON.stringify(osv({}), null, 2), [' X-1']],
    ['', [' not-readable']],
  ]
  for (const [text, items] of cases) {
    for (const size of [1, 7, 1 << 20]) assert.deepEqual(read(text, size), items, `${text.slice(0, 20)} by ${size}`)
  }
  const small = { itemBytes: 50, depth: 8, values: 100, frameBytes: 100 }
  assert.deepEqual(
    readKnownFile(encoder.encode(one), 'npm/X-1.json', (v) => readOsvRecord(v), small),
    { ok: false, at: 'npm/X-1.json', id: null, why: 'too-large' },
  )
  const inZip = readKnownFile(encoder.encode(one), 'npm/X-1.json', (v) => readOsvRecord(v))
  assert.ok(inZip.ok && inZip.at === 'npm/X-1.json' && inZip.value.id === 'X-1')
})

test('a chunk larger than an item may be holds its items all the same', () => {
  const line = `${JSON.stringify(osv({}))}\n`
  const reader = knownReader((value) => readOsvRecord(value), undefined, {
    itemBytes: 1000,
    depth: 20,
    values: 1000,
    frameBytes: 1000,
  })
  const items = [...reader.push(encoder.encode(line.repeat(100))), ...reader.end()]
  assert.deepEqual([items.length, items.filter(({ ok }) => ok).length], [100, 100])
})

test('times are read in every spelling the databases use', () => {
  const noon = Date.UTC(2019, 4, 21, 13, 55, 2)
  for (const text of [
    '2019-05-21T13:55:02Z',
    '2019-05-21 21:55:02 +0800',
    '2019-05-21T13:55:02',
    '2019-05-21T21:55:02+08:00',
    '2019-05-21T13:55:02+0000',
  ]) {
    assert.equal(statedTime(text), noon, text)
  }
  for (const text of ['', 'yesterday', '0001-01-01T00:00:00Z', '2019-13-01', '1'.repeat(100_000)])
    assert.equal(statedTime(text), null)
})

test('a gem is affected outside of what is patched or was never affected', () => {
  const vers = (patched_versions: string[], unaffected_versions: string[] = []) => {
    const read = readRubysecRecord({ gem: 'a', cve: '2024-0001', patched_versions, unaffected_versions })
    return read.ok ? read.value.affected[0]?.ranges[0]?.vers : null
  }
  assert.equal(vers([]), 'vers:gem/*')
  assert.equal(vers(['>= 2.1.18']), 'vers:gem/<2.1.18')
  assert.equal(vers(['~> 2.3.11', '> 3.0.4'], ['< 3.0.0']), 'vers:gem/>=3.0.0|<=3.0.4')
  assert.equal(
    vers(['~> 3.0.17', '~> 3.1.8', '>= 3.2.8'], ['~> 2.3.0']),
    'vers:gem/<2.3.0|>=2.4.a|<3.0.17|>=3.1.a|<3.1.8|>=3.2.a|<3.2.8',
  )
  assert.equal(vers(['= 2.2.10', '>= 2.2.18'], ['< 1.16.0']), 'vers:gem/>=1.16.0|<2.2.10|>2.2.10|<2.2.18')
  assert.equal(vers(['< 2', '> 2']), 'vers:gem/>=2|<=2')
  // Pre-releases of 2 are beyond the first and before the second.
  assert.equal(vers(['~> 1', '>= 2']), 'vers:gem/<1|>=2.a|<2')
  assert.equal(vers(['~> 1', '>= 2.a']), 'vers:gem/<1')
  assert.deepEqual(notesOf(readRubysecRecord({ gem: 'a', cve: '2024-0001', patched_versions: ['soon'] })), ['unreadable-range'])
  const read = readValue(
    readRubysecRecord({ gem: 'A', cve: '2024-0001', ghsa: 'aaaa-bbbb-cccc', osvdb: 7, _file: 'gems/A/CVE-2024-0001.yml' }),
  )
  assert.deepEqual([read.id, read.aliases], ['x_RUBYSEC-A/CVE-2024-0001', ['CVE-2024-0001', 'GHSA-aaaa-bbbb-cccc', 'OSVDB-7']])
})

test('a branch of FriendsOfPHP is a stretch of versions', () => {
  const branches = {
    '1.x': { time: '2016-07-18T16:37:40', versions: ['>0.7.1', '<1.0.4'] },
    bad: { versions: ['<1 ||'] },
    odd: 7,
  }
  const read = readFriendsOfPhpRecord({
    title: 'x',
    reference: 'composer://Amphp/artax',
    branches,
    cve: 'CVE-2016-5385',
    _file: 'amphp/artax/CVE-2016-5385.yaml',
  })
  assert.deepEqual(notesOf(read), ['unreadable-range'])
  const { id, affected } = readValue(read)
  assert.deepEqual([id, affected[0]?.key], ['x_FOP-amphp/artax/CVE-2016-5385', 'composer/amphp/artax'])
  assert.deepEqual(
    affected[0]?.ranges.map(({ vers }) => vers),
    ['vers:composer/>0.7.1|<1.0.4', '<1 ||'],
  )
})

const cve = (affected: object[], more: object = {}) =>
  readValue(
    readCveRecord({
      dataType: 'CVE_RECORD',
      dataVersion: '5.1',
      cveMetadata: { cveId: 'CVE-2024-0001' },
      containers: { cna: { affected, ...more } },
    }),
  )

test('versions of a CVE record become ranges, by default affected or not', () => {
  const npm = (versions: object[], defaultStatus?: string) =>
    cve([{ collectionURL: 'https://registry.npmjs.org', packageName: 'a', versions, defaultStatus }]).affected[0]
  assert.deepEqual(npm([{ version: '1.0', status: 'affected', lessThan: '1.5', versionType: 'semver' }])?.ranges, [
    { kind: 'semver', events: [{ introduced: '1.0' }, { fixed: '1.5' }], vers: null },
  ])
  assert.deepEqual(
    npm([{ version: 'n/a', status: 'affected', lessThanOrEqual: '1.0.11', changes: [{ at: '1.0.12', status: 'unaffected' }] }])
      ?.ranges[0]?.events,
    [{ introduced: '0' }, { fixed: '1.0.12' }, { lastAffected: '1.0.11' }],
  )
  assert.deepEqual(
    npm([
      { version: '1.0.3', status: 'affected' },
      { version: '2', status: 'unaffected' },
    ])?.versions,
    ['1.0.3'],
  )
  assert.deepEqual(npm([{ version: '0', status: 'affected', lessThan: '*' }])?.ranges[0]?.events, [{ introduced: '0' }])
  assert.deepEqual(
    npm(
      [
        { version: '1.2', status: 'unaffected', lessThan: '2.0' },
        { version: '2.4', status: 'unaffected', lessThan: '*' },
      ],
      'affected',
    )?.ranges[0]?.events,
    [{ introduced: '0' }, { fixed: '1.2' }, { introduced: '2.0' }, { fixed: '2.4' }],
  )
})

test('CPE names, applicability and the packages of Red Hat are read, and a record without either stands with a note', () => {
  const cpe = 'cpe:2.3:a:apache:http_server:*:*:*:*:*:*:*:*'
  const named = cve([
    {
      vendor: 'Apache',
      product: 'httpd',
      cpes: [cpe, 'broken'],
      versions: [{ version: '2.4', status: 'affected', lessThan: '2.5' }],
    },
  ])
  assert.deepEqual(
    named.products.map(({ identity, range }) => [identity, range?.events]),
    [[cpe, [{ introduced: '2.4' }, { fixed: '2.5' }]]],
  )
  const version = (text: string) => cpe.replace('server:*', `server:${text}`)
  const ranged = [{ version: '2.4', status: 'affected', lessThan: '2.5' }]
  const spelled = (of: string, more: object = {}) =>
    cve([{ cpes: [version(of)], versions: ranged, ...more }]).products.map(({ range }) => range?.events.length ?? 0)
  assert.deepEqual([spelled('-'), spelled('2.4'), spelled('3.0')], [[2], [2], [0]])
  assert.deepEqual(spelled('8', { packageName: 'kernel' }), [], 'the platform is not what is affected')
  const cpeMatch = [
    { vulnerable: true, criteria: cpe, versionStartIncluding: '2.4', versionEndExcluding: '2.5' },
    { vulnerable: false, criteria: 'cpe:2.3:o:linux:linux_kernel:*:*:*:*:*:*:*:*' },
  ]
  const nodes = cve([], {
    cpeApplicability: [
      {
        nodes: [
          { operator: 'OR', negate: false, cpeMatch },
          { negate: true, cpeMatch },
        ],
      },
    ],
  })
  assert.deepEqual(
    nodes.products.map(({ range }) => range?.vers),
    ['vers:generic/>=2.4|<2.5'],
  )
  const rpm = cve([
    {
      collectionURL: 'https://access.redhat.com/downloads/content/package-browser/',
      packageName: 'kernel-rt',
      cpes: ['cpe:/a:redhat:enterprise_linux:8::realtime'],
      defaultStatus: 'affected',
      versions: [{ version: '0:4.18.0-553.rt7.342.el8_10', lessThan: '*', status: 'unaffected', versionType: 'rpm' }],
    },
  ])
  assert.deepEqual([rpm.affected[0]?.key, rpm.affected[0]?.ecosystem], ['rpm/redhat/kernel-rt', 'Red Hat:8'])
  assert.deepEqual(rpm.affected[0]?.ranges[0]?.events, [{ introduced: '0' }, { fixed: '0:4.18.0-553.rt7.342.el8_10' }])
  assert.deepEqual(
    notesOf(readCveRecord({ cveMetadata: { cveId: 'CVE-2024-1' }, containers: { cna: { affected: [{ product: 'x' }] } } })),
    ['no-package'],
  )
  const ghsa = (...names: string[]) =>
    cve([], { references: names.map((name) => ({ url: `https://github.com/advisories/${name}` })) }).aliases
  assert.deepEqual(
    [ghsa('GHSA-aaaa-bbbb-cccc'), ghsa('GHSA-aaaa-bbbb-cccc', 'GHSA-dddd-bbbb-cccc')],
    [['GHSA-aaaa-bbbb-cccc'], []],
  )
})

test('a record tells its format by its own fields', () => {
  const kinds = [
    osv({}),
    { dataType: 'CVE_RECORD' },
    { document: {}, product_tree: {} },
    { '@context': 'https://openvex.dev/ns/v0.2.0', statements: [] },
    { bomFormat: 'CycloneDX', vulnerabilities: [] },
    { bomFormat: 'CycloneDX' },
    { catalogVersion: '1', vulnerabilities: [] },
    { gem: 'a', title: 'x' },
    { reference: 'composer://a/b', branches: {} },
    { cve: 'CVE-2024-0001', ssvc: {} },
    {},
    [],
  ].map(knownKind)
  assert.deepEqual(kinds, [
    'osv',
    'cve',
    'csaf',
    'openvex',
    'cyclonedx-vex',
    null,
    'kev',
    'rubysec',
    'friends-of-php',
    'vulnrichment',
    null,
    null,
  ])
})

test('a record made to fill the memory is read as far as there is room', () => {
  const cpes = Array.from({ length: 3000 }, (_, n) => `cpe:2.3:a:v:p${n}:*:*:*:*:*:*:*:*`)
  const versions = Array.from({ length: 3000 }, (_, n) => ({ version: `${n}.0`, status: 'affected', lessThan: `${n}.5` }))
  assert.ok(
    cve([
      { cpes, versions },
      { cpes, versions },
    ]).products.length <= 20_000,
  )
  const serials = Array.from({ length: 2000 }, (_, n) => `SN${n}`)
  const product = { product_id: 'P', name: 'p', product_identification_helper: { serial_numbers: serials } }
  const vulnerabilities = Array.from({ length: 2000 }, (_, n) => ({
    cve: `CVE-2024-${1000 + n}`,
    product_status: { known_affected: ['P'] },
  }))
  const read = readCsaf({
    document: { tracking: { id: 'M-1' } },
    product_tree: { full_product_names: [product] },
    vulnerabilities,
  })
  assert.ok(read.ok && read.notes.some(({ code }) => code === 'too-many'))
  assert.ok(read.value.records.reduce((sum, one) => sum + one.products.length, 0) <= 300_000)
  assert.ok(read.value.statements.reduce((sum, one) => sum + one.products.length, 0) <= 300_000)
})
