import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { attemptTables } from './page.ts'
import { AREAS, ATTEMPTS } from './table.ts'

const page = readFileSync(resolve(import.meta.dirname, '../../docs/escape-suite.md'), 'utf8')

test('the page about the escape suite has the tables that follow from the attempts', () => {
  const [, after = ''] = page.split('<!-- made by conformance/escape/page.ts -->\n\n')
  assert.equal(after.split('\n<!-- end -->')[0], attemptTables())
})

test('every attempt has a name of its own in its area, and every area has attempts', () => {
  const names = ATTEMPTS.map((one) => `${one.area} ${one.name}`)
  assert.equal(new Set(names).size, names.length)
  for (const area of Object.keys(AREAS))
    assert.ok(
      ATTEMPTS.some((one) => one.area === area),
      area,
    )
})
