'use strict'
const fs = require('node:fs')
const { slug, isSlug, unique, parts } = require('./slugline.js')

// Works off a list, one a line: `= TITLE` makes an address, `? ADDRESS` takes it apart, everything else is an address to check.
// One that takes more than a tenth of a second of processor time is told.

const taken = new Set()

function answer(line) {
  if (line.startsWith('= ')) {
    const made = unique(slug(line.slice(2)), taken)
    taken.add(made)
    return made
  }
  return line.startsWith('? ') ? parts(line.slice(2)) : isSlug(line)
}

for (const line of fs.readFileSync(process.argv[2], 'utf8').slice(0, 4096).split('\n')) {
  if (line === '') continue
  const began = process.cpuUsage()
  const said = JSON.stringify(answer(line))
  console.log(said + (process.cpuUsage(began).user > 100_000 ? ' TOO SLOW' : ''))
}
