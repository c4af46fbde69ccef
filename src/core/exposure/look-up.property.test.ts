import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { versionOrder } from '../kernel/version-order.ts'
import { buildIndex, removeRecord, replaceRecord } from './advisory-index.ts'
import type { AdvisoryRecord, AffectedPackage, RangeEvent } from './advisory-record.ts'
import { component, NOON, record } from './advisory-samples.ts'
import type { Component } from './component.ts'
import { ComponentTable } from './component-table.ts'
import { explain } from './explain.ts'
import { lookUp } from './look-up.ts'

const semver = versionOrder('npm')!
const version = fc
  .tuple(fc.nat(3), fc.nat(3), fc.nat(1), fc.constantFrom('', '', '-rc.1'))
  .map(([a, b, c, pre]) => `${a}.${b}.${c}${pre}`)
const event: fc.Arbitrary<RangeEvent> = fc.oneof(
  { weight: 3, arbitrary: fc.oneof(version, fc.constant('0')).map((introduced) => ({ introduced })) },
  { weight: 3, arbitrary: version.map((fixed) => ({ fixed })) },
  { weight: 1, arbitrary: version.map((lastAffected) => ({ lastAffected })) },
  { weight: 1, arbitrary: fc.oneof(version, fc.constant('*')).map((limit) => ({ limit })) },
)
const affected: fc.Arbitrary<AffectedPackage> = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c'),
    ranges: fc.array(fc.array(event, { maxLength: 6 }), { maxLength: 3 }),
    versions: fc.array(version, { maxLength: 3 }),
  })
  .map(({ name, ranges, versions }) => ({
    key: `npm/${name}`,
    ecosystem: 'npm',
    name,
    ranges: ranges.map((events) => ({ kind: 'semver', events, vers: null })),
    versions,
  }))
const advisory = fc
  .tuple(fc.nat(9), fc.array(affected, { maxLength: 3 }), fc.boolean())
  .map(([n, packages, gone]) => record(`R-${n}`, { affected: packages, withdrawn: gone && n > 7 ? NOON : null }))
const someone: fc.Arbitrary<Component> = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'd'), version)
  .map(([name, at]) => component(`pkg:npm/${name}@${at}`, { name, version: at }))

/** OSV's evaluation as its schema writes it down, word for word and without any preparation. */
function naive(advisories: readonly AdvisoryRecord[], { name, version: at }: Component): string[] {
  const by = (a: string, b: string) => (a === '0' || b === '0' ? Number(b === '0') - Number(a === '0') : semver.compare(a, b)!)
  const textOf = (one: RangeEvent) => Object.values(one)[0] as string
  const holds = (events: readonly RangeEvent[]): boolean => {
    const limits = events.flatMap((one) => ('limit' in one ? [one.limit] : []))
    if (limits.length > 0 && !limits.some((limit) => limit === '*' || by(at!, limit) < 0)) return false
    const sorted = events
      .filter((one) => !('limit' in one))
      .sort((a, b) => by(textOf(a), textOf(b)) || Number('lastAffected' in a) - Number('lastAffected' in b))
    let vulnerable = false
    for (const one of sorted) {
      if ('introduced' in one && by(at!, one.introduced) >= 0) vulnerable = true
      if ('fixed' in one && by(at!, one.fixed) >= 0) vulnerable = false
      if ('lastAffected' in one && by(at!, one.lastAffected) > 0) vulnerable = false
    }
    return vulnerable
  }
  const found = advisories.filter(
    ({ affected: packages, withdrawn }) =>
      withdrawn === null &&
      packages.some(
        (one) =>
          one.name === name &&
          (one.versions.some((listed) => semver.compare(listed, at!) === 0) || one.ranges.some(({ events }) => holds(events))),
      ),
  )
  return [...new Set(found.map(({ id }) => id))].sort()
}

const latest = (advisories: readonly AdvisoryRecord[]) => [...new Map(advisories.map((one) => [one.id, one])).values()]

test('the index answers as the naive evaluation does, and explain as the index', () => {
  fc.assert(
    fc.property(fc.array(advisory, { maxLength: 8 }), fc.array(someone, { minLength: 1, maxLength: 8 }), (advisories, held) => {
      const index = buildIndex(advisories)
      for (const one of held) {
        const found = lookUp(index, one)
        assert.deepEqual(
          found.map(({ record: { id } }) => id),
          naive(latest(advisories), one),
        )
        for (const any of latest(advisories)) {
          const match = found.find(({ record: { id } }) => id === any.id)?.match
          const why = explain(any, one)
          assert.deepEqual([why.affected, why.fixed], [match?.affected ?? 'no', match?.fixed ?? null])
          assert.ok(why.steps.length > 0)
        }
        for (const { record: of, match } of found) {
          if (match.fixed === null) continue
          assert.equal(semver.compare(match.fixed, one.version!), 1)
          assert.deepEqual(naive([of], { ...one, version: match.fixed }), [], 'the fix is affected itself')
        }
      }
    }),
    { numRuns: 400 },
  )
})

