import assert from 'node:assert/strict'
import { test } from 'node:test'
// @ts-expect-error: the official checker ships no types
import * as basic from '@secvisogram/csaf-validator-lib/basic.js'
// @ts-expect-error: the official checker ships no types
import validateStrict from '@secvisogram/csaf-validator-lib/validateStrict.js'
import fc from 'fast-check'
import { contentProblem } from '../../core/advisories/written.ts'
import { anyEdition } from '../../devkit/any-edition.ts'
import { sampleEdition } from '../../devkit/sample-edition.ts'
import { renderCsaf } from './render-csaf.ts'

interface Verdict {
  readonly isValid: boolean
  readonly tests: readonly { readonly name: string; readonly isValid: boolean; readonly errors: readonly object[] }[]
}

const CHECKS = Object.values(basic as Record<string, unknown>)

async function complaints(document: unknown): Promise<string[]> {
  const verdict: Verdict = await validateStrict(CHECKS, document)
  const bad = verdict.tests.filter(({ isValid }) => !isValid)
  return bad.map(({ name, errors }) => `${name} ${JSON.stringify(errors.slice(0, 2))}`)
}

test('the official library finds nothing wrong in any of 300 documents, by its schema and all mandatory tests', async () => {
  assert.ok(CHECKS.length >= 42)
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const edition = sampleEdition(seed)
      assert.equal(contentProblem(edition.content), null)
      assert.deepEqual(await complaints(JSON.parse(renderCsaf(edition))), [])
    }),
    { numRuns: 300 },
  )
})

test('the library does complain where something is wrong', async () => {
  const document = JSON.parse(renderCsaf(sampleEdition(1)))
  document.document.tracking.version = '99'
  document.vulnerabilities[0].product_status.fixed = ['nowhere']
  const found = (await complaints(document)).join('\n')
  assert.match(found, /6_1_1 /)
  assert.match(found, /6_1_16 /)
})

test('the same edition gives the same bytes, whatever the order of its fields', () => {
  fc.assert(
    fc.property(fc.integer(), (seed) => {
      const edition = sampleEdition(seed)
      const turned = JSON.parse(JSON.stringify(edition), (_, value) =>
        typeof value === 'object' && value !== null && !Array.isArray(value)
          ? Object.fromEntries(Object.entries(value).reverse())
          : value,
      )
      assert.equal(renderCsaf(turned), renderCsaf(edition))
    }),
    { numRuns: 50 },
  )
})

test('any text at all, wherever text can stand, gives documents in which the library finds nothing wrong', async () => {
  await fc.assert(
    fc.asyncProperty(anyEdition, async (edition) => {
      assert.deepEqual(await complaints(JSON.parse(renderCsaf(edition))), [])
    }),
    { numRuns: 300 },
  )
})
