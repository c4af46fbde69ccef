import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type AssetTags, NO_TAGS } from '../component.ts'
import { BOD_26_04_DIRECTIVE } from '../directives/bod-26-04.ts'
import type { Directive } from '../directives/directive.ts'
import { readPolicy } from '../directives/policy/parse-policy.ts'
import { SSVC_DEPLOYER } from '../directives/ssvc-deployer.ts'
import { classKey } from './asset-class.ts'
import { classOf, impactOf } from './facts.ts'

const TAGS: AssetTags = {
  ...NO_TAGS,
  organisation: 'Valley',
  unit: 'Plant',
  environment: 'production',
  exposure: 'public',
  type: 'server',
}

test('assets that a rule cannot tell apart are one class', () => {
  const key = (tags: Partial<AssetTags>) => classKey(BOD_26_04_DIRECTIVE, { ...TAGS, ...tags })
  assert.equal(key({}), key({ unit: 'Office', environment: null, type: null }))
  assert.equal(new Set([key({}), key({ exposure: 'internal' }), key({ exposure: null })]).size, 3)
})

test('assets of which the end of support is said are a class of their own, the others keep the name they had', () => {
  const key = (tags: Partial<AssetTags>) => classKey(BOD_26_04_DIRECTIVE, { ...TAGS, ...tags })
  assert.equal(key({ edge: 'yes', listed: 'yes', maker: 'x' }), 'public')
  assert.equal(new Set([key({}), key({ support: 'ended' }), key({ support: '2027-01-01' })]).size, 3)
  assert.notEqual(key({ support: 'ended' }), key({ support: 'ended', edge: 'yes' }))
})

test('the impact of an asset counts for SSVC alone: it makes a class, and is an input that its operator said', () => {
  const key = (directive: Directive, tags: Partial<AssetTags>) => classKey(directive, { ...TAGS, ...tags })
  assert.equal(key(BOD_26_04_DIRECTIVE, { impact: 'high' }), key(BOD_26_04_DIRECTIVE, {}))
  assert.equal(new Set([null, 'low', 'high'].map((impact) => key(SSVC_DEPLOYER, { impact } as Partial<AssetTags>))).size, 3)
  const said = { source: 'tags', at: null }
  const of = (directive: Directive, impact: AssetTags['impact']) => impactOf(directive, { ...TAGS, impact }, said)
  assert.deepEqual(of(SSVC_DEPLOYER, 'very-high'), { value: 'VH', by: 'operator', ...said })
  assert.deepEqual([of(SSVC_DEPLOYER, null), of(BOD_26_04_DIRECTIVE, 'high')], [null, null])
})

test('an own policy tells apart by the tags its rules ask for, and no others', () => {
  const rules = [{ name: 'plant', when: { unit: 'Plant' }, time: { days: 3 } }]
  const read = readPolicy({ format: 'weir-exposure-policy/1', name: 'x', version: '1', rules })
  assert.ok(read.ok)
  const key = (tags: Partial<AssetTags>) => classKey(read.directive, { ...TAGS, ...tags })
  assert.equal(key({}), key({ environment: null, type: 'router' }))
  assert.equal(new Set([key({}), key({ unit: null }), key({ unit: 'Office' })]).size, 3)
})

test('tags keep who said them; an exposure that nobody said stays unsaid', () => {
  const said = { source: 'tags.csv', at: null }
  assert.deepEqual(classOf(TAGS, said).exposure, { value: 'public', by: 'operator', ...said })
  assert.deepEqual(classOf({ ...TAGS, exposure: null }, said), {
    exposure: null,
    environment: 'production',
    unit: 'Plant',
    type: 'server',
  })
})
