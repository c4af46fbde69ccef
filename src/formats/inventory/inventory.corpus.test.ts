import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { zstdDecompressSync } from 'node:zlib'
import { readTarZst } from '../../../conformance/read-tar.ts'
import { identityOf } from '../../core/exposure/identity.ts'
import { detectInventory } from './detect-inventory.ts'
import type { InventoryItem, InventoryKind } from './inventory.ts'
import { inventoryReader } from './inventory-reader.ts'

const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
const skip = existsSync(CORPUS) ? false : 'WEIR_CORPUS is not set: real inventories are not read'

/** Each file's components, and among them those with a purl. */
const COUNTS: Readonly<Record<string, readonly [InventoryKind, components: number, purls: number]>> = {
  'cbom-deps.cdx.json': ['cyclonedx-json', 4, 0],
  'cdxgen-plugins-all.cdx-1.7.json': ['cyclonedx-json', 645, 645],
  'cdxrs-rust.cdx-1.7.json': ['cyclonedx-json', 250, 250],
  'cern-lhc-vdm-editor.cdx.json': ['cyclonedx-json', 44, 44],
  'debian12-rootfs-trivy.cdx-1.5.json': ['cyclonedx-json', 1021, 1019],
  'dropwizard-1.3.15.cdx.json': ['cyclonedx-json', 168, 168],
  'dropwizard-1.3.15.cdx.xml': ['cyclonedx-xml', 168, 168],
  'hbom-pcie-sata.cdx.json': ['cyclonedx-json', 7, 0],
  'juice-shop-11.1.2.cdx.json': ['cyclonedx-json', 841, 841],
  'juice-shop-11.1.2.cdx.xml': ['cyclonedx-xml', 841, 841],
  'juice-shop-npm-flat.cdx-1.4.json': ['cyclonedx-json', 1116, 1116],
  'juice-shop-npm-nested.cdx-1.4.json': ['cyclonedx-json', 1116, 1116],
  'keycloak-10.0.2.cdx.json': ['cyclonedx-json', 904, 904],
  'kosi.cdx-1.7.json': ['cyclonedx-json', 151, 150],
  'laravel-7.12.0.cdx-1.1.xml': ['cyclonedx-xml', 62, 62],
  'laravel-7.12.0.cdx-1.2.json': ['cyclonedx-json', 63, 63],
  'laravel-7.12.0.cdx-1.3.xml': ['cyclonedx-xml', 63, 63],
  'laravel-7.12.0.cdx-1.4.json': ['cyclonedx-json', 63, 63],
  'plugfest-mavenCdxgen.json': ['cyclonedx-json', 43, 43],
  'plugfest-mavenCdxmaven.json': ['cyclonedx-json', 43, 43],
  'plugfest-sbom.alpine.json': ['cyclonedx-json', 18, 15],
  'plugfest-sbom.cdxgen.1-4.xml': ['cyclonedx-xml', 631, 631],
  'plugfest-sbom.python.xml': ['cyclonedx-xml', 435, 433],
  'plugfest-syft-0.78.0_ruby-slim-bullseye.cdx.xml': ['cyclonedx-xml', 207, 205],
  'plugfest-trivy-0.39.0_celery-3.1.cdx.json': ['cyclonedx-json', 124, 123],
  'proton-bridge-1.6.3.cdx.json': ['cyclonedx-json', 202, 202],
  'proton-bridge-1.8.0.cdx.json': ['cyclonedx-json', 202, 202],
  'protonmail-webclient-4.cdx.json': ['cyclonedx-json', 884, 884],
  'renovate-37-tree.cdx-1.6.json': ['cyclonedx-json', 967, 967],
  'saasbom.cdx.json': ['cyclonedx-json', 7, 0],
  'trivy-binary-go.cdx-1.7.json': ['cyclonedx-json', 100, 99],
  'debian12-rootfs-trivy.spdx-2.3.json': ['spdx-json', 1021, 1019],
  'plugfest-mavenSpdxgen.spdx': ['spdx-tag-value', 4, 0],
  'plugfest-mavenSyft.spdx': ['spdx-tag-value', 4, 4],
  'plugfest-sbom.alpine.2-3.spdx': ['spdx-tag-value', 93, 15],
  'plugfest-sbom.docker.2-2.spdx': ['spdx-tag-value', 137, 0],
  'spdxex-ai_example02_spdx3.0_sbom.spdx3.json': ['spdx3-json', 17, 0],
  'spdxex-software_example11_spdx2.3_sbom.spdx.json': ['spdx-json', 5, 4],
  'spdxex-software_example12_spdx2.2_hello-dist.spdx.json': ['spdx-json', 2, 0],
  'spdxex-software_example13_spdx3.0_example13.spdx3.json': ['spdx3-json', 4, 0],
  'spdxex-software_example14_spdx2.3_examplemaven-0.0.1-enriched.spdx.json': ['spdx-json', 8, 0],
  'spdxex-software_example14_spdx3.0_examplemaven-0.0.1-enriched.spdx3.json': ['spdx3-json', 9, 0],
  'spdxex-software_example6_spdx2.2_example6-bin.spdx': ['spdx-tag-value', 2, 0],
  'spdxex-software_example7_spdx2.2_example7-third-party-modules.spdx.json': ['spdx-json', 3, 0],
  'spdxex-software_example9_spdx2.2_appbomination.spdx.json': ['spdx-json', 17, 4],
  'spdxex-software_example9_spdx3.0_appbomination.spdx3.json': ['spdx3-json', 22, 4],
}

