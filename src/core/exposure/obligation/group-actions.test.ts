import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { DAY, instant } from '../../kernel/instant.ts'
import { versionOrder } from '../../kernel/version-order.ts'
import type { Owed, Placement } from './action.ts'
import { groupActions, type Versions } from './group-actions.ts'

const day = (n: number) => instant(n * DAY)
const owes = (flaw: string, fixed: string | null, due: number | null, more: Partial<Owed> = {}): Owed => ({
  flaw,
  fixed,
  due: due === null ? null : day(due),
  tier: due === 3 ? '3D' : due === 14 ? '14D' : 'FSU',
  rank: due === 3 ? 4 : due === 14 ? 3 : 1,
  triageDue: null,
  ...more,
})
const place = (
  version: string,
  assets: readonly string[],
  owed: readonly Owed[],
  more: Partial<Placement> = {},
): Placement => ({
  key: 'npm/left',
  ecosystem: 'npm',
  name: 'left',
  version,
  assetClass: 'public',
  assets,
  supported: null,
  edge: false,
  owed,
  ...more,
})
const VERSIONS: Versions = { order: versionOrder, holds: null }
const brief = (placements: readonly Placement[], versions = VERSIONS) =>
  groupActions(placements, versions).map((one) => [one.do, one.from, one.to, one.flaws, one.assets, one.due])

test('one upgrade settles several flaws on several assets, at the earliest date of them', () => {
  const found = groupActions(
    [
      place('1.2.0', ['b', 'a'], [owes('CVE-1', '1.2.4', 14), owes('CVE-2', '1.3.0', 3)]),
      place('1.10.0', ['c'], [owes('CVE-3', '1.3.0', null)], { assetClass: 'internal' }),
      place('1.9.0', ['c'], [owes('CVE-2', '1.3.0', null)], { assetClass: 'internal' }),
    ],
    VERSIONS,
  )
  assert.equal(found.length, 1)
  const [{ parts, ...one }] = found as [(typeof found)[number]]
  assert.deepEqual(
    [one.do, one.from, one.to, one.flaws, one.assets, one.due, one.tier],
    ['upgrade', ['1.2.0', '1.9.0', '1.10.0'], '1.3.0', ['CVE-1', 'CVE-2', 'CVE-3'], ['a', 'b', 'c'], day(3), '3D'],
  )
  assert.deepEqual(
    parts.map(({ version, due }) => [version, due]),
    [
      ['1.2.0', day(3)],
      ['1.9.0', null],
      ['1.10.0', null],
    ],
  )
})

test('the smallest version that ends the most is taken; numbers are no text', () => {
  assert.deepEqual(brief([place('1.0.0', ['a'], [owes('CVE-1', '1.9.0', 3), owes('CVE-2', '1.10.0', 14)])]), [
    ['upgrade', ['1.0.0'], '1.10.0', ['CVE-1', 'CVE-2'], ['a'], day(3)],
  ])
})

test('a version in which a flaw still holds does not end it', () => {
  const holds = (_key: string, flaw: string, version: string) => (flaw === 'CVE-1' && version === '2.0.3' ? 'yes' : 'unknown')
  const placements = [
    place('1.0.0', ['a'], [owes('CVE-1', '1.0.5', 3), owes('CVE-2', '2.0.3', 14), owes('CVE-3', '2.0.3', 14)]),
  ]
  assert.deepEqual(brief(placements, { order: versionOrder, holds }), [
    ['upgrade', ['1.0.0'], '1.0.5', ['CVE-1'], ['a'], day(3)],
    ['upgrade', ['1.0.0'], '2.0.3', ['CVE-2', 'CVE-3'], ['a'], day(14)],
  ])
})

test('without a fix it is a mitigation, or leaving what nobody mends; triage stands before both', () => {
  const owed = [owes('CVE-1', null, 3, { triageDue: day(0), tier: '3DF' }), owes('CVE-2', '1.1.0', null)]
  assert.deepEqual(
    brief([place('1.0.0', ['a'], owed)]).map(([kind, , to, flaws, , due]) => [kind, to, flaws, due]),
    [
      ['triage', null, ['CVE-1'], day(0)],
      ['mitigate', null, ['CVE-1'], day(3)],
      ['upgrade', '1.1.0', ['CVE-2'], null],
    ],
  )
  assert.deepEqual(brief([place('1.0.0', ['a'], [owes('CVE-1', null, 3)], { supported: false })])[0]![0], 'retire')
  const device = { supported: false, edge: true }
  assert.deepEqual(brief([place('1.0.0', ['a'], [owes('CVE-1', null, 3)], device)])[0]![0], 'replace')
  assert.deepEqual(brief([place('1.0.0', ['a'], [owes('CVE-1', '2.0.0', 3)], device)])[0]![0], 'upgrade')
  assert.deepEqual(brief([place('1.0.0', ['a'], [])]), [])
})

