import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPublicAddress } from './public-address.ts'
import { parsePrivateHosts, parseTarget, resolveTarget } from './webhook-target.ts'

const NONE = new Set<string>()
const REFUSED = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.254',
  '127.0.0.1',
  '127.255.1.1',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.0.0.8',
  '192.0.2.1',
  '192.88.99.1',
  '192.168.1.1',
  '198.18.0.1',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.255.255.250',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:8.8.8.8',
  '::ffff:127.0.0.1',
  '::8.8.8.8',
  '64:ff9b::8.8.8.8',
  '64:ff9b:1::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '3ffe::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  '5f00::1',
  '2606:4700::1%eth0',
  'localhost',
  '',
]

test('addresses outside the public network are refused, and public ones are not', () => {
  for (const address of REFUSED) assert.equal(isPublicAddress(address), false, address)
  for (const address of ['8.8.8.8', '1.1.1.1', '100.128.0.1', '172.32.0.1', '2606:4700::1111', '2a00:1450:4001::1'])
    assert.equal(isPublicAddress(address), true, address)
})

test('addresses of a webhook are taken apart, whatever way a private one is written', () => {
  const code = (url: string) => {
    const target = parseTarget(url, NONE)
    return typeof target === 'string' ? target : 'ok'
  }
  for (const url of [
    'https://127.0.0.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://127.1/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://017700000001/',
    'https://１２７.0.0.1/',
  ])
    assert.equal(code(url), 'webhook.not-public', url)
  for (const url of [
    '',
    'ftp://a.example/',
    'https://u:p@a.example/',
    'https://a.example/#x',
    'https://a.example\\@b/',
    'https://a b/',
    'file:///etc/passwd',
    'javascript:1',
    `https://a.example/${'x'.repeat(3_000)}`,
  ])
    assert.equal(code(url), 'webhook.url-malformed', url)
  assert.equal(code('http://a.example/'), 'webhook.not-https')
  assert.deepEqual(parseTarget('https://A.example:8443/x?y=1', NONE), {
    tls: true,
    host: 'a.example',
    port: 8443,
    path: '/x?y=1',
  })
})

test('one address that is not public among public ones refuses the name', async () => {
  const target = parseTarget('https://a.example/', NONE)
  assert.ok(typeof target !== 'string')
  const resolve = (addresses: readonly string[]) => resolveTarget(target, NONE, async () => addresses)
  assert.deepEqual(await resolve(['8.8.8.8', '1.1.1.1']), { address: '8.8.8.8' })
  assert.equal(await resolve(['8.8.8.8', '10.0.0.1']), 'webhook.not-public')
  assert.equal(await resolve(['64:ff9b::a00:1']), 'webhook.not-public')
  assert.equal(await resolve([]), 'webhook.unresolved')
  assert.equal(await resolve(['evil']), 'webhook.unresolved')
  assert.equal(await resolveTarget(target, NONE, () => Promise.reject(new Error('x'))), 'webhook.unresolved')
})

test('hosts of one’s own network are called only where the settings name them', async () => {
  const own = parsePrivateHosts('hooks.internal:8080, 10.0.0.5')
  assert.equal(typeof parseTarget('http://hooks.internal:8080/x', own), 'object')
  assert.equal(parseTarget('http://hooks.internal/x', own), 'webhook.not-https')
  assert.equal(typeof parseTarget('https://10.0.0.5/x', own), 'object')
  assert.equal(parseTarget('https://10.0.0.6/x', own), 'webhook.not-public')
})
