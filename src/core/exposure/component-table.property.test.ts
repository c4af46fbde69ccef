import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { component, product, record } from './advisory-samples.ts'
import type { Component } from './component.ts'
import { ComponentTable } from './component-table.ts'

const someone: fc.Arbitrary<Component> = fc
  .record({
    name: fc.constantFrom('a', 'b', 'c'),
    said: fc.constantFrom('1.0.0', '2.0.0'),
    form: fc.constantFrom('plain', 'called', 'cpe', 'mark'),
  })
  .map(({ name, said, form }) => {
    if (form === 'cpe')
      return component(null, { name, version: said, cpes: [`cpe:2.3:a:${name}:${name}:${said}:*:*:*:*:*:*:*`] })
    if (form === 'mark') return component(null, { name, version: said, marks: [`model:${name}`, `serial:${said}`] })
    return component(`pkg:npm/${name}@${said}`, { name: form === 'plain' ? name : `our ${name}`, version: said })
  })
const step = fc.tuple(fc.nat(3), fc.option(fc.array(someone, { maxLength: 8 })))

const RECORDS = ['a', 'b', 'c'].map((name) =>
  record(`R-${name}`, {
    affected: [
      { key: `npm/${name}`, ecosystem: 'npm', name, ranges: [], versions: ['1.0.0'] },
      { key: 'npm/none', ecosystem: 'npm', name: 'none', ranges: [], versions: ['1.0.0'] },
    ],
    products: [product(`cpe:2.3:a:${name}:${name}:1.0.0:*:*:*:*:*:*:*`)],
  }),
)

const told = ({ purl, cpes, marks, version, name }: Component) => JSON.stringify([purl, cpes, marks, version, name])

/** All that a table can be asked, in an order of its own. */
function shown(table: ComponentTable): unknown {
  const rows = [...table.everyComponent()].map(({ component: one, assets }) => [told(one), ...assets.toSorted()].join())
  const affected = RECORDS.map((one) =>
    table
      .affectedBy(one)
      .map(({ component: held, match, assets }) => [told(held), match.affected, ...assets.toSorted()].join())
      .sort(),
  )
  const byAsset = [0, 1, 2, 3].map((asset) => table.componentsOf(asset).map(told).sort())
  return { rows: rows.sort(), affected, byAsset, held: table.rows, size: table.size }
}

test('whatever came and went, a table is the one built of what is left, and keeps nothing else', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const table = new ComponentTable()
      const left = new Map<number, readonly Component[]>()
      const now = new Set<string>()
      for (const [asset, held] of steps) {
        const change = held === null ? table.removeAsset(asset) : table.putAsset(asset, held)
        assert.equal(change === null, held === null && !left.has(asset))
        if (held === null) left.delete(asset)
        else left.set(asset, held)
        for (const one of change?.met ?? []) assert.ok(now.add(told(one)))
        for (const one of change?.gone ?? []) assert.ok(now.delete(told(one)))
        assert.deepEqual(now, new Set([...left.values()].flat().map(told)))
      }
      const anew = new ComponentTable()
      for (const [asset, held] of left) anew.putAsset(asset, held)
      assert.deepEqual(shown(table), shown(anew))
      for (const asset of left.keys()) table.removeAsset(asset)
      assert.deepEqual(shown(table), shown(new ComponentTable()))
    }),
    { numRuns: 400 },
  )
})

test('what one asset calls a package is not what another does', () => {
  const table = new ComponentTable()
  table.putAsset(1, [component('pkg:npm/a@1.0.0', { name: 'of the first', version: '1.0.0' })])
  table.putAsset(2, [component('pkg:npm/a@1.0.0', { name: 'a', version: '1.0.0' })])
  assert.deepEqual(
    [1, 2].map((asset) => table.componentsOf(asset).map(({ name }) => name)),
    [['of the first'], ['a']],
  )
  assert.deepEqual(
    table
      .affectedBy(RECORDS[0]!)
      .flatMap(({ assets }) => [...assets])
      .sort(),
    [1, 2],
  )
})

test('a product with very many versions comes and goes in time that grows as their number', () => {
  const many = Array.from({ length: 60_000 }, (_, n) => component(`pkg:npm/a@1.0.${n}`, { name: 'a', version: `1.0.${n}` }))
  const table = new ComponentTable()
  table.putAsset(1, many)
  assert.equal(table.putAsset(1, many.slice(0, 2)).gone.length, 59_998)
  assert.equal(table.size, 2)
})
