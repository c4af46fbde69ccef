'use strict'
// Renders templates whose tags hold JavaScript expressions: <%= user.name %>, <% if %>, and merges settings.
const crypto = require('node:crypto')
const { merge } = require('./settings')

function expression(source, scope) {
  const bound = Object.keys(scope).map((key) => `const ${key} = scope[${JSON.stringify(key)}]`).join(';')
  return eval(`(() => { ${bound}; return (${source}) })()`)
}

function compile(source) {
  return new Function('scope', 'return `' + source.replace(/<%=(.*?)%>/g, '${$1}') + '`')
}

function lookup(scope, dotted) {
  let value = scope
  for (const key of dotted.split('.')) value = value[key]
  return value
}

function nonce() {
  return crypto.pseudoRandomBytes(8).toString('hex')
}

function cacheKey(source) {
  return crypto.createHash('md5').update(source).digest('hex')
}

function schedule(code, ms) {
  return setTimeout('render(' + code + ')', ms)
}

module.exports = { expression, compile, lookup, nonce, cacheKey, schedule, merge }
