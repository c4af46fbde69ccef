import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { AliasBook } from './alias-book.ts'
import { joinAliases, type NamedRecord } from './join-aliases.ts'

const id = fc.constantFrom(
  ...['CVE-2024-0001', 'CVE-2024-0002', 'CVE-2024-0003', 'GHSA-aaaa-bbbb-cccc', 'ghsa-AAAA-bbbb-cccc'],
  ...['PYSEC-1', 'PYSEC-2', 'GO-1', 'GO-2', 'RUSTSEC-1', 'A', 'B', 'C', 'D'],
)
const record: fc.Arbitrary<NamedRecord> = fc.record({ id, aliases: fc.array(id, { maxLength: 3 }) })
const step = fc.record({ add: fc.array(record, { maxLength: 3 }), drop: fc.array(fc.nat(), { maxLength: 3 }) })

test('changed step by step, the groups are those of all records joined anew', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
      const book = new AliasBook<NamedRecord>()
      let held: NamedRecord[] = []
      for (const { add, drop } of steps) {
        const gone = new Set(drop.map((n) => held[n % Math.max(1, held.length)]).filter((one) => one !== undefined))
        const before = joinAliases(held)
        held = [...held.filter((one) => !gone.has(one)), ...add]
        const after = joinAliases(held)
        const regrouped = book.change([...gone], add)
        const names = new Set([...before.groups, ...after.groups].flatMap(({ ids }) => ids))
        for (const name of names) {
          assert.deepEqual(book.groupOf(name), after.groupOf(name))
          const apart = after.keptApart.filter(({ ids }) => ids.includes(name))
          assert.deepEqual(book.keptApart(name), apart)
          const plain = (group = after.groupOf(name)) => [group?.primary, group?.ids, group?.covers]
          const isSame = JSON.stringify(plain(before.groupOf(name))) === JSON.stringify(plain(after.groupOf(name)))
          const isNew = (before.groupOf(name) === undefined) !== (after.groupOf(name) === undefined)
          assert.equal(regrouped.has(name), !isSame || isNew, name)
        }
        assert.equal(book.flaws, after.groups.length)
      }
    }),
    { numRuns: 400 },
  )
})
