'use strict'
const assert = require('node:assert')
const { parse, plain } = require('./querymap.js')

assert.deepStrictEqual(plain(parse('a=1&b=2')), { a: '1', b: '2' })
assert.deepStrictEqual(plain(parse('?a[]=1&a[]=2')), { a: ['1', '2'] })
assert.deepStrictEqual(plain(parse('x')), { x: true })
console.log('ok')
