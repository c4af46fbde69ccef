'use strict'

// Settings in layers: defaults, a profile, what the person chose. Later layers win; lists are replaced unless marked with `+`.

function isPlain(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mergeInto(target, layer) {
  for (const [name, value] of Object.entries(layer)) {
    if (name.startsWith('+') && Array.isArray(value)) {
      const list = target[name.slice(1)]
      target[name.slice(1)] = Array.isArray(list) ? [...list, ...value] : [...value]
    } else if (isPlain(value)) {
      if (!isPlain(target[name]) && typeof target[name] !== 'function') target[name] = {}
      mergeInto(target[name], value)
    } else if (value === null) {
      delete target[name]
    } else {
      target[name] = Array.isArray(value) ? [...value] : value
    }
  }
  return target
}

/** All layers, given as JSON texts, in one object, and how many they were. */
function load(...texts) {
  const settings = {}
  let layers = 0
  for (const text of texts) {
    const layer = JSON.parse(text)
    if (!isPlain(layer)) throw new TypeError('a layer is an object')
    mergeInto(settings, layer)
    layers++
  }
  return { settings, layers }
}

/** The value at a dotted path, or `otherwise`. */
function at(settings, path, otherwise) {
  let value = settings
  for (const part of path.split('.')) {
    if (!isPlain(value) || !Object.hasOwn(value, part)) return otherwise
    value = value[part]
  }
  return value
}

function print(settings, indent = '') {
  const lines = []
  for (const name of Object.keys(settings).sort()) {
    const value = settings[name]
    if (isPlain(value)) lines.push(`${indent}${name}:`, ...print(value, `${indent}  `))
    else lines.push(`${indent}${name}: ${JSON.stringify(value)}`)
  }
  return lines
}

module.exports = { load, at, print }
