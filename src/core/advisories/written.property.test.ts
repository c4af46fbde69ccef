import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sampleEdition } from '../../devkit/sample-edition.ts'
import { isWebAddress } from './web-address.ts'
import { contentProblem } from './written.ts'

type Path = readonly (string | number)[]

function pathsOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  return [at, ...Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...at, Array.isArray(value) ? Number(key) : key]))]
}

function put(value: unknown, [key, ...rest]: Path, with_: unknown): unknown {
  if (key === undefined) return with_
  if (Array.isArray(value)) return value.map((one, n) => (n === key ? put(one, rest, with_) : one))
  const fields = value as Record<string, unknown>
  return { ...fields, [key]: put(fields[key], rest, with_) }
}

test('content with any one field of another type is refused, never thrown at', () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(), fc.constantFrom(true, 1.5, {}, [[]], undefined, '\ud800'), (seed, n, wrong) => {
      const { content } = sampleEdition(seed)
      assert.equal(contentProblem(content), null)
      const paths = pathsOf(content)
      const path = paths[n % paths.length]!
      const problem = contentProblem(put(content, path, wrong))
      assert.notEqual(problem, null, path.join('/'))
    }),
    { numRuns: 1000 },
  )
})

test('anything at all is answered', () => {
  fc.assert(
    fc.property(fc.anything({ withNullPrototype: true, withBigInt: true, withMap: true }), (value) => {
      assert.equal(typeof contentProblem(value), 'string')
    }),
    { numRuns: 500 },
  )
})

test('what contradicts itself is refused', () => {
  const { content } = sampleEdition(4)
  const flaw = content.flaws[0]!
  const product = flaw.affected[0]!
  const range = { scheme: 'semver', repository: null, introduced: null, fixed: '2', lastAffected: null } as const
  const flawed = (change: object) => contentProblem({ ...content, flaws: [{ ...flaw, ...change }] })
  const ranged = (change: object) =>
    flawed({ affected: [{ ...product, purl: 'pkg:npm/a', ranges: [{ ...range, ...change }] }] })
  assert.equal(ranged({}), null)
  assert.equal(ranged({ lastAffected: '1' }), 'flaws/0')
  assert.equal(ranged({ repository: 'https://e.example' }), 'flaws/0')
  assert.equal(ranged({ scheme: 'git', repository: 'https://e.example' }), 'flaws/0')
  assert.equal(ranged({ scheme: 'git', repository: 'https://e.example', fixed: 'a'.repeat(40) }), null)
  assert.equal(flawed({ affected: [{ ...product, purl: null, vendor: 'v', product: null }] }), 'flaws/0')
  assert.equal(flawed({ affected: [{ ...product, purl: 'pkg:npm/a@1' }] }), 'flaws/0')
  assert.equal(flawed({ affected: [{ ...product, status: 'fixed', justification: 'component_not_present' }] }), 'flaws/0')
  assert.equal(flawed({ aliases: ['CVE-26-1'] }), 'flaws/0')
  assert.equal(flawed({ more: 1 }), 'flaws/0')
  const twin = { ...flaw, id: sampleEdition(5).content.flaws[0]!.id, aliases: ['CVE-2026-0001'] }
  assert.equal(contentProblem({ ...content, flaws: [{ ...flaw, aliases: ['CVE-2026-0001'] }, twin] }), 'aliases')
  assert.equal(
    contentProblem({ ...content, flaws: [flaw, flaw] }),
    flaw.aliases.some((one) => one.startsWith('CVE-')) ? 'aliases' : 'flaws',
  )
})

test('web addresses are http, without people, blanks or markup, and long ones cost no time', () => {
  for (const good of ['https://e.example', 'http://e.example:80/a%20b?c=d#e', 'https://e.example?x', 'https://a'])
    assert.ok(isWebAddress(good), good)
  for (const bad of [
    'javascript:alert(1)',
    'https://a@b',
    'https://e.example/<',
    'https://e.example/ a',
    'https://é',
    'https://e/%2',
    'https://',
    '//e',
    'https://e.example/"',
    'https://e-.example-/',
  ])
    assert.ok(!isWebAddress(bad), bad)
  const begun = process.cpuUsage().user
  for (const piece of ['a', '%41', '-', '?', '#']) isWebAddress(`https://a${piece.repeat(1_900 / piece.length)}<`)
  assert.ok(process.cpuUsage().user - begun < 200_000)
})
