import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ActAction, SetRule } from './exposure.ts'

test('the bodies that docs/hosted.md shows are taken, and every act is shown', () => {
  const page = readFileSync(new URL('../../../docs/hosted.md', import.meta.url), 'utf8')
  const shown = [...page.matchAll(/^\{"[^\n]*\}$/gm)].map(([line]) => JSON.parse(line) as { do?: string })
  const acts = shown.filter((one) => one.do !== undefined).map((one) => ActAction.parse(one).do)
  assert.deepEqual(acts.toSorted(), ActAction.options.map(({ shape }) => shape.do.value).toSorted())
  const rules = shown.filter((one) => one.do === undefined).map((one) => SetRule.parse(one))
  assert.equal(rules.length, 1)
})
