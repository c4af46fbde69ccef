import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { zstdDecompressSync } from 'node:zlib'
import { type AdvisoryIndex, buildIndex } from '../../core/exposure/advisory-index.ts'
import type { AdvisoryRecord } from '../../core/exposure/advisory-record.ts'
import { foldFlaws } from '../../core/exposure/aliases/fold-flaws.ts'
import { joinAliases } from '../../core/exposure/aliases/join-aliases.ts'
import type { Component } from '../../core/exposure/component.ts'
import { explain } from '../../core/exposure/explain.ts'
import { lookUp } from '../../core/exposure/look-up.ts'
import { readCsaf } from './csaf-record.ts'
import { readCveRecord } from './cve-record.ts'
import { epssReader } from './epss.ts'
import { readFriendsOfPhpRecord } from './friends-of-php-record.ts'
import { kevCsvReader, kevJsonReader } from './kev.ts'
import type { KnownItem, SetAside } from './known-item.ts'
import { type KnownReader, knownReader } from './known-reader.ts'
import { readOsvRecord } from './osv-record.ts'
import { readRubysecRecord } from './rubysec-record.ts'
import { type EnrichedRow, readVulnrichment } from './vulnrichment.ts'

const CORPUS = join(process.env['WEIR_CORPUS'] ?? '/nonexistent', 'exposure')
const SKIP = existsSync(CORPUS) ? false : 'WEIR_CORPUS is not set: real advisories are not read'

function bytesOf(path: string): Uint8Array {
  const bytes = readFileSync(join(CORPUS, path))
  return path.endsWith('.zst') ? zstdDecompressSync(bytes) : bytes
}

function itemsOf<T>(path: string, reader: KnownReader<T>): KnownItem<T>[] {
  const bytes = bytesOf(path)
  const items: KnownItem<T>[] = []
  for (let at = 0; at < bytes.length; at += 1 << 20) items.push(...reader.push(bytes.subarray(at, at + (1 << 20))))
  return [...items, ...reader.end()]
}

const inOf = <T>(items: readonly KnownItem<T>[]): T[] => items.flatMap((item) => (item.ok ? [item.value] : []))

function asideOf(items: readonly KnownItem<unknown>[]): Partial<Record<SetAside, number>> {
  const counts: Partial<Record<SetAside, number>> = {}
  for (const item of items) if (!item.ok) counts[item.why] = (counts[item.why] ?? 0) + 1
  return counts
}

function notedOf(items: readonly KnownItem<unknown>[], code: string): number {
  return items.filter((item) => item.ok && item.notes.some((note) => note.code === code)).length
}

/** The extract has folded the case of some answers. */
const wordsOf = (row: EnrichedRow | undefined): string =>
  [row?.ssvc?.exploitation, row?.ssvc?.automatable, row?.ssvc?.impact].join(' ').toLowerCase()

describe('the public databases', { skip: SKIP }, () => {
  test('every record of every database is in, or set aside with its reason', () => {
    const osv = (source: string) => knownReader((value) => readOsvRecord(value, source))
    const cases: [path: string, reader: KnownReader<AdvisoryRecord>, count: number, aside: object][] = [
      ['osv-npm', osv('npm'), 1253, {}],
      ['osv-pypi', osv('pypi'), 2661, {}],
      ['osv-crates.io', osv('rustsec'), 714, {}],
      ['osv-go', osv('go'), 4291, {}],
      ['bitnami', osv('bitnami'), 7444, {}],
      ['rubysec', knownReader(readRubysecRecord), 1234, {}],
      ['friendsofphp', knownReader(readFriendsOfPhpRecord), 1592, {}],
      ['cve5-vulnrichment-subset', knownReader(readCveRecord), 3306, { rejected: 5 }],
    ]
    for (const [name, reader, count, aside] of cases) {
      const items = itemsOf(`advisories/${name}.ndjson.zst`, reader)
      assert.deepEqual([items.length, asideOf(items)], [count, aside], name)
      const ids = inOf(items).map(({ id }) => id)
      assert.equal(new Set(ids).size, ids.length, `${name}: an id twice`)
    }
  })

  test('ranges that nobody can place are noted: two gems, no branch of PHP, and the words of makers', () => {
    assert.equal(notedOf(itemsOf('advisories/rubysec.ndjson.zst', knownReader(readRubysecRecord)), 'unreadable-range'), 2)
    assert.equal(
      notedOf(itemsOf('advisories/friendsofphp.ndjson.zst', knownReader(readFriendsOfPhpRecord)), 'unreadable-range'),
      0,
    )
  })

  test('KEV, EPSS and SSVC are in row by row', () => {
    const kev = inOf(itemsOf('priority/kev-2025-08-25.json.zst', kevJsonReader()))
    const later = inOf(itemsOf('priority/kev-2025-11-18.csv.zst', kevCsvReader()))
    assert.deepEqual(
      [kev.length, later.length, inOf(itemsOf('priority/kev-epss-2026-08-22.csv', epssReader())).length],
      [1404, 1460, 1556],
    )
    const before = new Map(kev.map((row) => [row.entry.cve, row.entry.added]))
    assert.ok(
      later.filter(({ entry }) => before.get(entry.cve) === entry.added).length >= 1400,
      'JSON and CSV of one entry differ',
    )
    const extract = inOf(itemsOf('priority/vulnrichment-ssvc.ndjson.zst', knownReader(readVulnrichment)))
    const whole = inOf(itemsOf('advisories/cve5-vulnrichment-subset.ndjson.zst', knownReader(readVulnrichment)))
    assert.deepEqual([extract.length, extract.filter((row) => row.kev !== null).length, whole.length], [44026, 224, 3301])
    const byCve = new Map(extract.map((row) => [row.cve, row]))
    for (const row of whole) {
      assert.deepEqual(wordsOf(byCve.get(row.cve)), wordsOf(row), row.cve)
      assert.equal(byCve.get(row.cve)?.kev, row.kev, row.cve)
    }
  })

  test("CISA's CSAF documents: every vulnerability a record, and a controller is found by its model number", () => {
    const documents = inOf(itemsOf('csaf/cisa-all.ndjson.zst', knownReader(readCsaf)))
    const records = documents.flatMap((document) => document.records)
    assert.deepEqual(
      [
        documents.length,
        records.length,
        documents.filter(({ records: own }) => own.some(({ products }) => products.length > 0)).length,
      ],
      [2371, 7830, 140],
    )
    const index = buildIndex(records)
    const device = (version: string) => {
      const held: Component = {
        purl: null,
        cpes: [],
        group: null,
        name: 'CPU 1512C-1 PN',
        version,
        type: 'device',
        marks: ['model:6ES7512-1CK01-0AB0'],
        place: '',
      }
      return lookUp(index, held).filter(({ match }) => match.affected === 'yes').length
    }
    assert.ok(device('V2.0.0') > device('V2.9.7') && device('V2.9.7') > 0, `${device('V2.0.0')} ${device('V2.9.7')}`)
  })
})

