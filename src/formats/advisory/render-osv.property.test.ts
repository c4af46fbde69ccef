import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import fc from 'fast-check'
import { anyEdition } from '../../devkit/any-edition.ts'
import { sampleEdition } from '../../devkit/sample-edition.ts'
import { mapOsv } from '../osv/map.ts'
import { renderOsv } from './render-osv.ts'
import { rankedScores } from './score-order.ts'
import { sortedJson } from './sorted-json.ts'

const schema = JSON.parse(readFileSync(new URL('../../../third-party/osv-schema/schema.json', import.meta.url), 'utf8'))
const ajv = new Ajv2020({ strict: false, allErrors: false })
formats.default(ajv)
const isOsv = ajv.compile(schema)

test('at least 200 records are valid by the official schema', () => {
  let count = 0
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      for (const { record } of renderOsv(sampleEdition(seed))) {
        assert.ok(isOsv(JSON.parse(sortedJson(record))), JSON.stringify(isOsv.errors))
        count += 1
      }
    }),
    { numRuns: 300 },
  )
  assert.ok(count >= 200, `${count} records`)
})

test('the schema does refuse', () => {
  const [first] = renderOsv(sampleEdition(3))
  assert.equal(isOsv({ ...(first?.record as object), id: 'nobody-1' }), false)
})

test('our reader gives back ids, ranges and severities', () => {
  let count = 0
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const edition = sampleEdition(seed)
      for (const { id, record } of renderOsv(edition)) {
        const flaw = edition.content.flaws.find((one) => id.endsWith(one.id.slice(4)))!
        const mapped = mapOsv(JSON.parse(sortedJson(record)), 'at')
        if (edition.withdrawn !== null) {
          assert.equal(mapped.ok, false)
          continue
        }
        assert.ok(mapped.ok)
        count += 1
        const { finding } = mapped
        assert.deepEqual(new Set(finding.aliases), new Set([id, ...flaw.aliases]))
        assert.deepEqual(
          finding.severities.map(({ value }) => value),
          [...new Set(rankedScores(flaw.scores).map(({ scored }) => scored.vector))],
        )
        assert.deepEqual(new Set(finding.weaknesses), new Set(flaw.weaknesses))
        const told = JSON.stringify(finding.extra['affected'])
        for (const { purl, status, ranges } of flaw.affected) {
          if (purl === null || status !== 'affected' || !told.includes(JSON.stringify(purl))) continue
          for (const { fixed } of ranges) if (fixed !== null) assert.ok(told.includes(JSON.stringify({ fixed })))
        }
      }
    }),
    { numRuns: 200 },
  )
  assert.ok(count > 100)
})

test('ranges come back as one line that a person can read', () => {
  const edition = sampleEdition(5)
  const [flaw] = edition.content.flaws
  const range = { scheme: 'semver', repository: null, introduced: '1.0.0', fixed: '1.6.0', lastAffected: null } as const
  const product = {
    purl: 'pkg:npm/lodash',
    vendor: null,
    product: null,
    ranges: [range, { ...range, introduced: '2.0.0', fixed: null, lastAffected: '2.1.0' }],
    versions: [],
    status: 'affected',
    justification: null,
    statement: null,
  } as const
  const content = { ...edition.content, flaws: [{ ...flaw!, title: 'T', description: 'D', affected: [product] }] }
  const [osv] = renderOsv({ ...edition, content, withdrawn: null })
  const mapped = mapOsv(osv?.record, 'at')
  assert.ok(mapped.ok)
  assert.deepEqual(mapped.finding.target, {
    purl: 'pkg:npm/lodash',
    repository: null,
    version: '>=1.0.0 <1.6.0 || >=2.0.0 <=2.1.0',
  })
})

test('any text at all, wherever text can stand, gives valid records', () => {
  fc.assert(
    fc.property(anyEdition, (edition) => {
      for (const { record } of renderOsv(edition))
        assert.ok(isOsv(JSON.parse(sortedJson(record))), JSON.stringify(isOsv.errors))
    }),
    { numRuns: 300 },
  )
})
