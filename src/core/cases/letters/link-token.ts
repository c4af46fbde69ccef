import type { Mac } from '../../kernel/digest.ts'
import type { Instant } from '../../kernel/instant.ts'
import type { LinkAction } from './letter-kind.ts'

/** What one link stands for. */
export interface LinkFacts {
  /** The letter's id. */
  readonly letter: string
  readonly action: LinkAction
  readonly expires: Instant
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const TOKEN = /^[A-Za-z0-9_-]{43}$/
const utf8 = new TextEncoder()

/** The opaque 43 characters of a link: a keyed digest of 32 bytes over letter, action and expiry. Nothing can be read from it. */
export function linkToken(mac: Mac, facts: LinkFacts): string {
  return base64url(mac(utf8.encode(JSON.stringify(['one-time-link', facts.letter, facts.action, facts.expires]))))
}

/** The path under which a token is answered. */
export function linkPath(token: string): string {
  return `/l/${token}`
}

/** The token of a path; null for everything that is not shaped like one. */
export function parseLinkPath(path: string): string | null {
  const token = path.startsWith('/l/') ? path.slice(3) : ''
  return TOKEN.test(token) ? token : null
}

/** Whether a token is the one for these facts, compared without telling where it differs. */
export function isLinkToken(token: string, mac: Mac, facts: LinkFacts): boolean {
  const right = linkToken(mac, facts)
  if (token.length !== right.length) return false
  let differs = 0
  for (let n = 0; n < right.length; n++) differs |= token.charCodeAt(n) ^ right.charCodeAt(n)
  return differs === 0
}

function base64url(bytes: Uint8Array): string {
  let out = ''
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 6) {
      bits -= 6
      out += ALPHABET[(held >>> bits) & 63]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? out + ALPHABET[(held << (6 - bits)) & 63] : out
}
