import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readMailSettings } from './mail-settings.ts'

const read = (env: Record<string, string>) => {
  const found = readMailSettings(env)
  assert.ok(found.ok, JSON.stringify(found))
  return found.mail
}
const wrong = (env: Record<string, string>) => {
  const found = readMailSettings(env)
  return found.ok ? null : found.key
}

test('without a word about mail nothing is sent and nothing taken', () => {
  const { post, mailbox, letterbox, looksInDns, registries } = read({})
  assert.deepEqual([post, mailbox, letterbox, looksInDns, registries.npm], [null, null, null, false, null])
})

test('a mail server, an address and a socket', () => {
  const mail = read({
    WEIR_SMTP: 'smtps://user:p%40ss@mail.example.org',
    WEIR_MAIL_FROM: 'Reports@Weir.Example.org',
    WEIR_LMTP_SOCKET: '/run/weir/lmtp',
  })
  assert.deepEqual(
    [mail.post?.host, mail.post?.port, mail.post?.tls, mail.post?.user],
    ['mail.example.org', 465, 'direct', { name: 'user', password: 'p@ss' }],
  )
  assert.deepEqual(
    [mail.mailbox, mail.letterbox],
    [{ local: 'reports', domain: 'weir.example.org' }, { socket: '/run/weir/lmtp' }],
  )
  const plain = read({ WEIR_SMTP: 'smtp://127.0.0.1:2525', WEIR_MAIL_FROM: 'a@b', WEIR_LMTP_SOCKET: '127.0.0.1:2424' })
  assert.deepEqual([plain.post?.port, plain.post?.tls, plain.post?.user], [2525, 'starttls', null])
  assert.deepEqual(plain.letterbox, { host: '127.0.0.1', port: 2424 })
})

test('what is half or wrong is refused by its key', () => {
  assert.equal(wrong({ WEIR_REGISTRY_NPM: 'http://registry.example' }), 'WEIR_REGISTRY_NPM')
  assert.equal(wrong({ WEIR_SMTP: 'smtp://mail.example.org' }), 'WEIR_MAIL_FROM')
  assert.equal(wrong({ WEIR_LMTP_SOCKET: '/run/weir/lmtp' }), 'WEIR_MAIL_FROM')
  for (const from of ['nobody', 'a b@c', 'a@', '@b', 'a@b@c'])
    assert.equal(wrong({ WEIR_MAIL_FROM: from }), 'WEIR_MAIL_FROM', from)
  for (const smtp of ['mail.example.org', 'http://x', 'smtp://', 'smtp://h/path', 'smtp://h?x=1'])
    assert.equal(wrong({ WEIR_SMTP: smtp, WEIR_MAIL_FROM: 'a@b.example' }), 'WEIR_SMTP', smtp)
  for (const lmtp of ['lmtp', '0.0.0.0:24', '192.168.0.1:24', '127.0.0.1:0', '127.0.0.1:99999', `/${'x'.repeat(200)}`])
    assert.equal(wrong({ WEIR_LMTP_SOCKET: lmtp, WEIR_MAIL_FROM: 'a@b.example' }), 'WEIR_LMTP_SOCKET', lmtp)
})
