import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from '../kernel/digest.ts'
import type { Id } from '../kernel/id.ts'
import { instant } from '../kernel/instant.ts'
import { type Holder, type Incoming, type Known, pairKey } from './cluster/holder.ts'
import { settle } from './cluster/settle.ts'
import { cluster, MOST_PAIRS } from './cluster.ts'
import type { FingerprintKind, KeyedFingerprint } from './fingerprint.ts'
import { STRENGTH } from './keys/kinds.ts'
import { ownGroup } from './own-group.ts'

const flaw = (name: string) => `flw_${name}` as Id<'flaw'>
const finding = (name: string) => `fnd_${name}` as Id<'finding'>
const key = (kind: FingerprintKind, n: number): KeyedFingerprint => ({
  kind,
  version: 1,
  strength: STRENGTH[kind],
  digest: new Uint8Array(16).fill(n),
})
const hex = (n: number): string => toHex(new Uint8Array(16).fill(n))
const incoming = (name: string, at: number, ...keys: KeyedFingerprint[]): Incoming => ({
  finding: finding(name),
  finder: `org_${name}` as Id<'organisation'>,
  receivedAt: instant(at),
  keys,
  freshFlaw: flaw(name),
})
const holder = (name: string, in_: string, at: number): Holder => ({
  finding: finding(name),
  finder: `org_${name}` as Id<'organisation'>,
  flaw: flaw(in_),
  openedAt: instant(at),
})
const known = (...entries: [number, ...Holder[]][]): Known => new Map(entries.map(([n, ...holders]) => [hex(n), holders]))
const placesOf = (batch: Incoming[], with_: Known = new Map(), apart: ReadonlySet<string> = new Set()) =>
  cluster(batch, with_, apart).placements.map((place) => place.flaw)

test('a sure key joins the flaw that holds it and says why', () => {
  const { placements } = cluster([incoming('n', 9, key('crash', 1))], known([1, holder('x', 'X', 1)]), new Set())
  assert.equal(placements[0]!.flaw, flaw('X'))
  assert.deepEqual(placements[0]!.because, {
    kind: 'crash',
    version: 1,
    finding: finding('x'),
    say: 'Same kind of crash in the same function and file of the same target',
  })
})

test('nothing known opens a flaw, and the rest of the batch joins it', () => {
  assert.deepEqual(placesOf([incoming('b', 2, key('scan', 1)), incoming('a', 1, key('scan', 1))]), [flaw('a'), flaw('a')])
})

test('sure keys of two flaws join the older and ask about the two; neither flaw is merged', () => {
  const store = known([1, holder('y', 'Y', 5)], [2, holder('x', 'X', 1)])
  const { placements, bridges } = cluster([incoming('n', 9, key('crash', 1), key('alias', 2))], store, new Set())
  assert.equal(placements[0]!.flaw, flaw('X'))
  assert.deepEqual(bridges, [{ older: flaw('X'), younger: flaw('Y'), finding: finding('n'), kinds: ['crash'] }])
})

test('a key of flaws that a person holds apart decides nothing and the pairs are scored instead', () => {
  const store = known([1, holder('x', 'X', 1), holder('y', 'Y', 2)])
  const { placements, bridges, pairs } = cluster(
    [incoming('n', 9, key('crash', 1))],
    store,
    new Set([pairKey(flaw('Y'), flaw('X'))]),
  )
  assert.deepEqual([placements[0]!.flaw, placements[0]!.because, bridges], [flaw('n'), null, []])
  assert.deepEqual(
    pairs.map(({ otherFlaw }) => otherFlaw),
    [flaw('X'), flaw('Y')],
  )
})

test('two keys of flaws held apart join the older and raise no question', () => {
  const store = known([1, holder('x', 'X', 1)], [2, holder('y', 'Y', 2)])
  const { placements, bridges } = cluster(
    [incoming('n', 9, key('crash', 1), key('scan', 2))],
    store,
    new Set([pairKey(flaw('X'), flaw('Y'))]),
  )
  assert.deepEqual([placements[0]!.flaw, bridges.length], [flaw('X'), 0])
})

