import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Instant } from '../../kernel/instant.ts'
import { about, component, NOON } from '../advisory-samples.ts'
import type { Component } from '../component.ts'
import { explain } from '../explain.ts'
import { applyVex, type VexTrust } from './apply-vex.ts'
import { statementOfInventory } from './inventory-vex.ts'
import type { VexStatement } from './vex-statement.ts'

const ADVISORY = { ...about('npm', 'a', [[{ introduced: '0' }, { fixed: '2.0.0' }]]), aliases: ['CVE-2024-0001'] }
const PART = component('pkg:npm/a@1.0.0', { version: '1.0.0' })
const SUBJECT = component('pkg:oci/shop@sha256:aa', { version: 'sha256:aa' })
const TRUST: VexTrust = {
  authors: ['Maker', 'Us'],
  subject: SUBJECT,
  refs: new Map([['ref-1', 'pkg:npm/a@1.0.0']]),
  subjectRefs: new Set(['urn:cdx:s/1#shop']),
}

function says(status: VexStatement['status'], over: Partial<VexStatement> = {}): VexStatement {
  const products = [{ identity: 'purl:pkg:npm/a@1.0.0', versions: null, parts: [] }]
  return {
    source: 'openvex',
    document: 'doc',
    author: 'Maker',
    at: NOON,
    ids: ['CVE-2024-0001'],
    status,
    justification: null,
    detail: null,
    products,
    ...over,
  }
}

function applied(statements: VexStatement[], held: Component = PART, trust = TRUST) {
  const target = { record: ADVISORY, match: explain(ADVISORY, held), component: held, ids: ADVISORY.aliases }
  const { matches, unused } = applyVex([target], statements, trust)
  return [matches[0]?.match.affected, matches[0]?.match.steps.at(-1)?.step, unused.map(({ why }) => why).join(' ')]
}

const about1 = (identity: string, parts: string[] = [], versions: string | null = null) => ({
  products: [{ identity, versions, parts }],
})

test('a statement decides: not affected and fixed make a no, under investigation nothing', () => {
  assert.deepEqual(applied([says('not-affected')]), ['no', 'vex-not-affected', ''])
  assert.deepEqual(applied([says('fixed')]), ['no', 'vex-fixed', ''])
  assert.deepEqual(applied([says('under-investigation')]), ['yes', 'in-range', ''])
  assert.deepEqual(applied([says('affected')], component('pkg:npm/a')), ['unknown', 'unreadable-version', 'other-version'])
  assert.deepEqual(applied([says('affected', about1('purl:pkg:npm/a'))], component('pkg:npm/a')), ['yes', 'vex-affected', ''])
})

test('a product is known in the spellings of different tools', () => {
  const same: [identity: string, held?: string][] = [
    ['purl:pkg:npm/a'],
    ['purl:pkg:npm/a@1.0.0?repository_url=https://registry.npmjs.org'],
    ['ref:ref-1'],
    ['purl:pkg:PyPI/Ruamel_Yaml@1.0', 'pkg:pypi/ruamel-yaml@1.0.0'],
    ['purl:pkg:deb/debian/openssl@3.0.9-1', 'pkg:deb/debian/openssl@3.0.9-1?arch=amd64&distro=debian-12'],
  ]
  for (const [identity, held] of same) {
    const target = {
      record: ADVISORY,
      match: explain(ADVISORY, PART),
      component: held ? component(held) : PART,
      ids: ['CVE-2024-0001'],
    }
    assert.equal(applyVex([target], [says('not-affected', about1(identity))], TRUST).matches[0]?.match.affected, 'no', identity)
  }
  assert.deepEqual(applied([says('not-affected', about1('purl:pkg:npm/a', [], 'vers:npm/<1.5.0'))]), [
    'no',
    'vex-not-affected',
    '',
  ])
})

