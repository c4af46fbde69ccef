import assert from 'node:assert/strict'
import { Resolver } from 'node:dns/promises'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { type FakeDns, openFakeDns } from '../../../devkit/fake-dns.ts'
import { fakeLook } from '../../../devkit/fake-look.ts'
import { lookSuite } from '../../../devkit/look-suite.ts'
import { type LookWays, lookForProof } from './look-for-proof.ts'
import { NO_REGISTRIES } from './registry-base.ts'

describe('looking for proofs in memory', () => lookSuite(async () => fakeLook()))

describe('looking for proofs where they stand', () => {
  const files = new Map<string, string>()
  let dns: FakeDns
  let server: Server
  let asked = 0
  let answer: RequestListener | null = null
  let ways: LookWays

  before(async () => {
    dns = await openFakeDns()
    server = createServer((request, response) => {
      asked++
      if (answer !== null) return answer(request, response)
      const file = files.get(request.headers['x-host'] as string)
      if (file === undefined || request.url !== '/.well-known/security.txt') response.statusCode = 404
      response.end(file ?? 'There is nothing here.')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
    const { port } = server.address() as AddressInfo
    ways = {
      resolveTxt: async (domain) => {
        const resolver = new Resolver({ timeout: 100, tries: 1 })
        resolver.setServers([`127.0.0.1:${dns.port}`])
        return await resolver.resolveTxt(domain)
      },
      // Every host is this one; what is asked of it, and how, is what would be asked of the real one.
      fetch: async (url, how) => {
        const { protocol, host, pathname } = new URL(url)
        assert.equal(protocol, 'https:')
        return await fetch(`http://127.0.0.1:${port}${pathname}`, { ...how, headers: { ...how.headers, 'x-host': host } })
      },
    }
  })
  after(() => {
    dns.close()
    server.close()
    server.closeAllConnections()
  })
  beforeEach(() => {
    files.clear()
    dns.records.clear()
    dns.silent = false
    answer = null
    dns.asked = 0
    asked = 0
  })

  const allowed = { looksInDns: true, looksAt: new Set(['maker.example']), registries: NO_REGISTRIES }

  lookSuite(async () => ({
    look: lookForProof(allowed, ways),
    putRecords: (domain, records) => void dns.records.set(domain, records),
    putFile: (host, text) => void files.set(host, text),
    asked: () => asked + dns.asked,
  }))

  test('the DNS is not asked where the operator did not say so, and a name server that is silent proves nothing', async () => {
    dns.records.set('maker.example', [['weir-maintainer-proof=abc']])
    assert.equal(await lookForProof({ ...allowed, looksInDns: false }, ways)('dns-txt', 'maker.example'), null)
    assert.equal(dns.asked, 0)
    dns.silent = true
    assert.equal(await lookForProof(allowed, ways)('dns-txt', 'maker.example'), null)
    assert.ok(dns.asked > 0)
  })

  test('a redirect is not followed, an error is no file, and an answer that breaks off is none', async () => {
    const look = lookForProof(allowed, ways)
    const line = 'weir-maintainer-proof=abc\n'
    answer = (request, response) => {
      if (request.url !== '/.well-known/security.txt') return response.end(line)
      response.writeHead(302, { location: '/elsewhere' }).end()
    }
    assert.equal(await look('security-txt', 'maker.example'), null)
    assert.equal(asked, 1)
    answer = (_, response) => response.writeHead(500).end(line)
    assert.equal(await look('security-txt', 'maker.example'), null)
    answer = (_, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write(line)
      setTimeout(() => response.destroy(), 20)
    }
    assert.equal(await look('security-txt', 'maker.example'), null)
  })
})
