'use strict'
const fs = require('node:fs')

// `a=1&b[]=2&b[]=3&c[d]=4` as nested values. One query a line.

const MOST_DEPTH = 5

function split(name) {
  const open = name.indexOf('[')
  if (open <= 0 || !name.endsWith(']')) return [name]
  return [name.slice(0, open), ...name.slice(open + 1, -1).split('][')].slice(0, MOST_DEPTH)
}

function decode(text) {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

function put(into, keys, value) {
  const [key, ...rest] = keys
  if (rest.length === 0) {
    if (into.has(key)) into.set(key, [].concat(into.get(key), value))
    else into.set(key, value)
    return
  }
  if (rest[0] === '') {
    if (!Array.isArray(into.get(key))) into.set(key, [])
    into.get(key).push(value)
    return
  }
  if (!(into.get(key) instanceof Map)) into.set(key, new Map())
  put(into.get(key), rest, value)
}

/** A query as a map of texts, lists and maps. */
function parse(query) {
  const out = new Map()
  for (const pair of query.replace(/^\?/, '').split('&').slice(0, 200)) {
    if (pair === '') continue
    const equals = pair.indexOf('=')
    const name = decode(equals < 0 ? pair : pair.slice(0, equals))
    const value = equals < 0 ? true : decode(pair.slice(equals + 1))
    put(out, split(name), value)
  }
  return out
}

function plain(value) {
  if (value instanceof Map) return Object.fromEntries([...value].map(([k, v]) => [k, plain(v)]))
  return Array.isArray(value) ? value.map(plain) : value
}

if (require.main === module) {
  for (const line of fs.readFileSync(process.argv[2], 'latin1').slice(0, 65536).split('\n')) {
    if (line.trim()) console.log(JSON.stringify(plain(parse(line.trim()))))
  }
}

module.exports = { parse, plain }