describe('the shared inventories', { skip: SKIP }, () => {
  let index: AdvisoryIndex
  let records: AdvisoryRecord[]
  const ready = (): AdvisoryIndex => {
    if (index === undefined) {
      records = ['npm', 'pypi', 'crates.io', 'go'].flatMap((name) =>
        inOf(
          itemsOf(
            `advisories/osv-${name}.ndjson.zst`,
            knownReader((value) => readOsvRecord(value)),
          ),
        ),
      )
      index = buildIndex(records)
    }
    return index
  }

  /** Every component of a CycloneDX document by a plain walk, at whatever depth and of whatever type. */
  function componentsOf(file: string): Component[] {
    const found: Component[] = []
    const walk = (node: Record<string, unknown>): void => {
      const { purl, name, version, type, components } = node as {
        purl?: string
        name: string
        version?: string
        type: string
        components?: object[]
      }
      found.push({ purl: purl ?? null, cpes: [], group: null, name, version: version ?? null, type, marks: [], place: '' })
      for (const inner of components ?? []) walk(inner as Record<string, unknown>)
    }
    const document = JSON.parse(new TextDecoder().decode(bytesOf(`sbom/cyclonedx/${file}.json.zst`))) as {
      components: object[]
    }
    for (const component of document.components) walk(component as Record<string, unknown>)
    return found
  }

  const findings = (file: string): string[] =>
    componentsOf(file).flatMap((component) =>
      lookUp(ready(), component).map(({ record, match }) => `${match.affected} ${component.purl} ${record.id} ${match.fixed}`),
    )

  test('as many findings as two other matchers report together, and none that is unsure', () => {
    assert.equal(ready().records.size, 8919)
    const counts: [file: string, count: number][] = [
      ['juice-shop-11.1.2.cdx', 27],
      ['juice-shop-npm-flat.cdx-1.4', 24],
      ['juice-shop-npm-nested.cdx-1.4', 24],
      ['protonmail-webclient-4.cdx', 54],
      ['proton-bridge-1.8.0.cdx', 58],
      ['plugfest-trivy-0.39.0_celery-3.1.cdx', 6],
    ]
    for (const [file, count] of counts) {
      const found = findings(file)
      assert.deepEqual([found.length, found.filter((text) => !text.startsWith('yes')).length], [count, 0], file)
    }
    assert.deepEqual(new Set(findings('juice-shop-npm-flat.cdx-1.4')), new Set(findings('juice-shop-npm-nested.cdx-1.4')))
    assert.ok(
      findings('protonmail-webclient-4.cdx').some((text) => text.includes('angular')),
      'the framework was left out',
    )
  })

  test('each finding and each non-finding of the same package says why, and they agree', () => {
    const about = new Map<string, AdvisoryRecord[]>()
    ready()
    for (const record of records) for (const { key } of record.affected) about.set(key, [...(about.get(key) ?? []), record])
    let yes = 0
    let no = 0
    for (const component of componentsOf('proton-bridge-1.8.0.cdx')) {
      const found = new Set(lookUp(index, component).map(({ record }) => record.id))
      const key = component.purl?.startsWith('pkg:golang/')
        ? `golang/${component.purl.slice(11).split('@')[0]?.toLowerCase()}`
        : ''
      for (const record of new Set(about.get(key) ?? [])) {
        const why = explain(record, component)
        assert.equal(why.affected === 'yes', found.has(record.id), `${record.id} ${component.purl}`)
        assert.ok(why.steps.length >= 2)
        if (why.affected === 'yes') yes++
        else no++
      }
    }
    assert.equal(yes, 58)
    assert.ok(no >= 20, String(no))
  })

  test('one flaw counts once: two databases of npm name some twice', () => {
    ready()
    const joined = joinAliases(records)
    const all = componentsOf('juice-shop-11.1.2.cdx').flatMap((component) => {
      const found = lookUp(index, component)
      const flaws = foldFlaws(found, joined)
      assert.equal(
        flaws.reduce((sum, flaw) => sum + new Set(flaw.records).size, 0),
        found.length,
      )
      return flaws
    })
    assert.ok(all.length < 27, String(all.length))
    for (const group of joined.groups) assert.ok(group.ids.filter((id) => id.startsWith('CVE-')).length <= 1)
    const several = records.filter(({ aliases }) => aliases.filter((id) => id.startsWith('CVE-')).length > 1)
    for (const { id } of several) assert.ok((joined.groupOf(id)?.covers.length ?? 0) > 1, id)
  })
})
