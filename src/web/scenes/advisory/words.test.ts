import assert from 'node:assert/strict'
import { test } from 'node:test'
import { productName, rangeWords } from './words.ts'

test('a range says whether its end is still affected', () => {
  const range = { scheme: 'semver', repository: null, introduced: '3.2.0', fixed: '3.8.2', lastAffected: null } as const
  assert.equal(rangeWords(range), 'from 3.2.0 before 3.8.2')
  assert.equal(rangeWords({ ...range, fixed: null, lastAffected: '3.8.1' }), 'from 3.2.0 up to 3.8.1')
  assert.equal(rangeWords({ ...range, introduced: null, fixed: null }), 'all')
})

test('a product is named by its purl before its vendor', () => {
  const bare = { ranges: [], versions: [], status: 'affected', justification: null, statement: null } as const
  assert.equal(productName({ ...bare, purl: 'pkg:npm/a', vendor: 'V', product: 'P' }), 'pkg:npm/a')
  assert.equal(productName({ ...bare, purl: null, vendor: 'V', product: 'P' }), 'V P')
})
