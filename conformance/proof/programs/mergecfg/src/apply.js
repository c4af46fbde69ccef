'use strict'
const fs = require('node:fs')
const { at, load, print } = require('./mergecfg.js')

// Layers, one a line, are merged and printed; `? PATH` asks for one value of what there is. What every object of this process
// has got is told too: there should be nothing.

const layers = []
let wrong = 0
for (const line of fs.readFileSync(process.argv[2], 'utf8').slice(0, 65536).split('\n')) {
  if (line === '') continue
  if (line.startsWith('? ')) {
    console.log(JSON.stringify(at(load(...layers).settings, line.slice(2), null)))
    continue
  }
  try {
    const layer = JSON.parse(line)
    if (layer === null || typeof layer !== 'object' || Array.isArray(layer)) throw new TypeError('no layer')
    layers.push(line)
  } catch {
    console.log('a line is left out')
    wrong++
  }
}
const { settings, layers: many } = load(...layers)
for (const line of print(settings)) console.log(line)
console.log(`${many} layers`)
for (const name in {}) console.log('EVERY OBJECT HAS', name)
process.exitCode = wrong > 0 ? 1 : 0
