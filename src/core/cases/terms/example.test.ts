import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parseTerms } from './parse-terms.ts'
import { TERMS_SCHEMA } from './terms-shape.ts'

test('the example that maintainers are shown is read, fits the schema, and shows every part', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../../docs/maintainers.md'), 'utf8')
  const json: unknown = JSON.parse(/```json\n(.*?)```/s.exec(page)![1]!)
  const read = parseTerms(json, (zone) => zone === 'Europe/Berlin')
  assert.ok(read.ok, JSON.stringify(read))
  assert.ok(new Ajv2020({ strict: true, allowUnionTypes: true }).compile(TERMS_SCHEMA)(json))
  assert.deepEqual(Object.keys(json as object).sort(), Object.keys(TERMS_SCHEMA['properties'] as object).sort())
})
