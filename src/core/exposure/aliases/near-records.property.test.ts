import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { joinAliases } from './join-aliases.ts'
import { nearRecords } from './near-records.ts'

const NAME = fc.constantFrom(
  'CVE-2026-0001',
  'CVE-2026-0002',
  'CVE-2026-0003',
  'GHSA-aaaa',
  'ghsa-AAAA',
  'GHSA-bbbb',
  'X-1',
  'X-2',
  'X-3',
  'Y-1',
)
const RECORDS = fc.array(fc.record({ id: NAME, aliases: fc.array(NAME, { maxLength: 3 }) }), { maxLength: 12 })

test('joining what names lead to gives a record the group that joining everything gives it', () => {
  fc.assert(
    fc.property(RECORDS, fc.nat(11), (records, n) => {
      const asked = records[n]
      if (asked === undefined) return
      const whole = joinAliases(records).groupOf(asked.id)
      const near = joinAliases(nearRecords(records, [asked])).groupOf(asked.id)
      assert.deepEqual(near, whole)
    }),
    { numRuns: 2000 },
  )
})

test('what no name leads to is left out', () => {
  const records = [
    { id: 'A', aliases: ['B'] },
    { id: 'C', aliases: ['B'] },
    { id: 'D', aliases: ['E'] },
  ]
  assert.deepEqual(
    nearRecords(records, [{ id: 'A', aliases: [] }]).map(({ id }) => id),
    ['A', 'C'],
  )
})
