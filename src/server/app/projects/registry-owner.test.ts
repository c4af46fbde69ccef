import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { parseRegistryBase } from './registry-base.ts'
import { canAskRegistry, isOwner, npmNameOf, npmOwners, registryOwners } from './registry-owner.ts'

const NPM = { npm: 'https://registry.example' }

test('a base is https, or http on this machine, and nothing else', () => {
  for (const [text, base] of [
    ['https://registry.npmjs.org', 'https://registry.npmjs.org'],
    ['https://mirror.example/npm/', 'https://mirror.example/npm'],
    ['http://127.0.0.1:4873/', 'http://127.0.0.1:4873'],
    ['http://[::1]:4873', 'http://[::1]:4873'],
    ['http://registry.example', null],
    ['http://127.0.0.1.registry.example', null],
    ['https://user:word@registry.example', null],
    ['https://registry.example/?x', null],
    ['file:///etc/passwd', null],
    ['registry.example', null],
  ] as const)
    assert.equal(parseRegistryBase(text), base, text)
})

test('only packages of npm with a name that stays where it is put are asked about', () => {
  assert.equal(npmNameOf('pkg:npm/left-pad@1.3.0'), 'left-pad')
  assert.equal(npmNameOf('pkg:npm/%40scope/name'), '@scope/name')
  for (const purl of [
    'pkg:cargo/serde',
    'pkg:npm/..',
    'pkg:npm/%2e%2e',
    'pkg:npm/%40a/..',
    'pkg:npm/a%2F..%2Fb',
    'left-pad',
    '',
  ])
    assert.equal(npmNameOf(purl), null, purl)
  assert.equal(npmNameOf(`pkg:npm/${'a'.repeat(215)}`), null)
  assert.equal(canAskRegistry({ npm: null }, 'pkg:npm/left-pad'), false)
  assert.equal(canAskRegistry(NPM, 'pkg:npm/left-pad'), true)
  assert.equal(canAskRegistry(NPM, 'pkg:cargo/serde'), false)
})

test('an owner is a contact by mail whose whole address stands among the maintainers', () => {
  const owners = npmOwners(
    JSON.stringify({
      name: 'x',
      maintainers: [
        { name: 'a', email: 'Sec@Project.example' },
        { email: 'k\u212a@project.example' },
        { email: 'two@project.example\nthree@project.example' },
        { email: 7 },
        null,
        'four@project.example',
      ],
      author: { email: 'five@project.example' },
      versions: { '1.0.0': { maintainers: [{ email: 'six@project.example' }] } },
    }),
    'x',
  )
  assert.equal(owners, 'sec@project.example')
  assert.equal(isOwner('mail:sec@project.example', owners!), true)
  for (const subject of [
    'mail:ec@project.example',
    'mail:kk@project.example',
    'mail:three@project.example',
    'mail:five@project.example',
    'form:sec@project.example',
    'organisation:sec@project.example',
    'mail:',
    '',
  ])
    assert.equal(isOwner(subject, owners!), false, subject)
  assert.equal(isOwner('mail:', ''), false)
})

test('an answer of another shape or about another package is none', () => {
  const maintainers = [{ email: 'sec@project.example' }]
  for (const value of [null, 1, [], {}, { maintainers }, { name: 'y', maintainers }, { name: 'x', maintainers: { 0: 1 } }])
    assert.equal(npmOwners(JSON.stringify(value), 'x'), null)
  for (const text of ['', '<html>', '['.repeat(200_000), '{"name":"x","maintainers":['])
    assert.equal(npmOwners(text, 'x'), null)
  fc.assert(
    fc.property(fc.json(), fc.string(), (text, name) => {
      npmOwners(text, name)
      npmNameOf(name)
    }),
    { numRuns: 200 },
  )
})

describe('a registry is asked', () => {
  const asked: string[] = []
  const body = (name: string) => JSON.stringify({ name, maintainers: [{ email: 'sec@project.example' }] })
  const server = createServer((request, response) => {
    const url = request.url ?? ''
    asked.push(url)
    if (url === '/npm/%40scope%2Fgood') return response.end(body('@scope/good'))
    if (url === '/npm/good') return response.end(body('good'))
    if (url === '/npm/moved') return response.writeHead(302, { location: '/npm/good' }).end()
    if (url === '/npm/other') return response.end(body('good'))
    if (url === '/npm/huge') {
      response.write(body('huge').slice(0, -1))
      const more = setInterval(() => response.write(' '.repeat(1 << 20)), 1)
      return response.on('close', () => clearInterval(more))
    }
    if (url === '/npm/slow') return response.write('{')
    return response.writeHead(404).end(body(url.slice(5)))
  })
  let registries = { npm: '' }
  before(async () => {
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done()))
    registries = { npm: `http://127.0.0.1:${(server.address() as AddressInfo).port}/npm` }
  })
  after(() => {
    server.closeAllConnections()
    server.close()
  })

  test('by the whole name, its scope encoded, and without a version', async () => {
    assert.equal(await registryOwners(registries, 'pkg:npm/%40scope/good@2.0.0'), 'sec@project.example')
    assert.equal(asked.pop(), '/npm/%40scope%2Fgood')
  })

  test('what moved, is missing, is another, is too long or too slow is no answer', async () => {
    for (const name of ['moved', 'missing', 'other', 'huge'])
      assert.equal(await registryOwners(registries, `pkg:npm/${name}`), null, name)
    const began = performance.now()
    assert.equal(await registryOwners(registries, 'pkg:npm/slow', 100), null)
    assert.ok(performance.now() - began < 5_000)
    assert.ok(!asked.includes('/npm/good'), 'a redirect was followed')
  })

  test('one that is not configured, or cannot be reached, is no answer', async () => {
    const before = asked.length
    assert.equal(await registryOwners({ npm: null }, 'pkg:npm/good'), null)
    assert.equal(await registryOwners(registries, 'pkg:cargo/good'), null)
    assert.equal(asked.length, before)
    assert.equal(await registryOwners({ npm: 'http://127.0.0.1:1' }, 'pkg:npm/good'), null)
  })
})
