import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BLANK, UNSTATED } from '../../../formats/blank-finding.ts'
import { NO_DEFAULTS, stillNeeds, withDefaults } from './sender.ts'

const stated = {
  ...NO_DEFAULTS,
  target: 'pkg:npm/qr@2.1.0',
  tool: 'Probe',
  model: 'm-1',
  humanValidated: false,
  aiAssisted: true,
}

test('what the upload states fills in where an item is silent', () => {
  const { target, provenance } = withDefaults(BLANK, stated)
  assert.deepEqual(target, { purl: 'pkg:npm/qr', repository: null, version: '2.1.0' })
  assert.deepEqual(provenance, { ...UNSTATED, tool: 'Probe', model: 'm-1', humanValidated: false, aiAssisted: true })
})

test('the item’s own word goes first, also where it says no', () => {
  const own = {
    ...BLANK,
    target: { purl: 'pkg:npm/other', repository: null, version: null },
    provenance: { ...UNSTATED, tool: 'Own', humanValidated: true, aiAssisted: false },
  }
  const { target, provenance } = withDefaults(own, { ...stated, version: '7' })
  assert.deepEqual(target, { purl: 'pkg:npm/other', repository: null, version: '7' })
  assert.deepEqual([provenance.tool, provenance.humanValidated, provenance.aiAssisted], ['Own', true, false])
})

test('a target that is no purl is taken for a repository; without any nothing is invented', () => {
  const { target } = withDefaults(BLANK, { ...NO_DEFAULTS, target: 'https://git.example/qr.git', version: 'main' })
  assert.deepEqual(target, { purl: null, repository: 'https://git.example/qr.git', version: 'main' })
  assert.equal(withDefaults(BLANK, { ...NO_DEFAULTS, version: '7' }).target, null)
})

test('a stated target ends the need for one, and only that', () => {
  const needs = ['needs.target', 'needs.description'] as const
  assert.deepEqual(stillNeeds(needs, withDefaults(BLANK, stated)), ['needs.description'])
  assert.deepEqual(stillNeeds(needs, withDefaults(BLANK, NO_DEFAULTS)), needs)
})
