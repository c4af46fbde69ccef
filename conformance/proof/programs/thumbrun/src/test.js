'use strict'
const assert = require('node:assert')
const { run } = require('./thumbrun.js')

process.chdir(`${__dirname}/shelf`)
assert.strictEqual(run('count boats.txt'), '18')
assert.strictEqual(run('head 1 boats.txt'), 'Otter')
assert.strictEqual(run('label Low <tide>'), '[Low _tide_]')
console.log('ok')
