'use strict'
const assert = require('node:assert')
const path = require('node:path')
const { answer } = require('./stowpath.js')

const root = path.join(__dirname, 'public')
assert.strictEqual(answer(root, 'GET /style.css'), '200 text/css 19\nh1 { color: navy }')
assert.strictEqual(answer(root, 'POST /'), '405 POST')
assert.strictEqual(answer(root, 'GET /none'), '404')
console.log('ok')
