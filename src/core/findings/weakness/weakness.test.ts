import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cweRelation, isAncestor } from './cwe-relation.ts'
import { ancestorsOf } from './cwe-tree.ts'
import { isKin, weaknessFamily } from './weakness-family.ts'

test('relations follow the Research view', () => {
  assert.equal(cweRelation('CWE-122', 'CWE-787'), 'ancestor')
  assert.equal(isAncestor('CWE-787', 'CWE-122'), true)
  assert.equal(isAncestor('CWE-122', 'CWE-787'), false)
  assert.equal(cweRelation('CWE-121', 'CWE-122'), 'sibling')
  assert.equal(cweRelation('CWE-79', 'CWE-787'), 'other')
  assert.equal(cweRelation('CWE-79', 'CWE-079'), 'same')
  assert.equal(cweRelation('CWE-99999', 'CWE-79'), 'other')
})

test('children of a pillar are no siblings', () => {
  assert.equal(cweRelation('CWE-20', 'CWE-74'), 'other')
})

test('a family is that of the nearest head above', () => {
  assert.equal(weaknessFamily('CWE-122'), 'spatial-write')
  assert.equal(weaknessFamily('CWE-126'), 'spatial-read')
  assert.equal(weaknessFamily('CWE-415'), 'double-free')
  assert.equal(weaknessFamily('CWE-564'), 'sql-injection')
  assert.equal(weaknessFamily('CWE-35'), 'path-traversal')
  assert.equal(weaknessFamily('CWE-99999'), null)
  assert.equal(weaknessFamily('nonsense'), null)
})

test('a coarse family is kin to its finer ones only', () => {
  assert.equal(isKin('spatial', 'spatial-write'), true)
  assert.equal(isKin('xss', 'null'), false)
})

test('no weakness is above itself', () => {
  for (let cwe = 1; cwe < 1500; cwe++) assert.equal(ancestorsOf(cwe).includes(cwe), false, String(cwe))
})
