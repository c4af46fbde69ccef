'use strict'
const assert = require('node:assert')
const { slug, unique } = require('./slugline.js')

assert.strictEqual(slug('Low tide at noon'), 'low-tide-at-noon')
assert.strictEqual(slug('Über die Brücke!'), 'ueber-die-bruecke')
assert.strictEqual(slug('one two three', 8), 'one-two')
assert.strictEqual(unique('a', new Set(['a'])), 'a-2')
console.log('ok')
