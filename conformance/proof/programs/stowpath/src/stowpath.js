'use strict'
const fs = require('node:fs')
const path = require('node:path')

// Answers requests for files below a folder: one request line after the other, as a small server does.

const TYPES = { '.html': 'text/html', '.css': 'text/css', '.txt': 'text/plain' }

function typeOf(file) {
  return TYPES[path.extname(file)] ?? 'application/octet-stream'
}

/** The file for a request's path; null where there is none. */
function locate(root, url) {
  const bare = url.split(/[?#]/, 1)[0]
  let decoded
  try {
    decoded = decodeURIComponent(bare)
  } catch {
    return null
  }
  if (decoded.includes('\0')) return null
  let file = path.join(root, decoded)
  if (file.endsWith('/')) file += 'index.html'
  const facts = fs.statSync(file, { throwIfNoEntry: false })
  if (facts?.isDirectory()) return locate(root, `${bare}/`)
  return facts?.isFile() ? file : null
}

function range(header, size) {
  const found = /^bytes=(\d{1,9})-(\d{0,9})$/.exec(header ?? '')
  if (!found) return null
  const from = Number(found[1])
  const to = found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1)
  return from <= to ? { from, to } : null
}

function answer(root, line) {
  const [method, url, header] = line.split(' ')
  if (method !== 'GET' && method !== 'HEAD') return `405 ${method}`
  if (!url?.startsWith('/')) return '400'
  const file = locate(root, url)
  if (file === null) return '404'
  const body = fs.readFileSync(file)
  const part = range(header, body.length)
  const shown = part ? body.subarray(part.from, part.to + 1) : body
  const head = `${part ? 206 : 200} ${typeOf(file)} ${shown.length}`
  return method === 'HEAD' ? head : `${head}\n${shown.toString('utf8').trimEnd()}`
}

if (require.main === module) {
  const root = path.join(__dirname, 'public')
  for (const line of fs.readFileSync(process.argv[2], 'utf8').slice(0, 65536).split('\n')) {
    if (line.trim()) console.log(answer(root, line.trim()))
  }
}

module.exports = { answer, locate }