test('one sender who says the same of two items means two flaws', () => {
  const mine = { finder: 'org_m' as Id<'organisation'> }
  const twice = [
    { ...incoming('a', 1, key('prose', 1)), ...mine },
    { ...incoming('b', 2, key('prose', 1)), ...mine },
  ]
  assert.deepEqual(placesOf([...twice, incoming('c', 3, key('prose', 1))]), [flaw('a'), flaw('b'), flaw('c')])
  assert.deepEqual(placesOf([twice[0]!, incoming('c', 3, key('prose', 1))]), [flaw('a'), flaw('a')])
  assert.deepEqual(ownGroup([key('prose', 1), key('scan', 2), key('frame', 3)]), [hex(2)])
})

test('candidate keys pair, never join, at most so many, and a common key finds nothing', () => {
  const crowd = Array.from({ length: 20 }, (_, i) => holder(`h${i}`, `H${i}`, i))
  const some = cluster([incoming('n', 99, key('frame', 1))], known([1, ...crowd]), new Set())
  assert.equal(some.placements[0]!.because, null)
  assert.equal(some.pairs.length, MOST_PAIRS)
  const many = Array.from({ length: 40 }, (_, i) => holder(`h${i}`, `H${i}`, i))
  assert.equal(cluster([incoming('n', 99, key('frame', 1))], known([1, ...many]), new Set()).pairs.length, 0)
})

test('a sure score moves a flaw the batch opened, a likely one asks, and a flaw that was there stays', () => {
  const store = known([1, holder('x', 'X', 1)], [2, holder('y', 'Y', 2)])
  const clustering = cluster([incoming('n', 9, key('frame', 1), key('place', 2))], store, new Set())
  const score = (flawName: string) => (flawName === 'X' ? 0.995 : 0.991)
  const scored = clustering.pairs.map((pair) => ({ ...pair, score: score(pair.otherFlaw.slice(4)), reasons: [] }))
  const { placements, asked } = settle(clustering, scored)
  assert.equal(placements[0]!.flaw, flaw('X'))
  assert.equal(placements[0]!.because?.kind, 'score')
  assert.deepEqual(
    asked.map((one) => [one.flaw, one.other]),
    [[flaw('Y'), flaw('X')]],
  )
  const low = settle(
    clustering,
    scored.map((pair) => ({ ...pair, score: 0.1 })),
  )
  assert.deepEqual([low.placements[0]!.flaw, low.asked.length], [flaw('n'), 0])
})

test('what surely matches two flaws kept apart joins neither and asks about both, and never about those two', () => {
  const store = known([1, holder('x', 'X', 1)], [2, holder('y', 'Y', 2)])
  const apart = new Set([pairKey(flaw('X'), flaw('Y'))])
  const clustering = cluster([incoming('n', 9, key('frame', 1), key('place', 2))], store, apart)
  const scored = clustering.pairs.map((pair) => ({ ...pair, score: 0.995, reasons: [] }))
  const { placements, asked } = settle(clustering, scored, apart)
  assert.equal(placements[0]!.flaw, flaw('n'))
  assert.deepEqual(new Set(asked.map((one) => `${one.flaw} ${one.other}`)), new Set(['flw_X flw_n', 'flw_Y flw_n']))
  // Sure of one and only likely of the other: there is nothing to tear it.
  const clear = scored.map((pair) => (pair.otherFlaw === flaw('Y') ? { ...pair, score: 0.6 } : pair))
  const settled = settle(clustering, clear, apart)
  assert.deepEqual([settled.placements[0]!.flaw, settled.asked], [flaw('X'), []])
})

test('the grouping does not depend on the order of the batch', () => {
  const items = fc.uniqueArray(
    fc.tuple(fc.nat(40), fc.array(fc.nat(12), { maxLength: 3 }), fc.constantFrom<FingerprintKind>('crash', 'frame', 'prose')),
    {
      selector: ([at]) => at,
      maxLength: 20,
    },
  )
  fc.assert(
    fc.property(items, fc.infiniteStream(fc.nat()), (made, order) => {
      const batch = made.map(([at, keys, kind]) => incoming(String(at), at, ...keys.map((n) => key(kind, n))))
      const shuffled = batch
        .map((one) => [order.next().value as number, one] as const)
        .sort((a, b) => a[0] - b[0])
        .map(([, one]) => one)
      const by = (list: Incoming[]) =>
        new Map(cluster(list, new Map(), new Set()).placements.map((place) => [place.finding, place.flaw]))
      const [one, two] = [by(batch), by(shuffled)]
      for (const [id, where] of one) assert.equal(two.get(id), where)
    }),
  )
})
