const assert = require('node:assert')
const { load } = require('/work/src/mergecfg.js')
try {
  load('{"port":80}', '{"__proto__":{"isAdmin":true}}')
} catch (error) {
  console.log('refused:', error.message)
}
const visitor = {}
assert.strictEqual(visitor.isAdmin, undefined)
