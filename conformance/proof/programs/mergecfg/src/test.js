'use strict'
const assert = require('node:assert')
const { load, at, print } = require('./mergecfg.js')

assert.deepStrictEqual(load('{"a":1}', '{"b":2}'), { a: 1, b: 2 })
assert.deepStrictEqual(load('{"a":1}', '{"a":null}'), {})
assert.strictEqual(at(load('{"a":1}'), 'a'), 1)
assert.strictEqual(at({}, 'a.b', 'none'), 'none')
assert.deepStrictEqual(print({ b: 1, a: 'x' }), ['a: "x"', 'b: 1'])
console.log('ok')
