import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { buildIndex } from '../../core/exposure/advisory-index.ts'
import type { AdvisoryRecord } from '../../core/exposure/advisory-record.ts'
import { joinAliases } from '../../core/exposure/aliases/join-aliases.ts'
import type { Component } from '../../core/exposure/component.ts'
import { explain } from '../../core/exposure/explain.ts'
import { lookUp } from '../../core/exposure/look-up.ts'
import { applyVex } from '../../core/exposure/vex/apply-vex.ts'
import type { VexStatement } from '../../core/exposure/vex/vex-statement.ts'
import { readCsaf } from './csaf-record.ts'
import { readCveRecord } from './cve-record.ts'
import { readCycloneDxVex } from './cyclonedx-vex.ts'
import { epssReader } from './epss.ts'
import { readFriendsOfPhpRecord } from './friends-of-php-record.ts'
import { kevCsvReader, kevJsonReader } from './kev.ts'
import { knownKind } from './known-kind.ts'
import { knownReader } from './known-reader.ts'
import { readOpenVex } from './openvex.ts'
import { readOsvRecord } from './osv-record.ts'
import { readRubysecRecord } from './rubysec-record.ts'
import { readVulnrichment } from './vulnrichment.ts'

const PURL = 'pkg:npm/a@1.0.0'
const CPE = 'cpe:2.3:a:v:p:1.0:*:*:*:*:*:*:*'
const SAMPLES: readonly object[] = [
  {
    id: 'X-1',
    aliases: ['CVE-2024-0001'],
    modified: '2024-01-01T00:00:00Z',
    affected: [
      {
        package: { ecosystem: 'npm', name: 'a', purl: 'pkg:npm/a' },
        ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
        versions: ['1.0.0'],
      },
    ],
  },
  {
    dataVersion: '5.1',
    cveMetadata: { cveId: 'CVE-2024-0001', state: 'PUBLISHED' },
    containers: {
      cna: {
        affected: [
          {
            packageURL: 'pkg:npm/a',
            cpes: [CPE],
            versions: [{ version: '0', status: 'affected', lessThan: '2.0.0', changes: [{ at: '1', status: 'unaffected' }] }],
          },
        ],
        cpeApplicability: [{ nodes: [{ cpeMatch: [{ vulnerable: true, criteria: CPE, versionEndExcluding: '2' }] }] }],
      },
      adp: [{ metrics: [{ other: { type: 'ssvc', content: { options: [{ Automatable: 'yes' }] } } }] }],
    },
  },
  {
    document: { csaf_version: '2.0', publisher: { name: 'M' }, tracking: { id: 'M-1' } },
    product_tree: {
      branches: [
        {
          category: 'product_version',
          name: '1',
          product: { product_id: 'P', name: 'p', product_identification_helper: { purl: PURL, model_numbers: ['A*'] } },
        },
      ],
      relationships: [
        { product_reference: 'P', relates_to_product_reference: 'P', full_product_name: { product_id: 'R', name: 'r' } },
      ],
    },
    vulnerabilities: [
      {
        cve: 'CVE-2024-0001',
        product_status: { known_affected: ['P', 'R'] },
        remediations: [{ category: 'vendor_fix', product_ids: ['P'] }],
      },
    ],
  },
  { gem: 'a', cve: '2024-0001', patched_versions: ['~> 1.2.3', '>= 2'], unaffected_versions: ['< 1'] },
  { reference: 'composer://a/b', cve: 'CVE-2024-0001', branches: { x: { time: '2024-01-01', versions: ['>=1', '<2'] } } },
  {
    '@context': 'https://openvex.dev/ns',
    author: 'M',
    statements: [
      {
        vulnerability: { name: 'CVE-2024-0001' },
        products: [{ '@id': PURL, subcomponents: [{ '@id': PURL }] }],
        status: 'fixed',
      },
    ],
  },
  {
    bomFormat: 'CycloneDX',
    metadata: { supplier: { name: 'M' } },
    components: [{ 'bom-ref': 'r', purl: PURL }],
    vulnerabilities: [
      { id: 'CVE-2024-0001', analysis: { state: 'exploitable' }, affects: [{ ref: 'r', versions: [{ version: '1' }] }] },
    ],
  },
  { catalogVersion: '1', vulnerabilities: [{ cveID: 'CVE-2024-0001', dateAdded: '2024-01-01', notes: 'a: https://b' }] },
]

