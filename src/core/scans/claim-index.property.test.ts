import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ClaimIndex } from './claim-index.ts'
import type { ScanKnowledge } from './overlap.ts'
import { sameNames } from './same-names.ts'
import type { ScanRange, ScanTarget } from './scan-target.ts'
import type { WeaknessClass } from './weakness-class.ts'

// A small tree of weaknesses, written out beside the one the rule reads: 1 above 10, 11; 10 above 100; family f tops 10, g tops 11.
const PARENTS = new Map<number, number[]>([
  [10, [1]],
  [11, [1]],
  [100, [10]],
  [2, []],
])
const above = (cwe: number): number[] => (PARENTS.get(cwe) ?? []).flatMap((one) => [one, ...above(one)])
const known: ScanKnowledge = {
  tree: {
    number: Number,
    above,
    familyOf: (cwe) => (cwe === 10 || cwe === 100 ? 'f' : cwe === 11 ? 'g' : null),
    kin: (a, b) => a === b,
    tops: (family) => (family === 'f' ? [10] : family === 'g' ? [11] : []),
  },
  namesOf: sameNames([
    ['a', 'b'],
    ['b', 'c'],
  ]),
  commitOrder: () => null,
}

/** The rule once more, by enumeration: which small things each target holds, and whether two hold one in common. */
const LEAVES = [1, 2, 10, 11, 100]
function classes(weakness: WeaknessClass | null): Set<number> {
  if (weakness === null) return new Set(LEAVES)
  if (weakness.kind === 'cwe') return new Set(LEAVES.filter((one) => one === weakness.cwe || above(one).includes(weakness.cwe)))
  return new Set(weakness.family === 'f' ? [10, 100] : [11])
}
function bruteForce(a: ScanTarget, b: ScanTarget): boolean {
  const group = (name: string) => (['a', 'b', 'c'].includes(name) ? 'abc' : name)
  if (group(a.name) !== group(b.name)) return false
  const [one, two] = [`${a.path.join('/')}/`, `${b.path.join('/')}/`].map((path) => (path === '/' ? '' : path))
  if (!one!.startsWith(two!) && !two!.startsWith(one!)) return false
  const theirs = classes(b.weakness)
  if (![...classes(a.weakness)].some((leaf) => theirs.has(leaf))) return false
  if (a.range?.ecosystem !== 'npm' || b.range?.ecosystem !== 'npm') return true
  const major = (text: string | null, open: number) => (text === null ? open : Number(text.split('.')[0]))
  const [from, to] = [
    Math.max(major(a.range.from, 0), major(b.range.from, 0)),
    Math.min(major(a.range.to, 99), major(b.range.to, 99)),
  ]
  return from <= to
}

const version = fc.integer({ min: 1, max: 9 })
const range: fc.Arbitrary<ScanRange | null> = fc.option(
  fc.oneof(
    fc
      .tuple(fc.option(version), fc.option(version))
      .filter(([from, to]) => from === null || to === null || from <= to)
      .map(([from, to]) => ({
        ecosystem: 'npm',
        from: from === null ? null : `${from}.0.0`,
        to: to === null ? null : `${to}.0.0`,
      })),
    fc.constant({ ecosystem: null, from: 'aaaaaaa', to: null }),
  ),
)
const targets: fc.Arbitrary<ScanTarget> = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  path: fc.array(fc.constantFrom('x', 'y', 'xy'), { maxLength: 4 }),
  weakness: fc.option(
    fc.oneof(
      fc.constantFrom(...LEAVES).map((cwe) => ({ kind: 'cwe' as const, cwe })),
      fc.constantFrom('f', 'g').map((family) => ({ kind: 'family' as const, family })),
    ),
  ),
  range,
})

test('the index finds every overlap and none besides, whatever came and went', () => {
  fc.assert(
    fc.property(fc.array(targets, { maxLength: 60 }), fc.array(fc.nat(59), { maxLength: 30 }), targets, (all, gone, fresh) => {
      const index = new ClaimIndex()
      const left = new Map<string, ScanTarget>()
      for (const [n, one] of all.entries()) {
        index.add(`${n}`, one)
        left.set(`${n}`, one)
      }
      for (const n of gone) {
        index.remove(`${n}`)
        left.delete(`${n}`)
      }
      // Put again under another target: the old one is no longer found.
      const again = [...left.keys()][0]
      if (again !== undefined) {
        index.add(again, fresh)
        left.set(again, fresh)
      }
      const expected = [...left].filter(([, other]) => bruteForce(fresh, other)).map(([id]) => id)
      assert.deepEqual([...index.overlapping(fresh, known)].sort(), expected.sort())
      assert.equal(index.size, left.size)
    }),
    { numRuns: 1500 },
  )
})
