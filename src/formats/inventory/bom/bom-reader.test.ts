import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Component } from '../../../core/exposure/component.ts'
import { detectInventory } from '../detect-inventory.ts'
import type { InventoryItem, InventoryKind } from '../inventory.ts'
import { inventoryReader } from '../inventory-reader.ts'

function read(document: unknown, kind?: InventoryKind): InventoryItem[] {
  const bytes = new TextEncoder().encode(typeof document === 'string' ? document : JSON.stringify(document))
  const reader = inventoryReader(kind ?? detectInventory(bytes)!)
  const items = [...reader.push(bytes), ...reader.end()]
  assert.deepEqual(
    items.filter((item) => 'refused' in item),
    [],
  )
  return items
}

const components = (items: readonly InventoryItem[]): Component[] =>
  items.flatMap((item) => ('component' in item ? [item.component] : []))
const purls = (items: readonly InventoryItem[]) => components(items).map((one) => one.purl)
const subject = (items: readonly InventoryItem[]) => items.flatMap((item) => ('subject' in item ? [item.subject] : []))

const UNSAID = { name: null, version: null, purl: null, tool: null, time: null, serial: null, edition: null, ref: null }

test('CycloneDX: the subject and every component come with what statements elsewhere name them by, in JSON and in XML', () => {
  const main = { type: 'application', 'bom-ref': 'main', name: 'app', version: '4.2' }
  const metadata = {
    timestamp: '2026-01-01T00:00:00Z',
    component: main,
    tools: { components: [{ name: 'maker', version: '1' }] },
  }
  const one = { 'bom-ref': 'r1', name: 'a', purl: 'pkg:npm/a@1' }
  const json = read({ bomFormat: 'CycloneDX', serialNumber: 'urn:uuid:1', version: 3, metadata, components: [one] })
  const xml = read(
    '<bom xmlns="http://cyclonedx.org/schema/bom/1.6" serialNumber="urn:uuid:1" version="3"><metadata>' +
      '<timestamp>2026-01-01T00:00:00Z</timestamp><tools><components><component><name>maker</name><version>1</version></component>' +
      '</components></tools><component type="application" bom-ref="main"><name>app</name><version>4.2</version></component></metadata>' +
      '<components><component bom-ref="r1"><name>a</name><purl>pkg:npm/a@1</purl></component></components></bom>',
  )
  const about = { name: 'app', version: '4.2', purl: null, tool: 'maker 1', time: metadata.timestamp }
  assert.deepEqual(subject(json), [{ ...about, serial: 'urn:uuid:1', edition: '3', ref: 'main' }])
  assert.deepEqual(
    json.flatMap((item) => ('component' in item ? [item.ref] : [])),
    ['main', 'r1'],
  )
  assert.deepEqual(xml, json)
})

test('CycloneDX: a purl in the reference serves where none is stated, unless it says another version', () => {
  const named = (ref: string, version: string | null) => ({ 'bom-ref': ref, name: 'a', version })
  const items = read({
    components: [
      named('pkg:npm/a@1', '1'),
      named('pkg:npm/a', '2'),
      named('pkg:npm/a@3', '4'),
      named('pkg:npm', '5'),
      named('x', '6'),
    ],
  })
  assert.deepEqual(purls(items), ['pkg:npm/a@1', 'pkg:npm/a@2', null, null, null])
})

test('white space around a purl is no part of it', () => {
  const items = read({ components: [{ name: 'a', version: '1', purl: '\n  pkg:npm/a@1\n' }] })
  assert.deepEqual(purls(items), ['pkg:npm/a@1'])
})

test('CycloneDX: a device is known by its marks, hashes come in one spelling', () => {
  const [device] = components(
    read({
      components: [
        {
          type: 'device',
          name: 'board',
          hashes: [
            { alg: 'SHA-256', content: 'AB'.repeat(32) },
            { alg: 'BLAKE2b-256', content: '00'.repeat(32) },
            { alg: 'MD5' },
          ],
          properties: [
            { name: 'cdx:device:serialNumber', value: '123' },
            { name: 'cdx:device:sku', value: 'x-1' },
          ],
          swid: { tagId: 'tag' },
          manufacturer: { name: 'Acme' },
        },
      ],
    }),
  )
  const hashes = [`sha256:${'ab'.repeat(32)}`, `blake2b-256:${'00'.repeat(32)}`]
  assert.deepEqual(device!.marks, [...hashes, 'serial:123', 'sku:x-1', 'swid:tag', 'vendor:Acme'])
})

