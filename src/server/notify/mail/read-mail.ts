import { createHash } from 'node:crypto'
import PostalMime, { type Attachment, type Email } from 'postal-mime'
import { inertLine, inertText } from '../../../core/cases/letters/inert-text.ts'
import { readBounce } from './bounce-notice.ts'
import { inertFileName } from './file-name.ts'
import { htmlText } from './html-text.ts'
import type { InMail, MailFile } from './in-mail.ts'

const MOST_TEXT = 1024 * 1024
const MOST_FILES = 20
const MOST_HOPS = 25
/** More than ten megabytes in base64 have. Each line costs the parser microseconds. */
const MOST_LINES = 200_000
const PARSING = {
  maxNestingDepth: 12,
  maxHeadersSize: 256 * 1024,
  forceRfc822Attachments: true,
  attachmentEncoding: 'arraybuffer',
} as const

/** What the envelope and our own settings say of a mail. */
export interface Arrival {
  readonly token: string
  /** Empty for the null sender of bounces. */
  readonly envelopeFrom: string
  /** The domain whose own mail may not come back to it. */
  readonly domain: string
}

/** A mail read, or why it is not taken: it goes round in circles, or no parser makes sense of it within its limits. */
export type ReadMail = { readonly ok: true; readonly mail: InMail } | { readonly ok: false; readonly why: 'loop' | 'malformed' }

/** Reads the bytes of a mail. They are hostile: depth, headers, text and files are bounded, and nothing is rendered or fetched. */
export async function readMail(raw: Uint8Array, arrival: Arrival): Promise<ReadMail> {
  if (linesOf(raw) > MOST_LINES) return { ok: false, why: 'malformed' }
  let email: Email
  try {
    email = await PostalMime.parse(raw, PARSING)
  } catch {
    return { ok: false, why: 'malformed' }
  }
  const from = email.from?.address ?? ''
  if (isLoop(email, from, arrival.domain)) return { ok: false, why: 'loop' }
  const kind = kindOf(email, arrival)
  const bounce =
    kind === 'bounce'
      ? readBounce(part(email, /delivery-status$/), part(email, /^(?:message\/rfc822|text\/rfc822-headers)$/))
      : null
  const kept = email.attachments.slice(0, MOST_FILES)
  const mail: InMail = {
    token: arrival.token,
    key: createHash('sha256').update(`${arrival.token}\n`).update(raw).digest('hex'),
    from: inertLine(from, 320),
    subject: inertLine(email.subject ?? '', 300),
    text: textOf(email),
    files: kept.map(fileOf),
    filesLeftOut: email.attachments.length - kept.length,
    kind,
    bounce,
    inReplyTo: /<[^\s<>]{1,400}>/.exec(email.inReplyTo?.slice(0, 2_000) ?? '')?.[0] ?? null,
  }
  return { ok: true, mail }
}

function textOf(email: Email): string {
  const plain = email.text?.slice(0, MOST_TEXT) ?? ''
  return inertText(plain.trim() !== '' ? plain : htmlText((email.html ?? '').slice(0, MOST_TEXT))).trim()
}

function fileOf(attachment: Attachment, n: number): MailFile {
  const type = /^[a-z0-9.+-]{1,60}\/[a-z0-9.+-]{1,80}$/.exec(attachment.mimeType)?.[0] ?? 'application/octet-stream'
  return { name: inertFileName(attachment.filename, n + 1), type, bytes: bytesOf(attachment) }
}

function bytesOf({ content }: Attachment): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content)
}

function part(email: Email, type: RegExp): Uint8Array | null {
  const found = email.attachments.find(({ mimeType }) => type.test(mimeType))
  return found === undefined ? null : bytesOf(found)
}

function header(email: Email, name: string): string {
  return (
    email.headers
      .find(({ key }) => key === name)
      ?.value.trim()
      .toLowerCase() ?? ''
  )
}

/** A report, or whatever comes to a bounce address from nobody, is a bounce; what a machine says of itself is believed (RFC 3834). */
function kindOf(email: Email, { token, envelopeFrom }: Arrival): InMail['kind'] {
  const type = header(email, 'content-type')
  const report = type.startsWith('multipart/report') && type.includes('delivery-status')
  if (report || email.attachments.some(({ mimeType }) => mimeType === 'message/delivery-status')) return 'bounce'
  if (token.startsWith('b') && envelopeFrom === '') return 'bounce'
  const submitted = header(email, 'auto-submitted')
  if (envelopeFrom === '' || token.startsWith('b') || (submitted !== '' && !submitted.startsWith('no'))) return 'auto'
  if (/^(?:bulk|junk|list|auto_reply)/.test(header(email, 'precedence'))) return 'auto'
  return ['x-autoreply', 'x-autorespond', 'list-id'].some((name) => header(email, name) !== '') ? 'auto' : 'reply'
}

/** Our own mail that came back as itself, or mail that passed too many servers (RFC 5321 §6.3). */
function isLoop(email: Email, from: string, domain: string): boolean {
  if (email.headers.filter(({ key }) => key === 'received').length > MOST_HOPS) return true
  const own = `@${domain.toLowerCase()}`
  const id = header(email, 'message-id')
  return id.endsWith(`${own}>`) && from.toLowerCase().endsWith(own)
}

function linesOf(raw: Uint8Array): number {
  let lines = 0
  for (let at = raw.indexOf(10); at !== -1; at = raw.indexOf(10, at + 1)) lines++
  return lines
}
