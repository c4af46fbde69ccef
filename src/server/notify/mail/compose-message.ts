import { encodeWord } from 'nodemailer/lib/mime-funcs'
import type { OutLetter } from './letter-store.ts'
import { type MimePart, partText } from './mime-part.ts'

const ADDRESS = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?$/
const MESSAGE_ID = /^<[A-Za-z0-9._+-]{1,100}@[A-Za-z0-9.-]{1,253}>$/
const utf8 = new TextEncoder()

/** Whether mail can be sent to an address: ASCII, one at sign, nothing that ends a header or an SMTP argument. */
export function isAddress(text: string): boolean {
  return text.length <= 320 && ADDRESS.test(text)
}

/**
 * The bytes of a message. The same letter gives the same bytes each time, sealed ones apart. Null where an address or the message
 * id is malformed: nothing of a letter becomes a header without having passed here.
 */
export function composeMessage(letter: Omit<OutLetter, 'text' | 'key'>, part: MimePart): Uint8Array | null {
  const addresses = [letter.from.address, letter.replyTo, letter.returnPath, letter.to]
  if (!addresses.every(isAddress) || !MESSAGE_ID.test(letter.messageId)) return null
  const headers = [
    `From: ${phrase(letter.from.name)} <${letter.from.address}>`,
    `To: <${letter.to}>`,
    `Reply-To: <${letter.replyTo}>`,
    `Subject: ${words(letter.subject)}`,
    `Date: ${new Date(letter.date).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: ${letter.messageId}`,
    // Answering machines stay silent (RFC 3834 §5), and what comes back all the same is known by it.
    'Auto-Submitted: auto-generated',
    'MIME-Version: 1.0',
  ]
  return utf8.encode(`${headers.join('\r\n')}\r\n${partText(part)}`)
}

/** A header's text: one line, ASCII or encoded words (RFC 2047). */
function words(text: string): string {
  const line = text.replace(/[\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ').slice(0, 200)
  return /^[\x20-\x7e]*$/.test(line) && !line.includes('=?') ? line : encodeWord(line, 'B', 52).replaceAll('?= =?', '?=\r\n =?')
}

function phrase(name: string): string {
  const text = words(name)
  return text.startsWith('=?') ? text : `"${text.replace(/["\\]/g, '')}"`
}
