import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createServer, type Server } from 'node:tls'
import { connectTo, spkiOf } from './connect.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

describe('a connection to an endpoint', () => {
  let folder = ''
  let server: Server
  let port = 0
  let spki = ''
  let seen = 0

  before(async () => {
    if (!hasOpenssl) return
    folder = mkdtempSync(join(tmpdir(), 'weir-pin-'))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const made = [
      'req',
      '-x509',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:prime256v1',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=a.example',
    ]
    spawnSync('openssl', [...made, '-keyout', key, '-out', cert])
    const bytes = readFileSync(cert)
    spki = spkiOf(new X509Certificate(bytes))
    server = createServer({ key: readFileSync(key), cert: bytes }, (socket) => {
      socket.on('error', () => {})
      socket.on('data', () => seen++)
    })
    server.on('tlsClientError', () => {})
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    port = (server.address() as AddressInfo).port
  })
  after(() => {
    server?.close()
    if (folder !== '') rmSync(folder, { recursive: true, force: true })
  })

  const place = () => ({ tls: true, host: '127.0.0.1', port, path: '' })

  test('is made to a key that is pinned, and to no other, and to no certificate that nobody vouches for', {
    skip: !hasOpenssl,
  }, async () => {
    const socket = await connectTo(place(), spki, true)
    socket.destroy()
    await assert.rejects(connectTo(place(), '0'.repeat(64), true), /another public key/)
    await assert.rejects(connectTo(place(), null, true), /no connection/)
    assert.equal(seen, 0)
  })

  test('is never made to an address inside, by number or by name', async () => {
    await assert.rejects(connectTo({ tls: false, host: '127.0.0.1', port: 1, path: '' }, null, false), /not a public one/)
    await assert.rejects(
      connectTo({ tls: false, host: 'localhost', port: 1, path: '' }, null, false),
      /not public|cannot be resolved/,
    )
  })
})