test('the source package that Trivy states is the qualifier upstream, from CycloneDX and SPDX alike', () => {
  const purl = 'pkg:deb/debian/libblkid1@2.38.1-5?arch=amd64'
  const property = (name: string, value: string) => ({ name: `aquasecurity:trivy:${name}`, value })
  const cyclonedx = read({
    components: [
      {
        name: 'libblkid1',
        purl,
        properties: [property('SrcName', 'util-linux'), property('SrcVersion', '2.38.1'), property('SrcRelease', '5')],
      },
    ],
  })
  const spdx = read({
    spdxVersion: 'SPDX-2.3',
    packages: [
      {
        name: 'libblkid1',
        sourceInfo: 'built package from: util-linux 2.38.1-5',
        externalRefs: [{ referenceType: 'http://spdx.org/rdf/references/purl', referenceLocator: purl }],
      },
    ],
  })
  const expected = ['pkg:deb/debian/libblkid1@2.38.1-5?arch=amd64&upstream=util-linux%402.38.1-5']
  assert.deepEqual([purls(cyclonedx), purls(spdx)], [expected, expected])
})

test('SPDX: several purls are several components, CPE 2.2 becomes 2.3', () => {
  const reference = (referenceType: string, referenceLocator: string) => ({ referenceType, referenceLocator })
  const items = read({
    spdxVersion: 'SPDX-2.3',
    name: 'doc',
    creationInfo: { created: '2026-01-01T00:00:00Z', creators: ['Organization: x', 'Tool: maker-1.0'] },
    packages: [
      {
        name: 'a',
        versionInfo: 'NOASSERTION',
        externalRefs: [
          reference('purl', 'pkg:npm/a@1'),
          reference('purl', 'pkg:npm/b@1'),
          reference('purl', 'pkg:npm/a@1'),
          reference('cpe22Type', 'cpe:/a:vendor:product:1.0'),
          reference('cpe23Type', 'cpe:2.3:a:x'),
        ],
      },
    ],
  })
  assert.deepEqual(purls(items), ['pkg:npm/a@1', 'pkg:npm/b@1'])
  assert.deepEqual(components(items)[0]!.cpes, ['cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*'])
  assert.deepEqual(
    items.flatMap((item) => ('unmatched' in item ? [item.unmatched.said] : [])),
    ['cpe:2.3:a:x'],
  )
  assert.deepEqual(subject(items), [{ ...UNSAID, name: 'doc', tool: 'maker-1.0', time: '2026-01-01T00:00:00Z' }])
})

test('Syft: type and name imply the purl, distribution packages wait for the distribution', () => {
  const items = read({
    artifacts: [
      { name: '@a/b', version: '1', type: 'npm', language: 'javascript' },
      {
        name: 'libc6',
        version: '2.36',
        type: 'deb',
        metadata: { architecture: 'amd64' },
        cpes: ['cpe:2.3:a:gnu:glibc:2.36:*:*:*:*:*:*:*'],
      },
      { name: 'core', version: '3', type: 'java-archive', metadata: { pomProperties: { groupId: 'org.x' } } },
      { name: 'jar', version: '3', type: 'java-archive' },
      { name: 'stated', version: '1', type: 'python', purl: 'pkg:pypi/other@2' },
    ],
    source: { type: 'directory', target: '/app' },
    distro: { id: 'debian', versionID: '12' },
    descriptor: { name: 'syft', version: '1.0' },
  })
  assert.deepEqual(purls(items), [
    'pkg:npm/%40a/b@1',
    'pkg:maven/org.x/core@3',
    null,
    'pkg:pypi/other@2',
    null,
    'pkg:deb/debian/libc6@2.36?arch=amd64&distro=debian-12',
  ])
  assert.deepEqual(subject(items)[0], { ...UNSAID, name: '/app', tool: 'syft 1.0' })
})

