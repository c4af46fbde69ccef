import { encode as encodeQuoted, wrap as wrapQuoted } from 'nodemailer/lib/qp'

/** A MIME entity: header lines without their ends, and a body with line feeds. */
export interface MimePart {
  readonly headers: readonly string[]
  readonly body: string
}

const LONGEST = 990
const utf8 = new TextEncoder()

/**
 * Plain text as an entity. ASCII goes as it is and other text as 8 bits, so that a patch can be taken from the raw message; only text
 * with a line that mail cannot carry is quoted-printable. `everywhere` also quotes 8-bit text, as signed and sealed parts ask for.
 */
export function textPart(text: string, everywhere = false): MimePart {
  const long = text.split('\n').some((line) => utf8.encode(line).length > LONGEST)
  const ascii = /^[\x00-\x7f]*$/.test(text)
  const encoding = long || (everywhere && !ascii) ? 'quoted-printable' : ascii ? '7bit' : '8bit'
  const headers = [
    'Content-Type: text/plain; charset=utf-8',
    `Content-Transfer-Encoding: ${encoding}`,
    'Content-Disposition: inline',
  ]
  return { headers, body: encoding === 'quoted-printable' ? quoted(text) : text }
}

/** A part that holds parts. The boundary is made by the caller from what the parts cannot know. */
export function multipart(type: string, boundary: string, parts: readonly MimePart[]): MimePart {
  const body = parts.map((part) => `--${boundary}\n${part.headers.join('\n')}\n\n${part.body.replace(/\n$/, '')}\n`).join('')
  return { headers: [`Content-Type: ${type}; boundary="${boundary}"`], body: `${body}--${boundary}--\n` }
}

/** The entity with the line ends of mail. */
export function partText(part: MimePart): string {
  return `${part.headers.join('\n')}\n\n${part.body}`.replace(/\r\n?|\n/g, '\r\n')
}

/** Line ends stay lines: only the text between them is encoded. */
function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => wrapQuoted(encodeQuoted(line), 76).replaceAll('\r\n', '\n'))
    .join('\n')
}