test('the whole stands for its parts, and a part only within the product it was stated of', () => {
  assert.equal(applied([says('not-affected', about1('purl:pkg:oci/shop'))])[0], 'no')
  assert.equal(applied([says('not-affected', about1('purl:pkg:oci/shop', ['purl:pkg:npm/a']))])[0], 'no')
  assert.deepEqual(applied([says('not-affected', about1('purl:pkg:oci/other', ['purl:pkg:npm/a']))]), [
    'yes',
    'in-range',
    'other-product',
  ])
  assert.equal(applied([says('not-affected', { products: [] })])[0], 'no')
  assert.equal(applied([says('not-affected', about1('ref:urn:cdx:s/1#shop'))])[0], 'no')
  const third = { ...TRUST, subject: component('pkg:oci/shop@3.0', { version: '3.0' }) }
  assert.equal(
    applied([says('not-affected', about1('ref:urn:cdx:s/1#shop', [], 'vers:generic/<2'))], PART, third)[2],
    'other-version',
  )
  assert.equal(applied([says('not-affected', about1('ref:urn:cdx:other/1#shop'))])[0], 'yes')
  const unknown = { ...TRUST, subject: null }
  assert.equal(
    applied([says('not-affected', about1('purl:pkg:oci/shop', ['purl:pkg:npm/a']))], PART, unknown)[2],
    'subject-unknown',
  )
})

test('what was not applied says why', () => {
  const cases: [over: Partial<VexStatement>, why: string][] = [
    [{ author: 'Stranger' }, 'author-not-trusted'],
    [{ ids: ['CVE-2024-0009'] }, 'no-such-flaw'],
    [about1('purl:pkg:npm/b@1.0.0'), 'other-product'],
    [about1('purl:pkg:npm/a@1.0.1'), 'other-version'],
    [about1('purl:pkg:npm/a', [], '>=2.0.0'), 'other-version'],
    [about1('purl:pkg:npm/a?arch=arm64'), 'same'],
    [about1('purl:no purl'), 'unreadable-product'],
    [about1('ref:unknown'), 'other-product'],
    [about1('purl:pkg:npm/a', [], 'who knows what'), 'unreadable-product'],
  ]
  for (const [over, why] of cases) {
    const [affected, , told] = applied([says('not-affected', over)])
    assert.deepEqual([affected, told], why === 'same' ? ['no', ''] : ['yes', why], JSON.stringify(over))
  }
  const arm = component('pkg:npm/a@1.0.0?arch=amd64')
  assert.equal(applied([says('not-affected', about1('purl:pkg:npm/a?arch=arm64'))], arm)[2], 'other-qualifier')
})

test('of one author the newest statement counts, of several the most trusted', () => {
  const earlier = (NOON - 1000) as Instant
  assert.deepEqual(applied([says('not-affected', { at: earlier }), says('affected')]), ['yes', 'in-range', 'older-statement'])
  assert.deepEqual(applied([says('affected'), says('not-affected', { at: earlier })]), ['yes', 'in-range', 'older-statement'])
  assert.deepEqual(applied([says('not-affected', { author: 'us' }), says('affected', { at: earlier })]), [
    'yes',
    'in-range',
    'less-trusted',
  ])
  assert.deepEqual(applied([says('not-affected', { at: null }), says('affected', { at: null })])[0], 'yes')
  assert.deepEqual(applied([says('affected', { at: null }), says('not-affected', { at: null })])[0], 'yes')
})

test("an inventory's own statements are VEX by its author", () => {
  const said = { author: 'Maker', document: 'urn:x', at: NOON }
  const stated = {
    ids: ['CVE-2024-0001'],
    state: 'false_positive',
    justification: null,
    detail: null,
    about: ['pkg:npm/a@1.0.0', 'ref-2'],
    versions: null,
  }
  const statement = statementOfInventory(stated, said)
  assert.deepEqual(
    [statement?.status, statement?.products.map(({ identity }) => identity)],
    ['not-affected', ['purl:pkg:npm/a@1.0.0', 'ref:ref-2']],
  )
  assert.deepEqual(applied([statement!])[0], 'no')
  assert.equal(statementOfInventory({ ...stated, state: null }, said), null)
})

test('a document of many products and statements is applied in linear time', () => {
  const products = Array.from({ length: 20_000 }, (_, n) => ({
    identity: `purl:pkg:npm/p${n}@1.0.0`,
    versions: null,
    parts: [],
  }))
  const many = Array.from({ length: 20_000 }, (_, n) => says('fixed', about1(`purl:pkg:npm/q${n}`)))
  const targets = Array.from({ length: 20 }, (_, n) => {
    const held = component(`pkg:npm/p${n}@1.0.0`)
    return { record: ADVISORY, match: explain(ADVISORY, PART), component: held, ids: ADVISORY.aliases }
  })
  const began = performance.now()
  const { matches, unused } = applyVex(targets, [says('not-affected', { products }), ...many], TRUST)
  assert.deepEqual([matches.every(({ match }) => match.affected === 'no'), unused.length], [true, 20_000])
  assert.ok(performance.now() - began < 8000)
})
