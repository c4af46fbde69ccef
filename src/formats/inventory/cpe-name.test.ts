import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cpeName } from './cpe-name.ts'

test('CPE 2.3 stays as it is stated, CPE 2.2 is unbound to it, anything else is none', () => {
  const cases: readonly (readonly [string, string | null])[] = [
    ['cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*', 'cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*'],
    ['cpe:2.3:o:v:a\\:b:*:*:*:*:*:*:*:*', 'cpe:2.3:o:v:a\\:b:*:*:*:*:*:*:*:*'],
    ['cpe:/a:Vendor:product:1.0', 'cpe:2.3:a:vendor:product:1.0:*:*:*:*:*:*:*'],
    ['cpe:/a:v:p:1.0:-:~~~node.js~~:en', 'cpe:2.3:a:v:p:1.0:-:*:en:*:node.js:*:*'],
    ['cpe:/h:v:p%21%01', 'cpe:2.3:h:v:p\\!?:*:*:*:*:*:*:*:*'],
    ['cpe:/o', 'cpe:2.3:o:*:*:*:*:*:*:*:*:*:*'],
    ['cpe:2.3:a:too:few', null],
    ['cpe:2.3:q:v:p:1:*:*:*:*:*:*:*', null],
    ['cpe:/a:v:p:1:%zz', null],
    ['cpe:/a:v:p:1:%07', null],
    ['pkg:npm/a@1', null],
    [`cpe:/a:${'x'.repeat(5000)}`, null],
  ]
  for (const [stated, name] of cases) assert.equal(cpeName(stated), name, stated)
})