function bytesOf(path: string): Uint8Array {
  return zstdDecompressSync(readFileSync(path))
}

function read(bytes: Uint8Array, kind = detectInventory(bytes.subarray(0, 1 << 16)), size = 1 << 16): InventoryItem[] {
  assert.ok(kind)
  const reader = inventoryReader(kind)
  const items: InventoryItem[] = []
  for (let at = 0; at < bytes.length; at += size) items.push(...reader.push(bytes.subarray(at, at + size)))
  return [...items, ...reader.end()]
}

const components = (items: readonly InventoryItem[]) => items.flatMap((item) => ('component' in item ? [item.component] : []))
const identities = (items: readonly InventoryItem[]) => [...new Set(components(items).map(identityOf))].sort()

interface Node {
  readonly [key: string]: unknown
}

/** A plain walk over the parsed document, which knows nothing of the readers. */
function counted(text: string, kind: InventoryKind): number {
  if (kind === 'cyclonedx-xml') {
    const own = text.replace(/<(tools|pedigree|formulation|annotator)>.*?<\/\1>/gs, '')
    return [...own.matchAll(/<(?:component|service)[ >]/g)].length
  }
  if (kind === 'spdx-tag-value') return [...text.matchAll(/^(?:PackageName|FileName):/gm)].length
  const parsed = JSON.parse(text) as Node
  if (kind === 'spdx3-json') {
    const types = (parsed['@graph'] as Node[]).map((one) => String(one['type']))
    return types.filter((type) => /(?:Package|software_File)$/.test(type)).length
  }
  if (kind === 'spdx-json') return [...((parsed['packages'] as Node[]) ?? []), ...((parsed['files'] as Node[]) ?? [])].length
  const below = (node: unknown): number =>
    [...(((node as Node)?.['components'] as Node[]) ?? []), ...(((node as Node)?.['services'] as Node[]) ?? [])].reduce(
      (sum, one) => sum + 1 + below(one),
      0,
    )
  const main = (parsed['metadata'] as Node | undefined)?.['component']
  return below(parsed) + (main === undefined ? 0 : 1 + below(main))
}

test('every inventory of the corpus is read whole, its counts pinned and checked by a plain walk', { skip }, () => {
  const files = ['cyclonedx', 'spdx'].flatMap((folder) =>
    readdirSync(join(CORPUS, 'sbom', folder)).map((name) => [folder, name]),
  )
  assert.equal(files.length, 31 + 15)
  for (const [folder, name] of files) {
    const bytes = bytesOf(join(CORPUS, 'sbom', folder!, name!))
    const kind = detectInventory(bytes.subarray(0, 1 << 16))
    assert.ok(kind, name)
    const items = read(bytes)
    assert.deepEqual(
      items.filter((item) => 'refused' in item),
      [],
      name,
    )
    const found = components(items)
    const purls = found.filter((one) => one.purl !== null).length
    const short = name!.replace(/\.zst$/, '')
    assert.deepEqual([kind, found.length, purls], COUNTS[short], short)
    const mark = bytes[0] === 0xff ? 'utf-16le' : 'utf-8'
    assert.equal(found.length, counted(new TextDecoder(mark).decode(bytes), kind), short)
    for (const item of items) if ('unmatched' in item) assert.ok(item.unmatched.place !== '', short)
  }
})

const pair = (a: string, b: string) => [a, b].map((name) => identities(read(bytesOf(join(CORPUS, 'sbom', name)))))

