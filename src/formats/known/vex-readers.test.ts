import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCsaf } from './csaf-record.ts'
import { readCycloneDxVex } from './cyclonedx-vex.ts'
import type { Known } from './known-item.ts'
import { readOpenVex } from './openvex.ts'

function readValue<T>(known: Known<T>): T {
  assert.ok(known.ok, JSON.stringify(known))
  return known.value
}

const helper = (product_id: string, product_identification_helper: object) => ({
  product_id,
  name: product_id,
  product_identification_helper,
})
const CSAF = {
  document: {
    csaf_version: '2.0',
    title: 'Things',
    publisher: { name: 'Maker' },
    tracking: {
      id: 'M-1',
      version: '3',
      current_release_date: '2024-01-02T00:00:00Z',
      initial_release_date: '2024-01-01T00:00:00Z',
    },
  },
  product_tree: {
    branches: [
      {
        category: 'vendor',
        name: 'Maker',
        branches: [
          {
            category: 'product_name',
            name: 'CPU',
            branches: [
              {
                category: 'product_version_range',
                name: '< V3.1',
                product: helper('P1', { model_numbers: ['6ES7', '6ES8*'], skus: ['S'] }),
              },
              { category: 'product_version', name: 'V3.1', product: helper('P2', { model_numbers: ['6ES7'] }) },
              {
                category: 'product_version',
                name: '2017 Update 1',
                product: helper('P3', { cpe: 'cpe:2.3:a:maker:tool:2017:*:*:*:*:*:*:*' }),
              },
              {
                category: 'product_version_range',
                name: 'only some',
                product: helper('P4', { hashes: [{ file_hashes: [{ algorithm: 'SHA-256', value: 'AB' }] }] }),
              },
              { category: 'product_version', name: '1.2.3', product: helper('P5', { purl: 'pkg:npm/a@1.2.3' }) },
            ],
          },
        ],
      },
    ],
    full_product_names: [helper('F1', { serial_numbers: ['SN1'], purls: ['pkg:deb/debian/x?distro=debian-12'] })],
    relationships: [
      {
        category: 'installed_on',
        product_reference: 'P2',
        relates_to_product_reference: 'F1',
        full_product_name: { product_id: 'R1', name: 'x on y' },
      },
    ],
  },
  vulnerabilities: [
    {
      cve: 'CVE-2024-0001',
      ids: [
        { system_name: 'x', text: '12345' },
        { system_name: 'y', text: 'GHSA-aaaa-bbbb-cccc' },
      ],
      scores: [{ cvss_v3: { vectorString: 'CVSS:3.1/X' } }],
      product_status: { known_affected: ['P1', 'P3', 'P4', 'P5', 'F1', 'gone'], fixed: ['P2'], known_not_affected: ['R1'] },
      flags: [{ label: 'component_not_present', product_ids: ['R1'] }],
      remediations: [
        { category: 'mitigation', details: 'Wait', product_ids: ['P1', 'P3'] },
        { category: 'vendor_fix', details: 'Update', product_ids: ['P1'] },
      ],
    },
    { title: 'No id' },
  ],
}

test('a CSAF document becomes a record per vulnerability, with every identity of its product tree', () => {
  const read = readCsaf(CSAF)
  const { id, revision, publisher, records } = readValue(read)
  assert.deepEqual(
    [id, revision, publisher, records.map((one) => one.id)],
    ['M-1', '3', 'Maker', ['M-1/CVE-2024-0001', 'M-1/2']],
  )
  const [first] = records
  assert.deepEqual(
    [first?.aliases, first?.source, first?.vectors],
    [['CVE-2024-0001', 'GHSA-aaaa-bbbb-cccc'], 'csaf:maker', ['CVSS:3.1/X']],
  )
  assert.deepEqual(
    first?.products.map(({ identity, status, range, remedy }) => [identity, status, range?.vers ?? null, remedy]),
    [
      ['model:6ES7', 'affected', '< V3.1', 'vendor_fix: Update'],
      ['model:6ES8*', 'affected', '< V3.1', 'vendor_fix: Update'],
      ['sku:S', 'affected', '< V3.1', 'vendor_fix: Update'],
      ['cpe:2.3:a:maker:tool:2017:*:*:*:*:*:*:*', 'affected', 'vers:generic/2017%20Update%201', 'mitigation: Wait'],
      ['sha256:ab', 'affected', 'only some', null],
      ['serial:SN1', 'affected', null, null],
      ['model:6ES7', 'fixed', 'vers:generic/V3.1', null],
      ['serial:SN1', 'not-affected', 'vers:generic/V3.1', null],
    ],
  )
  assert.deepEqual(
    first?.affected.map(({ key, ecosystem, versions, ranges }) => [key, ecosystem, versions, ranges.map(({ vers }) => vers)]),
    [
      ['npm/a', 'npm', ['1.2.3'], []],
      ['deb/debian/x', 'deb/debian:12', [], ['vers:all/*']],
    ],
  )
  assert.deepEqual(read.ok && read.notes.map(({ code, said }) => `${code} ${said}`), [
    'unreadable-range only some',
    'unknown-product gone',
  ])
})

