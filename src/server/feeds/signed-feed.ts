import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { DAY, HOUR, type Instant } from '../../core/kernel/instant.ts'
import { FEED_FORMAT, type FeedFile, openFeed, signFeed } from '../../ledger/feed-manifest.ts'
import { formatKey, noteKey } from '../../ledger/key.ts'
import { sha256 } from '../ledger/secrets.ts'

/** The ledger's key, which signs the feed too; may be passed to a thread. */
export interface FeedSigner {
  readonly origin: string
  /** Ed25519, 32 bytes. */
  readonly publicKey: Uint8Array
  readonly privateKey: KeyObject
}

/** How long a signed feed is to be believed: who gets none for so long knows that something is wrong. */
export const FEED_LASTS = 7 * DAY
/** A feed is signed anew after this also without news, so that several signings may fail before one runs out. */
export const SIGN_AGAIN = 12 * HOUR

/** Whether a feed issued then is due to be signed again. A clock that was set back does not stop it. */
export function isSignDue(issuedAt: number, at: Instant): boolean {
  return at - issuedAt >= SIGN_AGAIN || issuedAt > at + HOUR
}

export interface FeedSigned {
  /** What stands in `feed/feed.json`. */
  readonly text: string
  readonly issuedAt: number
}

/**
 * The signed manifest of these files: the one before, where it says the same and is fresh; else a new one. Its sequence is above the one
 * before and at least the seconds since 1970, so that it never falls, also where the tree was lost.
 */
export function signedFeed(files: readonly FeedFile[], before: string | null, signer: FeedSigner, at: Instant): FeedSigned {
  const key = noteKey(signer.origin, signer.publicKey, sha256)
  const held = before === null ? null : readHeld(before, signer)
  if (held !== null && sameFiles(held.files, files) && !isSignDue(held.issuedAt, at) && before !== null)
    return { text: before, issuedAt: held.issuedAt }
  const sequence = Math.max((held?.sequence ?? 0) + 1, Math.floor(at / 1000))
  const manifest = { origin: signer.origin, sequence, issuedAt: at, expiresAt: at + FEED_LASTS, files }
  const note = signFeed(manifest, [{ key, sign: (message) => sign(null, message, signer.privateKey) }])
  return { text: `${JSON.stringify({ format: FEED_FORMAT, key: formatKey(key), note }, null, 1)}\n`, issuedAt: at }
}

/** A file as a manifest names it. */
export function feedFile(path: string, bytes: Uint8Array): FeedFile {
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
}

// What lies on disk counts only where the present key signed it: a file that somebody put there moves no sequence.
function readHeld(text: string, { origin, publicKey, privateKey }: FeedSigner) {
  try {
    const { note } = JSON.parse(text) as { readonly note?: unknown }
    if (typeof note !== 'string') return null
    const own = createPublicKey(privateKey as never)
    const opened = openFeed(note, noteKey(origin, publicKey, sha256), (_, message, signature) =>
      verify(null, message, own, signature),
    )
    return opened.ok ? opened.feed : null
  } catch {
    return null
  }
}

function sameFiles(a: readonly FeedFile[], b: readonly FeedFile[]): boolean {
  return a.length === b.length && a.every((file, n) => file.path === b[n]!.path && file.sha256 === b[n]!.sha256)
}