test('nested is flat, XML is JSON, and CycloneDX is SPDX', { skip }, () => {
  for (const [a, b] of [
    ['cyclonedx/juice-shop-npm-nested.cdx-1.4.json.zst', 'cyclonedx/juice-shop-npm-flat.cdx-1.4.json.zst'],
    ['cyclonedx/dropwizard-1.3.15.cdx.xml.zst', 'cyclonedx/dropwizard-1.3.15.cdx.json.zst'],
    ['cyclonedx/juice-shop-11.1.2.cdx.xml.zst', 'cyclonedx/juice-shop-11.1.2.cdx.json.zst'],
    ['cyclonedx/laravel-7.12.0.cdx-1.3.xml.zst', 'cyclonedx/laravel-7.12.0.cdx-1.4.json.zst'],
    ['cyclonedx/debian12-rootfs-trivy.cdx-1.5.json.zst', 'spdx/debian12-rootfs-trivy.spdx-2.3.json.zst'],
  ] as const) {
    const [one, other] = pair(a, b)
    assert.ok(one!.length > 60, a)
    assert.deepEqual(one, other, a)
  }
  // CycloneDX 1.1 has no place for the main component.
  const [old, since] = pair('cyclonedx/laravel-7.12.0.cdx-1.1.xml.zst', 'cyclonedx/laravel-7.12.0.cdx-1.2.json.zst')
  assert.deepEqual(
    since!.filter((one) => !old!.includes(one)),
    ['pkg:composer/cyclonedx/cyclonedx-php-composer-demo@dev-master'],
  )
})

test("the specification's own documents: every valid one is read, no invalid one makes the reader throw", { skip }, () => {
  const files = readTarZst(join(CORPUS, 'conformance/cyclonedx-spec-tests.tar.zst'))
  let valid = 0
  let same = 0
  const unlike: string[] = []
  for (const [name, bytes] of files) {
    if (!/\.(?:json|xml)$/.test(name)) continue
    const kind = name.endsWith('.xml') ? 'cyclonedx-xml' : 'cyclonedx-json'
    const items = read(bytes, kind, 997)
    if (!name.includes('/valid-')) continue
    valid++
    assert.equal(detectInventory(bytes, name), kind, name)
    assert.deepEqual(
      items.filter((item) => 'refused' in item),
      [],
      name,
    )
    const wrong = items.flatMap((item) => ('unmatched' in item && item.unmatched.why === 'wrong-shape' ? [item.unmatched] : []))
    assert.deepEqual(wrong, [], name)
    assert.equal(components(items).length, counted(bytes.toString('utf8'), kind), name)
    const twin = kind === 'cyclonedx-xml' ? files.get(name.replace(/xml$/, 'json')) : undefined
    if (twin === undefined) continue
    const pair = [identities(items), identities(read(twin, 'cyclonedx-json'))]
    if (JSON.stringify(pair[0]) === JSON.stringify(pair[1])) same++
    else unlike.push(name.replace(/^.*\/valid-|-1\.\d\.xml$/g, ''))
  }
  // Those twins are documents of different content.
  assert.deepEqual(
    [valid, same, [...new Set(unlike)].sort()],
    [
      450,
      190,
      [
        'bom',
        'component-external-with-version.xml',
        'cryptography-implementation',
        'dependency',
        'license-choice',
        'license-expression',
        'license-id',
        'license-name',
        'saasbom',
      ],
    ],
  )
})

test('what VEX documents state is read, and what it is about', { skip }, () => {
  const files = readTarZst(join(CORPUS, 'vex/cyclonedx-vex-use-cases.tar.zst'))
  const stated = [...files].flatMap(([name, bytes]) =>
    name.endsWith('.json')
      ? read(bytes, 'cyclonedx-json').flatMap((item) => ('stated' in item ? [[name, item.stated] as const] : []))
      : [],
  )
  const states = new Set(stated.map(([, one]) => one.state))
  for (const state of ['not_affected', 'exploitable', 'resolved', 'in_triage']) assert.ok(states.has(state), state)
  const of = (name: string) => stated.filter(([at]) => at.endsWith(name)).map(([, one]) => one)
  const [log4j] = of('CISA-Use-Cases/Case-1/vex-not_affected.json')
  assert.deepEqual([log4j!.ids, log4j!.justification, log4j!.about], [['CVE-2021-44228'], 'code_not_present', []])
  // The product has no version here and the statements are about some: which holds for it nobody can say.
  assert.deepEqual(of('VEX/Use-Cases/Case-5/vex.json'), [])
})
