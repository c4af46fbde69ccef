import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { component, record } from '../advisory-samples.ts'
import { explain } from '../explain.ts'
import { primaryId } from './flaw-names.ts'
import { foldFlaws } from './fold-flaws.ts'
import { joinAliases } from './join-aliases.ts'

const named = (id: string, ...aliases: string[]) => ({ id, aliases })
const shown = (...records: { id: string; aliases: string[] }[]) =>
  joinAliases(records).groups.map(({ primary, ids, covers }) => [primary, ids.join(' '), covers.join(' ')])

const CVE1 = 'CVE-2024-0001'
const CVE2 = 'CVE-2024-0002'
const GHSA = 'GHSA-aaaa-bbbb-cccc'

test('records that name one CVE id are one flaw, which goes by that id', () => {
  assert.deepEqual(
    shown(named('PYSEC-1', CVE1, GHSA), named(GHSA.toUpperCase(), CVE1), named('GO-1', GHSA), named('RUSTSEC-9')),
    [
      [CVE1, `${CVE1} ${GHSA} GO-1 PYSEC-1`, ''],
      ['RUSTSEC-9', 'RUSTSEC-9', ''],
    ],
  )
  assert.equal(primaryId(['x', GHSA, CVE2, CVE1]), CVE1)
  assert.equal(primaryId(['x', GHSA, 'A']), GHSA)
})

test('a record that names two CVE ids joins neither into the other, and says which it covers', () => {
  const records = [named('GO-1', CVE1, CVE2, GHSA), named('PYSEC-1', CVE1), named('PYSEC-2', CVE2)]
  assert.deepEqual(shown(...records), [
    [CVE1, `${CVE1} PYSEC-1`, ''],
    [CVE2, `${CVE2} PYSEC-2`, ''],
    [GHSA, GHSA, ''],
    ['GO-1', 'GO-1', `${CVE1} ${CVE2}`],
  ])
  assert.deepEqual(
    [...new Set(joinAliases(records).keptApart.map(({ why, by }) => `${why} ${by}`))],
    ['names-several-cves GO-1'],
  )
})

test('a name that leads to two CVE ids belongs to neither, and the chain ends there', () => {
  const records = [named('A', CVE1, GHSA), named('B', CVE2, GHSA)]
  const joined = joinAliases(records)
  assert.deepEqual(
    joined.groups.map(({ ids }) => ids.join(' ')),
    [`A ${CVE1}`, `B ${CVE2}`, GHSA],
  )
  assert.deepEqual(
    joined.keptApart.map(({ ids, why }) => [...ids, why]),
    [
      ['A', GHSA, 'leads-to-two-cves'],
      ['B', GHSA, 'leads-to-two-cves'],
    ],
  )
  assert.equal(joined.groupOf(GHSA.toUpperCase())?.primary, GHSA)
})

test('every join has the record that states it', () => {
  const { groups } = joinAliases([named('PYSEC-1', CVE1), named(GHSA, 'PYSEC-1')])
  assert.deepEqual(groups[0]?.joins, [
    { ids: [CVE1, 'PYSEC-1'], by: 'PYSEC-1' },
    { ids: [GHSA, 'PYSEC-1'], by: GHSA },
  ])
})

const id = fc.constantFrom(
  CVE1,
  CVE2,
  'CVE-2024-0003',
  GHSA,
  'GHSA-dddd-eeee-ffff',
  'PYSEC-1',
  'PYSEC-2',
  'GO-1',
  'GO-2',
  'RUSTSEC-1',
)
const records = fc.array(fc.record({ id, aliases: fc.array(id, { maxLength: 3 }) }), { maxLength: 10 })

test('groups are the same whatever the order, hold every name once, and never two CVE ids', () => {
  fc.assert(
    fc.property(records, fc.infiniteStream(fc.nat()), (list, order) => {
      const joined = joinAliases(list)
      const shuffled = list.map((one) => ({ one, at: order.next().value as number })).sort((a, b) => a.at - b.at)
      const again = joinAliases(shuffled.map(({ one }) => ({ ...one, aliases: [...one.aliases].reverse() })))
      assert.deepEqual([again.groups, again.keptApart], [joined.groups, joined.keptApart])
      const names = joined.groups.flatMap(({ ids }) => ids)
      assert.deepEqual([...names].sort(), [...new Set(list.flatMap((one) => [one.id, ...one.aliases]))].sort())
      for (const group of joined.groups) {
        assert.ok(group.ids.filter((name) => name.startsWith('CVE-')).length <= 1)
        assert.ok(group.joins.length >= group.ids.length - 1, 'names without a reason to be together')
        for (const name of group.ids) assert.equal(joined.groupOf(name), group)
      }
    }),
    { numRuns: 1000 },
  )
})

test('one flaw counts once however many databases name it, with the newest of their fixes', () => {
  const affected = (fixed: string) => [
    {
      key: 'npm/a',
      ecosystem: 'npm',
      name: 'a',
      ranges: [{ kind: 'semver', events: [{ introduced: '0' }, { fixed }], vers: null }],
      versions: [],
    } as const,
  ]
  const all = [
    record('PYSEC-1', { aliases: [CVE1], affected: affected('1.2.0') }),
    record(GHSA, { aliases: [CVE1], affected: affected('1.3.0') }),
    record('GO-1', { aliases: [CVE1, CVE2], affected: affected('1.3.0') }),
  ]
  const one = component('pkg:npm/a@1.0.0')
  const matches = (list: typeof all) => list.map((advisory) => ({ record: advisory, match: explain(advisory, one) }))
  const folded = (list: typeof all) =>
    foldFlaws(matches(list), joinAliases(list)).map(({ primary, match, records: by }) => [primary, match.fixed, by.length])
  assert.deepEqual(folded(all), [
    [CVE1, '1.3.0', 2],
    ['GO-1', '1.3.0', 1],
  ])
  const second = record('PYSEC-2', { aliases: [CVE2], affected: affected('1.1.0') })
  assert.deepEqual(folded([...all, second]), [
    [CVE1, '1.3.0', 3],
    [CVE2, '1.1.0', 2],
  ])
})

test('long chains and wide fans are joined in linear time', () => {
  const began = performance.now()
  const chain = Array.from({ length: 100_000 }, (_, n) => named(`A-${n}`, `A-${n + 1}`))
  assert.equal(joinAliases(chain).groups.length, 1)
  assert.equal(joinAliases(Array.from({ length: 50_000 }, (_, n) => named(`B-${n}`, CVE1))).groups.length, 1)
  assert.ok(performance.now() - began < 8000)
})
