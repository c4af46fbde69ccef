import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sampleEdition } from '../../devkit/sample-edition.ts'
import { renderCsaf } from '../../formats/advisory/render-csaf.ts'
import { checkCsaf } from './check-csaf.ts'

test('the official check finds nothing in what is rendered, names the test that fails, and survives what is no document', async () => {
  const good = renderCsaf(sampleEdition(1))
  const wrong = JSON.parse(good)
  wrong.document.tracking.version = '99'
  const [none, some, broken, empty] = await Promise.all([
    checkCsaf(good),
    checkCsaf(JSON.stringify(wrong)),
    checkCsaf('{'),
    checkCsaf('[]'),
  ])
  assert.deepEqual(none, [])
  assert.ok(some?.some((line) => line.includes('6_1_16')))
  assert.ok((broken?.length ?? 0) > 0 && (empty?.length ?? 0) > 0)
})
