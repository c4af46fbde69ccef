import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type FakeWebhook, startFakeWebhook } from '../../../devkit/fake-webhook.ts'
import { deliver } from './deliver.ts'

const noOpenssl = spawnSync('openssl', ['version']).status === 0 ? false : 'openssl is not installed'

describe('a delivery over TLS', { skip: noOpenssl }, () => {
  let folder: string
  let receiver: FakeWebhook
  let cert: string
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weir-hook-'))
    const [key, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    const name = ['-subj', '/CN=hooks.example', '-addext', 'subjectAltName=DNS:hooks.example']
    spawnSync('openssl', ['req', '-x509', ...kind, ...name, '-keyout', key, '-out', file])
    cert = readFileSync(file, 'utf8')
    receiver = await startFakeWebhook(new Uint8Array(24), { key: readFileSync(key, 'utf8'), cert })
  })
  after(async () => {
    await receiver.close()
    rmSync(folder, { recursive: true })
  })
  const send = (host: string, authorities?: string) =>
    deliver(
      {
        target: { tls: true, host, port: receiver.port, path: '/hook' },
        address: '127.0.0.1',
        headers: { 'webhook-id': 'x', 'webhook-timestamp': '0', 'webhook-signature': '' },
        body: new TextEncoder().encode('{}'),
        ...(authorities === undefined ? {} : { authorities }),
      },
      2_000,
    )

  it('goes to the address that was judged, with the name in SNI, in Host and in the certificate', async () => {
    assert.deepEqual(await send('hooks.example', cert), { status: 204 })
    assert.equal(receiver.received[0]!.servername, 'hooks.example')
    assert.equal(receiver.received[0]!.host, `hooks.example:${receiver.port}`)
  })

  it('tells nothing to a receiver whose certificate is for another name or has no authority', async () => {
    const before = receiver.received.length
    assert.match(JSON.stringify(await send('other.example', cert)), /altnames/)
    assert.match(JSON.stringify(await send('hooks.example')), /self-signed/)
    assert.equal(receiver.received.length, before)
  })
})
