import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { asanLog, FAKE_TOOLS, type FakeRun, fakeProof, talk } from '../../../devkit/fake-runs.ts'
import { SETTINGS } from '../proof.ts'
import { validate } from '../validate.ts'

const CRASH: FakeRun = { exit: 77, stderr: asanLog('heap-buffer-overflow', ['parse', 'main']) }

/** A history of `n` commits where those from `from` up to `until` fire and some do not build. */
function rangeOf(n: number, from: number, until: number, broken: ReadonlySet<number>, rangeBuilds = 60) {
  const history = Array.from({ length: n }, (_, i) => `c${i}`)
  const at = (tree: string) => (tree === 'src-base' ? n - 1 : Number(tree.slice(5)))
  const target = (input: string, tree: string) => (input === 'BAD' && at(tree) >= from && at(tree) < until ? CRASH : {})
  const builds = (source: string) => source === 'src-base' || !broken.has(at(source))
  const proof = fakeProof({ tasks: ['reproduce', 'range'], settings: { ...SETTINGS, rangeBuilds } })
  return talk(validate(proof, FAKE_TOOLS), { target, builds, history }, new Map([['sha256:A', 'BAD']])).value.ranges[0]!
}

test('the introducing commit is found where all build, in logarithmically many builds', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 200 }), fc.nat(), (n, seed) => {
      const from = seed % n
      const range = rangeOf(n, from, n, new Set())
      assert.equal(range.introduced, `c${from}`, range.say)
      assert.equal(range.fixed, null)
      assert.ok(range.builds <= 2 + Math.ceil(Math.log2(n + 1)))
    }),
    { numRuns: 60 },
  )
})

test('commits that do not build are stepped around; the answer fires, and is unsure only by them', () => {
  fc.assert(
    fc.property(fc.integer({ min: 4, max: 60 }), fc.nat(), fc.array(fc.nat(), { maxLength: 8 }), (n, seed, holes) => {
      const from = 1 + (seed % (n - 2))
      const broken = new Set(holes.map((hole) => 1 + (hole % (n - 2))))
      const range = rangeOf(n, from, n, broken)
      const first = Array.from({ length: n }, (_, i) => i).find((i) => i >= from && !broken.has(i))
      assert.equal(range.introduced, `c${first}`, range.say)
    }),
    { numRuns: 60 },
  )
})

test('a flaw that is gone is found in the past, with the commit that fixed it', () => {
  const range = rangeOf(40, 10, 25, new Set())
  assert.equal(range.introduced, 'c10', range.say)
  assert.equal(range.fixed, 'c25', range.say)
})

test('a spent budget is said, and nothing is guessed', () => {
  const range = rangeOf(200, 77, 200, new Set(), 3)
  assert.equal(range.introduced, null)
  assert.equal(range.builds, 3)
  assert.match(range.say, /budget/)
})
