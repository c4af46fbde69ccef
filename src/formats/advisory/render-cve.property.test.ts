import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { cveOf } from '../../core/advisories/completeness.ts'
import { anyEdition } from '../../devkit/any-edition.ts'
import { sampleEdition } from '../../devkit/sample-edition.ts'
import { mapCve } from '../cve/map.ts'
import { cnaContainer, renderCve } from './render-cve.ts'
import { rankedScores } from './score-order.ts'
import { sortedJson } from './sorted-json.ts'

const vendored = (path: string) => JSON.parse(readFileSync(new URL(`../../../third-party/${path}`, import.meta.url), 'utf8'))

// The bundled schema is of 5.0. What 5.1 and 5.2 changed for the fields written here: the version's text, CVSS 4.0, `packageURL`.
function recordSchema(): object {
  const schema = vendored('cve-schema/CVE_JSON_5.0_bundled.json')
  const { $schema, $id, ...cvss } = vendored('cvss-schema/cvss-v4.0.json')
  schema.definitions.dataVersion = { type: 'string', pattern: '^5\\.(0|[1-9][0-9]*)(\\.(0|[1-9][0-9]*))?$' }
  const metric = schema.definitions.metrics.items
  metric.properties.cvssV4_0 = { $ref: 'cvss-4' }
  metric.anyOf.push({ required: ['cvssV4_0'] })
  const product = schema.definitions.product
  product.properties.packageURL = schema.definitions.uriType
  // Stricter than the original, which lets a product have any further field.
  product.additionalProperties = false
  metric.additionalProperties = false
  ajv.addSchema({ ...cvss, $id: 'cvss-4' })
  return { ...schema, $id: 'cve-record' }
}

const ajv = new Ajv({ strict: false })
formats.default(ajv)
const isRecord = ajv.compile(recordSchema())

test('at least 200 records are valid by the official schema, published and rejected', () => {
  const states = new Map<string, number>()
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      for (const { record } of renderCve(sampleEdition(seed))) {
        const parsed: { cveMetadata: { state: string } } = JSON.parse(sortedJson(record))
        assert.ok(isRecord(parsed), JSON.stringify(isRecord.errors))
        const { state } = parsed.cveMetadata
        states.set(state, (states.get(state) ?? 0) + 1)
      }
    }),
    { numRuns: 300 },
  )
  assert.ok((states.get('PUBLISHED') ?? 0) >= 200)
  assert.ok((states.get('REJECTED') ?? 0) >= 5)
})

test('the schema does refuse', () => {
  const found = [1, 2, 3, 4, 5].flatMap((seed) => renderCve(sampleEdition(seed)))
  const record = JSON.parse(sortedJson(found[0]!.record))
  record.containers.cna.references = []
  assert.equal(isRecord(record), false)
})

test('our reader gives back ids, severities, weaknesses and packages', () => {
  let count = 0
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const edition = sampleEdition(seed)
      for (const { id, record } of renderCve(edition)) {
        const flaw = edition.content.flaws.find((one) => cveOf(one) === id)!
        const mapped = mapCve(JSON.parse(sortedJson(record)), 'at')
        assert.equal(mapped.ok, edition.withdrawn?.rejectsCves !== true)
        if (!mapped.ok) continue
        count += 1
        const { finding } = mapped
        assert.ok(finding.aliases.includes(id))
        assert.deepEqual(
          finding.severities.map(({ value }) => value),
          [...new Set(rankedScores(flaw.scores).map(({ scored }) => scored.vector))],
        )
        assert.deepEqual(new Set(finding.weaknesses), new Set(flaw.weaknesses))
        const purl = flaw.affected.find((one) => one.purl !== null || one.ranges.some(({ repository }) => repository))?.purl
        assert.equal(finding.target?.purl ?? null, purl ?? null)
        assert.deepEqual(cnaContainer(edition, id), (record as { containers: { cna: unknown } }).containers.cna)
      }
    }),
    { numRuns: 200 },
  )
  assert.ok(count > 100)
})

test('a publisher that is no CNA has no records', () => {
  const edition = sampleEdition(7)
  const publisher = { ...edition.content.publisher, cna: null }
  assert.deepEqual(renderCve({ ...edition, content: { ...edition.content, publisher } }), [])
  assert.equal(cnaContainer(edition, 'CVE-1999-0001'), null)
})

test('any text at all, wherever text can stand, gives valid records', () => {
  fc.assert(
    fc.property(anyEdition, (edition) => {
      for (const { record } of renderCve(edition))
        assert.ok(isRecord(JSON.parse(sortedJson(record))), JSON.stringify(isRecord.errors))
    }),
    { numRuns: 300 },
  )
})

test('ranges come back as one line that a person can read', () => {
  const edition = sampleEdition(5)
  const range = { scheme: 'semver', repository: null, introduced: '1.0.0', fixed: '1.6.0', lastAffected: null } as const
  const product = {
    purl: 'pkg:generic/thing',
    vendor: null,
    product: null,
    ranges: [
      range,
      { ...range, introduced: '2.0.0', fixed: null, lastAffected: '2.1.0' },
      { ...range, introduced: '3.0.0', fixed: null },
    ],
    versions: ['0.9'],
    status: 'affected',
    justification: null,
    statement: null,
  } as const
  const flaw = { ...edition.content.flaws[0]!, title: 'T', description: 'D', aliases: ['CVE-2026-1234'], affected: [product] }
  const [cve] = renderCve({ ...edition, content: { ...edition.content, flaws: [flaw] }, withdrawn: null })
  const mapped = mapCve(cve?.record, 'at')
  assert.ok(mapped.ok)
  assert.deepEqual(mapped.finding.target, {
    purl: 'pkg:generic/thing',
    repository: null,
    version: '>=1.0.0 <1.6.0 || >=2.0.0 <=2.1.0 || >=3.0.0 <* || 0.9',
  })
})
