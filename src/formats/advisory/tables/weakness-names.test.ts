import assert from 'node:assert/strict'
import { test } from 'node:test'
// @ts-expect-error: the official checker ships no types
import { weaknesses } from '@secvisogram/csaf-validator-lib/cwe.js'
import { weaknessName } from './weakness-names.ts'

test('every name is the one that CSAF checkers know, letter by letter', () => {
  assert.ok(weaknesses.length > 900)
  for (const { id, name } of weaknesses) assert.equal(weaknessName(id), name)
  assert.equal(weaknessName('CWE-0'), null)
})