/** One value of a tree, chosen by a number, put in place of another. */
function mutate(value: unknown, at: number, other: unknown): unknown {
  let count = 0
  const walk = (node: unknown): unknown => {
    if (count++ === at) return other
    if (Array.isArray(node)) return node.map(walk)
    if (typeof node === 'object' && node !== null)
      return Object.fromEntries(Object.entries(node).map(([key, inner]) => [key, walk(inner)]))
    return node
  }
  return walk(value)
}

const wild = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    '*',
    '0',
    'vers:all/*',
    '\ud800',
    '__proto__',
    'pkg:npm/%zz',
    'cpe:2.3:::',
    'x'.repeat(5000),
    '9'.repeat(400),
  ),
)
const component = (purl: string | null): Component => ({
  purl,
  cpes: [CPE],
  group: null,
  name: 'a',
  version: '1.0.0',
  type: null,
  marks: ['model:A1'],
  place: '',
})

test('no reader throws on a record of which anything was replaced, and neither does matching with what it read', () => {
  const sample = fc.constantFrom(...SAMPLES)
  const changes = fc.array(fc.tuple(fc.nat(40), wild), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(sample, changes, (whole, list) => {
      const value = list.reduce<unknown>((held, [at, other]) => mutate(held, at, other), whole)
      knownKind(value)
      const records: AdvisoryRecord[] = []
      const statements: VexStatement[] = []
      for (const read of [
        readOsvRecord(value),
        readCveRecord(value),
        readRubysecRecord(value),
        readFriendsOfPhpRecord(value),
      ]) {
        if (read.ok) records.push(read.value)
      }
      const csaf = readCsaf(value)
      if (csaf.ok) {
        records.push(...csaf.value.records)
        statements.push(...csaf.value.statements)
      }
      for (const read of [readOpenVex(value), readCycloneDxVex(value)]) if (read.ok) statements.push(...read.value)
      readVulnrichment(value)
      const index = buildIndex(records)
      const joined = joinAliases(records)
      for (const one of [component(PURL), component(null)]) {
        const found = lookUp(index, one)
        for (const record of records) explain(record, one)
        const targets = found.map((match) => ({ ...match, component: one, ids: joined.groupOf(match.record.id)?.ids ?? [] }))
        const applied = applyVex(targets, statements, { authors: ['M'], subject: one, refs: new Map(), subjectRefs: new Set() })
        assert.equal(applied.matches.length, targets.length)
      }
    }),
    { numRuns: 1500 },
  )
})

test('no stream throws on any bytes, and every chunking gives the same items', () => {
  const lines = SAMPLES.map((sample) => JSON.stringify(sample))
  const text = fc.oneof(
    fc.array(fc.oneof(fc.constantFrom(...lines), fc.string()), { maxLength: 4 }).map((list) => list.join('\n')),
    fc
      .array(fc.constantFrom('cve,epss\n', 'CVE-2024-0001,0.5\n', '"', ',', '\n', '#a\n', 'cveID,dateAdded\n'), {
        maxLength: 12,
      })
      .map((list) => list.join('')),
  )
  const make = [
    () => knownReader((v) => readOsvRecord(v)),
    () => knownReader(readCsaf),
    kevJsonReader,
    kevCsvReader,
    epssReader,
  ]
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 30 }), (whole, size) => {
      const bytes = new TextEncoder().encode(whole)
      for (const one of make) {
        const [all, parts] = [one(), one()]
        const items: unknown[] = []
        for (let at = 0; at < bytes.length; at += size) items.push(...parts.push(bytes.subarray(at, at + size)))
        items.push(...parts.end())
        assert.deepEqual(items, [...all.push(bytes), ...all.end()])
      }
    }),
    { numRuns: 300 },
  )
})
