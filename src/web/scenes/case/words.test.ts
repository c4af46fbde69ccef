import assert from 'node:assert/strict'
import { test } from 'node:test'
import { versionsBeside } from './words.ts'

test('a version that the target names is not said a second time', () => {
  assert.equal(versionsBeside('pkg:npm/tidegate@2.3.0', '2.3.0'), null)
  assert.equal(versionsBeside('pkg:npm/%40a/b@1.0.0%2B1?arch=x', '1.0.0+1'), null)
  assert.equal(versionsBeside('pkg:npm/tidegate@2.3.0', '2.3.0, 2.3.1'), 'also 2.3.1')
  assert.equal(versionsBeside('pkg:npm/%40a/b', '2.3.0'), '2.3.0')
  assert.equal(versionsBeside('https://example.org/x@2.3.0', '2.3.0'), '2.3.0')
  assert.equal(versionsBeside(null, null), null)
})
