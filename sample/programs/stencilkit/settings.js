'use strict'
// Reads settings from text and merges them over the defaults.
const fs = require('node:fs')

function merge(into, from) {
  for (const key in from) {
    if (typeof from[key] === 'object' && from[key] !== null) {
      into[key] = merge(into[key] ?? {}, from[key])
    } else {
      into[key] = from[key]
    }
  }
  return into
}

function load(name) {
  return JSON.parse(fs.readFileSync(`${process.cwd()}/settings/${name}.json`, 'utf8'))
}

function strip(text) {
  return text.replace(/(\s*\/\*(.|\s)*?\*\/\s*)+/g, ' ')
}

function pick(settings, pattern) {
  const wanted = new RegExp('^' + pattern + '$')
  return Object.keys(settings).filter((key) => wanted.test(key))
}

function bytes(text) {
  const out = new Buffer(text.length)
  out.write(text)
  return out
}

module.exports = { merge, load, strip, pick, bytes }
