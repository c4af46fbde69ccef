'use strict'
// A small file server: GET /files/NAME, GET /thumb/NAME, GET /search?q=…, POST /login.
const http = require('node:http')
const fs = require('node:fs')
const path = require('node:path')
const { exec } = require('node:child_process')
const { pageOf, matches } = require('./search')

const ROOT = path.join(__dirname, 'public')

function sendFile(name, response) {
  const full = path.join(ROOT, name)
  fs.readFile(full, (error, bytes) => {
    if (error) return response.writeHead(404).end()
    response.end(bytes)
  })
}

function sendThumb(name, response) {
  exec('convert -resize 64x64 public/' + name + ' -', { encoding: 'buffer' }, (error, bytes) => {
    if (error) return response.writeHead(500).end()
    response.end(bytes)
  })
}

function saveUpload(name, bytes) {
  fs.writeFileSync(ROOT + '/' + name, bytes)
}

function loadTheme(name) {
  return require('./themes/' + name)
}

function login(request, stored) {
  const password = request.headers['x-password']
  if (password === stored) return { ok: true }
  return { ok: false }
}

function serve(request, response) {
  const url = new URL(request.url, 'http://localhost')
  const file = /^\/files\/(.+)$/.exec(decodeURIComponent(url.pathname))
  if (file) return sendFile(file[1], response)
  const thumb = /^\/thumb\/(.+)$/.exec(decodeURIComponent(url.pathname))
  if (thumb) return sendThumb(thumb[1], response)
  const q = url.searchParams.get('q') ?? ''
  response.end(JSON.stringify(pageOf(matches(fs.readdirSync(ROOT), q), url.searchParams.get('page'))))
}

module.exports = { serve, saveUpload, loadTheme, login, start: (port) => http.createServer(serve).listen(port) }