test('the same document is VEX: a statement per status and justification', () => {
  const { statements } = readValue(readCsaf(CSAF))
  assert.deepEqual(
    statements.map(({ status, justification, author, document, products }) => [
      status,
      justification,
      author,
      document,
      products.length,
    ]),
    [
      ['affected', null, 'Maker', 'M-1', 8],
      ['fixed', null, 'Maker', 'M-1', 1],
      ['not-affected', 'component_not_present', 'Maker', 'M-1', 1],
    ],
  )
  assert.deepEqual(
    statements[0]?.products.find(({ identity }) => identity.startsWith('purl:pkg:npm')),
    { identity: 'purl:pkg:npm/a@1.2.3', versions: null, parts: [] },
  )
  assert.deepEqual(readCsaf({ document: { csaf_version: '1.0', tracking: { id: 'x' } } }), {
    ok: false,
    id: 'x',
    why: 'wrong-version',
  })
  assert.deepEqual(readCsaf({ document: {} }), { ok: false, id: null, why: 'no-id' })
})

test('OpenVEX is read in its old and its new spelling', () => {
  const old = {
    '@id': 'https://x/1',
    author: 'Maker',
    timestamp: '2024-01-01T00:00:00Z',
    statements: [
      {
        vulnerability: 'CVE-2024-0001',
        products: ['pkg:oci/shop'],
        subcomponents: ['pkg:npm/a@1'],
        status: 'not_affected',
        justification: 'component_not_present',
      },
    ],
  }
  assert.deepEqual(readValue(readOpenVex(old)), [
    {
      source: 'openvex',
      document: 'https://x/1',
      author: 'Maker',
      at: Date.UTC(2024, 0, 1),
      ids: ['CVE-2024-0001'],
      status: 'not-affected',
      justification: 'component_not_present',
      detail: null,
      products: [{ identity: 'purl:pkg:oci/shop', versions: null, parts: ['purl:pkg:npm/a@1'] }],
    },
  ])
  const newer = {
    author: 'Maker',
    statements: [
      {
        vulnerability: { '@id': 'https://nvd.nist.gov/vuln/detail/CVE-2024-0001', name: 'CVE-2024-0001', aliases: ['GHSA-x'] },
        timestamp: '2024-02-01T00:00:00Z',
        products: [
          { '@id': 'urn:x', identifiers: { cpe23: 'cpe:2.3:a:m:p:1:*:*:*:*:*:*:*' } },
          { '@id': 'pkg:npm/b@2', subcomponents: [{ '@id': 'pkg:npm/c@3' }] },
          { '@id': 'urn:y', hashes: { 'sha-256': 'AA' } },
          { '@id': 'urn:z' },
          7,
        ],
        status: 'fixed',
      },
      { vulnerability: { name: 'CVE-1' }, status: 'maybe' },
    ],
  }
  const [statement, ...none] = readValue(readOpenVex(newer))
  assert.deepEqual([statement?.ids, statement?.at, none.length], [['CVE-2024-0001', 'GHSA-x'], Date.UTC(2024, 1, 1), 0])
  assert.deepEqual(
    statement?.products.map(({ identity, parts }) => [identity, ...parts]),
    [['cpe:2.3:a:m:p:1:*:*:*:*:*:*:*'], ['purl:pkg:npm/b@2', 'purl:pkg:npm/c@3'], ['sha256:aa'], ['ref:urn:z']],
  )
})

test('CycloneDX VEX is read with bom-refs resolved, links followed, and versions by their own status', () => {
  const document = {
    bomFormat: 'CycloneDX',
    serialNumber: 'urn:uuid:1',
    metadata: {
      timestamp: '2024-01-01T00:00:00Z',
      supplier: { name: 'Maker' },
      component: { 'bom-ref': 'root', purl: 'pkg:oci/shop' },
    },
    components: [{ 'bom-ref': 'r1', components: [{ 'bom-ref': 'r2', purl: 'pkg:npm/a@1.0.0' }] }],
    vulnerabilities: [
      {
        id: 'CVE-2024-0001',
        references: [{ id: 'GHSA-x' }],
        analysis: { state: 'not_affected', justification: 'code_not_reachable' },
        affects: [
          { ref: 'r2' },
          { ref: 'urn:cdx:f08a/1#pkg%3Anpm%2Fb%401' },
          { ref: 'urn:cdx:f08a/1#r2' },
          { ref: 'r9' },
          {
            ref: 'root',
            versions: [
              { range: 'vers:semver/<2' },
              { version: '3', status: 'unaffected' },
              { version: '4', status: 'unknown' },
            ],
          },
        ],
      },
      { id: 'CVE-2024-0002', analysis: { state: 'resolved' } },
      { id: 'CVE-2024-0003', affects: [{ ref: 'r2' }] },
    ],
  }
  const statements = readValue(readCycloneDxVex(document))
  assert.deepEqual(
    statements.map(({ ids, status, products }) => [
      ids.join(' '),
      status,
      ...products.map(({ identity, versions }) => `${identity} ${versions ?? ''}`.trim()),
    ]),
    [
      [
        'CVE-2024-0001 GHSA-x',
        'not-affected',
        'purl:pkg:npm/a@1.0.0',
        'purl:pkg:npm/b@1',
        'ref:urn:cdx:f08a/1#r2',
        'ref:r9',
        'purl:pkg:oci/shop vers:semver/<2',
        'purl:pkg:oci/shop vers:generic/3',
      ],
      ['CVE-2024-0001 GHSA-x', 'under-investigation', 'purl:pkg:oci/shop vers:generic/4'],
      ['CVE-2024-0002', 'fixed'],
    ],
  )
  assert.deepEqual([statements[0]?.author, statements[0]?.justification], ['Maker', 'code_not_reachable'])
})
