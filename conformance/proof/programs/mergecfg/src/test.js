'use strict'
const assert = require('node:assert')
const { load, at, print } = require('./mergecfg.js')

assert.deepStrictEqual(load('{"a":1}', '{"b":2}').settings, { a: 1, b: 2 })
assert.deepStrictEqual(load('{"a":1}', '{"a":null}').settings, {})
assert.strictEqual(at(load('{"a":1}').settings, 'a'), 1)
assert.strictEqual(at({}, 'a.b', 'none'), 'none')
assert.deepStrictEqual(print({ b: 1, a: 'x' }), ['a: "x"', 'b: 1'])
console.log('ok')