test('an index changed record by record is the one built from what is left', () => {
  const change = fc.oneof(
    advisory,
    fc.nat(9).map((n) => `R-${n}`),
  )
  fc.assert(
    fc.property(
      fc.array(advisory, { maxLength: 8 }),
      fc.array(change, { maxLength: 8 }),
      fc.array(someone),
      (first, changes, held) => {
        const index = buildIndex(first)
        const left = new Map(first.map((one) => [one.id, one]))
        for (const one of changes) {
          if (typeof one === 'string') {
            assert.equal(removeRecord(index, { source: 'osv', id: one }), left.delete(one))
          } else {
            replaceRecord(index, one)
            left.set(one.id, one)
          }
        }
        const anew = buildIndex(left.values())
        const shown = (of: typeof index) => held.map((one) => lookUp(of, one).map(({ record: { id }, match }) => [id, match]))
        assert.deepEqual(shown(index), shown(anew))
        assert.deepEqual([...index.packages.keys()].sort(), [...anew.packages.keys()].sort())
        assert.deepEqual(new Map([...index.records].sort()), new Map([...anew.records].sort()))
      },
    ),
    { numRuns: 200 },
  )
})

test('a table of assets and an index of advisories give the same pairs, also after assets changed', () => {
  const fleet = fc.array(fc.tuple(fc.nat(4), fc.array(someone, { maxLength: 6 })), { maxLength: 8 })
  fc.assert(
    fc.property(fc.array(advisory, { maxLength: 6 }), fleet, (advisories, puts) => {
      const table = new ComponentTable()
      const assets = new Map<number, Component[]>()
      for (const [asset, held] of puts) {
        if (held.length === 0) assert.equal(table.removeAsset(asset) !== null, assets.delete(asset))
        else {
          table.putAsset(asset, held)
          assets.set(asset, held)
        }
      }
      const records = latest(advisories)
      const index = buildIndex(records)
      const direct = [...assets].flatMap(([asset, held]) =>
        held.flatMap((one) => lookUp(index, one).map(({ record: { id } }) => `${id} ${one.purl} ${asset}`)),
      )
      const turned = records.flatMap((one) =>
        table
          .affectedBy(one)
          .flatMap((rows) => Array.from(rows.assets, (asset) => `${one.id} ${rows.component.purl} ${asset}`)),
      )
      assert.deepEqual(turned.sort(), [...new Set(direct)].sort())
      assert.equal(
        table.rows,
        [...assets.values()].reduce((sum, held) => sum + new Set(held.map(({ purl }) => purl)).size, 0),
      )
    }),
    { numRuns: 200 },
  )
})

test('nothing throws on texts of any kind', () => {
  const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('0', '*', '', 'vers:npm/>=1', '1.0.0'))
  const wild = fc.record({
    key: fc.constantFrom('npm/a', 'deb/debian/a', 'maven/a:a', 'x', ''),
    ecosystem: text,
    name: text,
    ranges: fc.array(
      fc.record({
        kind: fc.constantFrom('semver', 'ecosystem', 'vers', 'git'),
        events: fc.array(
          fc.oneof(...['introduced', 'fixed', 'lastAffected', 'limit'].map((name) => text.map((at) => ({ [name]: at })))),
        ),
        vers: fc.option(text),
      }),
    ),
    versions: fc.array(text),
  }) as unknown as fc.Arbitrary<AffectedPackage>
  const products = fc.array(
    fc.record({
      identity: fc.tuple(fc.constantFrom('cpe:2.3:', 'cpe:/', 'model:', 'purl:', ''), text).map(([kind, rest]) => kind + rest),
      name: text,
      vendor: fc.option(text),
      status: fc.constantFrom('affected', 'fixed', 'not-affected', 'under-investigation'),
      range: fc.option(fc.record({ kind: fc.constant('vers'), events: fc.constant([]), vers: fc.option(text) })),
      remedy: fc.constant(null),
    }),
  ) as unknown as fc.Arbitrary<AdvisoryRecord['products']>
  const held = fc.record({
    purl: fc.option(
      fc.oneof(
        text,
        text.map((t) => `pkg:npm/a@${t}`),
      ),
    ),
    cpes: fc.array(text),
    marks: fc.array(text),
  })
  fc.assert(
    fc.property(fc.array(wild), products, held, (packages, things, one) => {
      const any = record('X', { affected: packages, products: things })
      const whole = component(one.purl, { cpes: one.cpes, marks: one.marks })
      const found = lookUp(buildIndex([any]), whole)
      assert.equal(found.length > 0, explain(any, whole).affected !== 'no')
    }),
    { numRuns: 500 },
  )
})

test('a version beside a purl without one counts, and tells components apart', () => {
  const known = record('R-1', {
    affected: [{ key: 'npm/a', ecosystem: 'npm', name: 'a', ranges: [], versions: ['1.0.0'] }],
  })
  const table = new ComponentTable()
  table.putAsset(
    1,
    ['1.0.0', '2.0.0'].map((at) => component('pkg:npm/a', { version: at })),
  )
  assert.equal(table.rows, 2)
  assert.deepEqual(
    table.affectedBy(known).map(({ component: { version: at }, match, assets }) => [at, match.affected, ...assets]),
    [['1.0.0', 'yes', 1]],
  )
})