test('CycloneDX: opposite statements about different versions of one product stay apart', () => {
  const serial = 'urn:uuid:3e671687-395b-41f5-a30f-a58921a69b79'
  const versions = [
    { version: '1.0' },
    { range: 'vers:npm/>=2', status: 'unaffected' },
    { version: '1.5', status: 'unknown' },
    {},
  ]
  const analysis = { state: 'exploitable', detail: 'why' }
  const says = (...affects: readonly unknown[]) => ({ id: 'CVE-1', analysis, affects })
  const items = read({
    serialNumber: serial,
    metadata: { component: { 'bom-ref': 'main', name: 'app', version: '4.2' } },
    components: [{ 'bom-ref': '1', name: 'a', purl: 'pkg:npm/a' }],
    vulnerabilities: [
      says({ ref: '1', versions }),
      says({ ref: `urn:cdx:${serial.slice(9)}/1#1` }, { ref: 'urn:cdx:00000000-0000-0000-0000-000000000000/1#1' }),
      says({ ref: 'main' }),
      says({ ref: 'main', versions: [{ version: '4.2' }] }),
      says({ ref: 'main', versions: [{ range: 'vers:generic/<4' }] }),
    ],
  })
  const stated = items.flatMap((item) =>
    'stated' in item ? [[item.stated.state, item.stated.about, item.stated.versions]] : [],
  )
  assert.deepEqual(stated, [
    ['exploitable', ['pkg:npm/a'], 'vers:generic/1.0'],
    ['not_affected', ['pkg:npm/a'], 'vers:npm/>=2'],
    ['in_triage', ['pkg:npm/a'], 'vers:generic/1.5'],
    ['exploitable', ['pkg:npm/a'], null],
    ['exploitable', [], null],
    ['exploitable', [], null],
  ])
  const told = items.flatMap((item) => ('unmatched' in item ? [item.unmatched.said] : [])).slice(-2)
  assert.deepEqual(told, ['CVE-1 about urn:cdx:00000000-0000-0000-0000-000000000000/1#1', 'CVE-1 about main vers:generic/<4'])
})

test('attestations: bare statements, envelopes, bundles and several of them a line each', () => {
  const bom = { bomFormat: 'CycloneDX', components: [{ name: 'a', purl: 'pkg:npm/a@1' }] }
  const statement = (predicate: unknown) => ({
    _type: 'https://in-toto.io/Statement/v1',
    predicateType: 'https://cyclonedx.org/bom',
    predicate,
  })
  const envelope = (of: unknown) => ({
    payloadType: 'application/vnd.in-toto+json',
    payload: btoa(JSON.stringify(of)),
    signatures: [],
  })
  const spdx = {
    spdxVersion: 'SPDX-2.3',
    packages: [{ name: 'b', externalRefs: [{ referenceType: 'purl', referenceLocator: 'pkg:npm/b@1' }] }],
  }
  for (const document of [
    statement(bom),
    statement({ Data: bom }),
    envelope(statement(bom)),
    envelope(bom),
    { mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json', dsseEnvelope: envelope(statement(bom)) },
  ]) {
    assert.deepEqual(purls(read(document)), ['pkg:npm/a@1'])
  }
  const lines = `${JSON.stringify(envelope(statement(bom)))}\n${JSON.stringify(envelope(statement(spdx)))}\n`
  assert.deepEqual(purls(read(lines)), ['pkg:npm/a@1', 'pkg:npm/b@1'])
  assert.equal(components(read(envelope(statement(bom))))[0]!.place, '/payload/predicate/components/0')
  assert.deepEqual(purls(read({ sbom: spdx })), ['pkg:npm/b@1'])
})

test('what is read does not hang on what a document was taken for', () => {
  const bom = { bomFormat: 'CycloneDX', components: [{ name: 'a', purl: 'pkg:npm/a@1' }] }
  for (const kind of ['cyclonedx-json', 'spdx-json', 'spdx3-json', 'syft-json', 'in-toto'] as const)
    assert.deepEqual(purls(read(bom, kind)), ['pkg:npm/a@1'])
})
