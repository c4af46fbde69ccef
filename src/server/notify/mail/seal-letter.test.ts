import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { armor, Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { partText } from './mime-part.ts'
import { sealLetter } from './seal-letter.ts'

const TEXT = 'Anyone can run code.\n\n+\tint länge;\n-- \n'
const noGpg = spawnSync('gpg', ['--version']).error === undefined ? false : 'gpg is not installed'

describe('age', () => {
  it('seals to a key, and only its holder reads it', async () => {
    const identity = await generateX25519Identity()
    const sealed = await sealLetter(TEXT, { kind: 'age', recipient: await identityToRecipient(identity) })
    assert.ok(sealed.ok)
    const body = partText(sealed.part)
    assert.ok(!body.includes('run code'))
    const file = /-----BEGIN AGE[\s\S]*END AGE ENCRYPTED FILE-----/.exec(body)![0]
    const decrypter = new Decrypter()
    decrypter.addIdentity(identity)
    assert.equal(await decrypter.decrypt(armor.decode(file), 'text'), TEXT)
  })

  it('refuses what is not a key', async () => {
    for (const recipient of ['', 'age1', `age1${'q'.repeat(58)}`, 'AGE-SECRET-KEY-1', 'age1\r\nBcc: x'])
      assert.equal((await sealLetter(TEXT, { kind: 'age', recipient })).ok, false)
  })
})

describe('pgp', { skip: noGpg }, () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-pgp-'))
  const gpg = (args: string[], input = '') =>
    spawnSync('gpg', ['--homedir', home, '--batch', '--pinentry-mode', 'loopback', '--passphrase', '', ...args], { input })
  const made = (name: string, use: string, expires: string) => {
    gpg([
      '--quick-generate-key',
      `${name} <${name}@reader.example>`,
      use === 'encr' ? 'future-default' : 'ed25519',
      use === 'encr' ? 'default' : 'sign',
      expires,
    ])
    const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(gpg(['--with-colons', '--list-keys', name]).stdout.toString())![1]!
    return { kind: 'pgp' as const, armoured: new Uint8Array(gpg(['--armor', '--export', fingerprint]).stdout), fingerprint }
  }

  it('seals as PGP/MIME to the key of that fingerprint, and refuses everything else', async () => {
    try {
      const key = made('one', 'encr', 'never')
      const sealed = await sealLetter(TEXT, key)
      assert.ok(sealed.ok, sealed.ok ? '' : sealed.say)
      const body = partText(sealed.part)
      assert.match(
        body,
        /^Content-Type: multipart\/encrypted; protocol="application\/pgp-encrypted"; boundary="[0-9a-f]{36}"\r\n/,
      )
      assert.ok(!body.includes('run code'))
      const armoured = /-----BEGIN PGP MESSAGE-----[\s\S]*-----END PGP MESSAGE-----/.exec(body)![0]
      const inner = gpg(['--decrypt'], `${armoured}\r\n`).stdout.toString()
      assert.match(inner, /^Content-Type: text\/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n/)
      assert.ok(inner.includes('int l=C3=A4nge;'))
      const code = async (more: object) => {
        const answer = await sealLetter(TEXT, { ...key, ...more })
        return answer.ok ? 'ok' : answer.code
      }
      assert.equal(await code({ fingerprint: 'A'.repeat(40) }), 'mail.key-other')
      assert.equal(await code({ fingerprint: '--output=/x' }), 'mail.key-other')
      assert.equal(
        await code({ armoured: new TextEncoder().encode('-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nAAAA\n') }),
        'mail.key-unusable',
      )
      assert.equal(await code(made('signs-only', 'sign', 'never')), 'mail.key-unusable')
      gpg([
        '--faked-system-time',
        '20200101T000000',
        '--quick-generate-key',
        'late <late@reader.example>',
        'future-default',
        'default',
        '1d',
      ])
      const late = /^fpr:+([0-9A-F]{40}):/m.exec(gpg(['--with-colons', '--list-keys', 'late']).stdout.toString())![1]!
      const armouredLate = new Uint8Array(gpg(['--armor', '--export', late]).stdout)
      assert.equal(await code({ fingerprint: late, armoured: armouredLate }), 'mail.key-unusable')
      const secret = new Uint8Array(gpg(['--armor', '--export-secret-keys', key.fingerprint]).stdout)
      assert.equal(await code({ armoured: secret }), 'mail.key-unusable')
    } finally {
      spawnSync('gpgconf', ['--homedir', home, '--kill', 'all'])
      rmSync(home, { recursive: true, force: true })
    }
  })
})
