'use strict'
const { execFileSync, execSync } = require('node:child_process')
const fs = require('node:fs')

// Reads orders and describes files with the system's own commands: `count FILE`, `head N FILE`, `sum FILE`, `label TEXT`.

function count(file) {
  return execFileSync('wc', ['-c', '--', file], { encoding: 'utf8' }).trim().split(' ')[0]
}

function head(lines, file) {
  return execFileSync('head', ['-n', String(lines), '--', file], { encoding: 'utf8' }).trimEnd()
}

function sum(file) {
  return execSync(`cksum < ${file}`, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
}

function label(text) {
  return `[${text.replace(/[^\w .'-]/g, '_').slice(0, 40)}]`
}

function run(line) {
  const [verb, ...words] = line.split(' ')
  const rest = words.join(' ')
  switch (verb) {
    case 'count':
      return count(rest)
    case 'head':
      if (!/^\d{1,3}$/.test(words[0] ?? '')) return 'how many lines?'
      return head(Number(words[0]), words.slice(1).join(' '))
    case 'sum':
      return sum(rest)
    case 'label':
      return label(rest)
    default:
      return `unknown order ${label(verb)}`
  }
}

if (require.main === module) {
  process.chdir(`${__dirname}/shelf`)
  for (const line of fs.readFileSync(process.argv[2], 'utf8').slice(0, 8192).split('\n').slice(0, 12)) {
    if (!line.trim()) continue
    try {
      console.log(run(line.trim()))
    } catch (error) {
      console.log(`failed: ${error.status ?? error.code}`)
    }
  }
}

module.exports = { run }