test('where versions have no known order, each stated fix is an upgrade', () => {
  const placements = [
    place('x', ['a'], [owes('CVE-1', 'y', 3), owes('CVE-2', 'y', 14), owes('CVE-3', 'z', 14)], { ecosystem: 'other' }),
  ]
  assert.deepEqual(
    brief(placements, { order: () => null, holds: null }).map(([, , to, flaws]) => [to, flaws]),
    [
      ['y', ['CVE-1', 'CVE-2']],
      ['z', ['CVE-3']],
    ],
  )
})

test('of equal dates the more urgent stands first, then what settles more', () => {
  const other = (key: string, owed: readonly Owed[], assets = ['a']) => place('1.0.0', assets, owed, { key, name: key })
  const order = groupActions(
    [
      other('npm/d', [owes('CVE-1', '1.1.0', 3)]),
      other('npm/c', [owes('CVE-1', '1.1.0', 3)], ['a', 'b']),
      other('npm/b', [owes('CVE-1', '1.1.0', 3), owes('CVE-2', '1.1.0', 14)]),
      other('npm/z', [owes('CVE-1', '1.1.0', 3, { rank: 5, tier: '3DF' })]),
    ],
    VERSIONS,
  )
  assert.deepEqual(
    order.map(({ key }) => key),
    ['npm/z', 'npm/b', 'npm/c', 'npm/d'],
  )
})

test('of versions that end as many, the smallest is taken', () => {
  const holds = (_key: string, _flaw: string, version: string) => (version === '2.0.0' ? 'no' : 'unknown')
  const placements = [place('1.0.0', ['a'], [owes('CVE-1', '1.5.0', 3), owes('CVE-2', '1.5.0', 3), owes('CVE-3', null, 3)])]
  assert.deepEqual(brief(placements, { order: versionOrder, holds })[0]![2], '1.5.0')
  const equal = [place('1.0.0', ['a'], [owes('CVE-1', '1.5.0', 3), owes('CVE-2', '1.5.0+build', 3)])]
  assert.deepEqual(
    brief(equal).map(([, , to, flaws]) => [to, flaws]),
    [['1.5.0', ['CVE-1', 'CVE-2']]],
  )
})

test('the list is the same whatever the order, loses no flaw and no asset, and is ranked by date', () => {
  const version = fc.constantFrom('1.0.0', '1.2.0', '2.0.0', 'unreadable')
  const owed = fc.record({
    flaw: fc.constantFrom('CVE-1', 'CVE-2', 'CVE-3', 'CVE-4'),
    fixed: fc.option(fc.constantFrom('1.2.1', '1.10.0', '2.0.3', 'odd')),
    due: fc.option(fc.constantFrom(3, 14)),
  })
  const placement = fc
    .record({
      key: fc.constantFrom('npm/a', 'npm/b'),
      version,
      assets: fc.uniqueArray(fc.constantFrom('x', 'y', 'z'), { minLength: 1 }),
      owed: fc.uniqueArray(owed, { selector: ({ flaw }) => flaw }),
      ecosystem: fc.constant('npm'),
    })
    .map(({ key, version: from, assets, owed: list }) =>
      place(
        from,
        assets,
        list.map(({ flaw, fixed, due }) => owes(flaw, fixed, due)),
        { key, name: key },
      ),
    )
  fc.assert(
    fc.property(fc.array(placement, { maxLength: 8 }), fc.nat(), (placements, seed) => {
      const actions = groupActions(placements, VERSIONS)
      const turned = placements.map((_, n) => placements[(n + seed) % placements.length]!)
      const plain = (list: typeof actions) => list.map(({ parts, ...one }) => ({ ...one, parts: parts.length }))
      assert.deepEqual(plain(groupActions(turned, VERSIONS)), plain(actions))
      for (const one of placements)
        for (const { flaw } of one.owed)
          for (const asset of one.assets)
            assert.ok(
              actions.some((action) => action.key === one.key && action.flaws.includes(flaw) && action.assets.includes(asset)),
            )
      const due = actions.map((action) => action.due ?? Infinity)
      assert.deepEqual(
        due,
        due.toSorted((a, b) => (a === b ? 0 : a - b)),
      )
    }),
    { numRuns: 300 },
  )
})
