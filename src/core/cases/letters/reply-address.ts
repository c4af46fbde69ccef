import type { Mac } from '../../kernel/digest.ts'
import { base32 } from '../../kernel/id.ts'

/** The clearinghouse's own mailbox, of which every reply address is a part: `reports` and `weir.example`. */
export interface Mailbox {
  readonly local: string
  readonly domain: string
}

/** Whom a reply address stands for. A new generation makes a new address, and the old one is revoked with its mapping. */
export interface ReplyFacts {
  /** What comes to it: answers of people, or bounces of what was sent. */
  readonly purpose: 'reply' | 'bounce'
  readonly case: string
  readonly participant: string
  readonly generation: number
}

// Lower case and digits only: mail programs and servers fold the case of addresses.
const TOKEN = /^[rb][0-9a-hjkmnp-tv-z]{32}$/
const utf8 = new TextEncoder()

/** The opaque part: `r` or `b`, then 160 bits of a keyed digest. Nobody can guess one, or tell from two whether they share a case. */
export function replyToken(mac: Mac, facts: ReplyFacts): string {
  const digest = mac(
    utf8.encode(JSON.stringify(['reply-address', facts.purpose, facts.case, facts.participant, facts.generation])),
  ).subarray(0, 20)
  return `${facts.purpose === 'reply' ? 'r' : 'b'}${base32(digest)}`
}

/** `reports+r0k2…@weir.example` */
export function replyAddress(token: string, mailbox: Mailbox): string {
  return `${mailbox.local}+${token}@${mailbox.domain}`
}

/** The opaque part of an address of this mailbox, case folded; null for every other address. */
export function parseReplyAddress(address: string, mailbox: Mailbox): string | null {
  if (address.length > 320) return null
  const folded = address.toLowerCase()
  const start = `${mailbox.local.toLowerCase()}+`
  const end = `@${mailbox.domain.toLowerCase()}`
  if (!folded.startsWith(start) || !folded.endsWith(end) || folded.length < start.length + end.length) return null
  const token = folded.slice(start.length, folded.length - end.length)
  return TOKEN.test(token) ? token : null
}
