import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runGpg } from './gpg.ts'
import { multipart, partText, textPart } from './mime-part.ts'
import type { Sealed } from './seal-letter.ts'

const MOST_KEY = 256 * 1024
const FINGERPRINT = /^(?:[0-9A-F]{40}|[0-9A-F]{64})$/

/**
 * The text as PGP/MIME (RFC 3156 §4), encrypted by the gpg program in a home of its own that is gone afterwards. The key must be the
 * one that its fingerprint names, and gpg must find it fit: neither expired nor revoked.
 */
export async function pgpSeal(text: string, armoured: Uint8Array, fingerprint: string): Promise<Sealed> {
  const wanted = fingerprint.replaceAll(' ', '').toUpperCase()
  if (!FINGERPRINT.test(wanted)) return { ok: false, code: 'mail.key-other', say: 'The fingerprint is malformed.' }
  if (armoured.length > MOST_KEY || !isPublicKey(armoured))
    return { ok: false, code: 'mail.key-unusable', say: 'It is not an armoured public key.' }
  const home = await mkdtemp(join(tmpdir(), 'weir-gpg-'))
  try {
    const imported = await runGpg(home, ['--import'], armoured)
    if (imported === 'absent') return { ok: false, code: 'mail.no-gpg', say: '' }
    const listed = await runGpg(home, ['--with-colons', '--list-keys'], new Uint8Array())
    const keys = listed === 'absent' ? [] : primaryKeys(new TextDecoder().decode(listed.out))
    if (keys.length === 0) return { ok: false, code: 'mail.key-unusable', say: 'gpg cannot read it.' }
    if (!keys.includes(wanted)) return { ok: false, code: 'mail.key-other', say: '' }
    const inner = new TextEncoder().encode(partText(textPart(text, true)))
    const sealing = ['--trust-model', 'always', '--armor', '--recipient', wanted, '--encrypt']
    const sealed = await runGpg(home, sealing, inner)
    if (sealed === 'absent' || sealed.code !== 0)
      return {
        ok: false,
        code: 'mail.key-unusable',
        say: 'gpg does not encrypt to it: expired, revoked, or without a key for encryption.',
      }
    return { ok: true, part: pgpMime(new TextDecoder().decode(sealed.out)) }
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function pgpMime(armoured: string): ReturnType<typeof multipart> {
  const version = { headers: ['Content-Type: application/pgp-encrypted'], body: 'Version: 1\n' }
  const data = {
    headers: [
      'Content-Type: application/octet-stream; name="encrypted.asc"',
      'Content-Disposition: inline; filename="encrypted.asc"',
    ],
    body: armoured,
  }
  const type = 'multipart/encrypted; protocol="application/pgp-encrypted"'
  return multipart(type, randomBytes(18).toString('hex'), [version, data])
}

function isPublicKey(armoured: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(armoured)
  return text.trimStart().startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----') && !text.includes('PRIVATE KEY BLOCK')
}

/** Fingerprints of primary keys in gpg's listing: the `fpr` line that follows each `pub` line. */
function primaryKeys(listing: string): string[] {
  const lines = listing.split('\n')
  return lines.flatMap((line, n) => {
    if (!line.startsWith('pub:')) return []
    const next = lines.slice(n + 1, n + 4).find((other) => other.startsWith('fpr:'))
    return next === undefined ? [] : [next.split(':')[9] ?? '']
  })
}
