// security.txt (RFC 9116) as a draft of a project's terms. Hostile: at most 64 KiB and 1000 lines are read, each once.
import { LANGUAGE } from '../../core/cases/terms/forms.ts'
import { list } from '../../core/cases/terms/plain-shapes.ts'
import { CONTACT, KEYS } from '../../core/cases/terms/terms-shape.ts'
import { type Instant, parseInstant } from '../../core/kernel/instant.ts'
import { fingerprintOf, mailOf, routeOf } from './contact-hint.ts'
import { bodyOf } from './signed-text.ts'
import { DraftMaker, type TermsDraft } from './terms-draft.ts'

const MOST_CHARACTERS = 64 * 1024
const MOST_LINES = 1000

/** Reads a security.txt fetched from `file`; `now` tells whether it has expired. A signature is taken off and never verified. */
export function readSecurityTxt(text: string, file: string, now: Instant): TermsDraft {
  const maker = new DraftMaker()
  const times = new Map<string, number>()
  if (text.length > MOST_CHARACTERS) maker.note(1, 'The file is too long; only its beginning was read.')
  const body = bodyOf(text.slice(0, MOST_CHARACTERS).split(/\r?\n/, MOST_LINES))
  if (body.signed) maker.note(1, 'The file carries a signature, which was not verified.')
  for (const { line, text } of body.lines) {
    const found = /^([A-Za-z-]{1,40}):[ \t]{0,20}(\S.{0,2100})$/.exec(text.trimEnd())
    if (text.trim() === '' || text.startsWith('#')) continue
    if (!found) {
      maker.note(line, 'This line is neither a field nor a comment.')
      continue
    }
    const name = found[1]!.toLowerCase()
    times.set(name, (times.get(name) ?? 0) + 1)
    READERS.get(name)?.(maker, found[2]!, line, times.get(name)!, now)
  }
  // RFC 9116, sections 2.5.3 and 2.5.5.
  if (!times.has('contact')) maker.note(1, 'The file names no contact, which the standard requires.')
  if (!times.has('expires')) maker.note(1, 'The file states no end, which the standard requires.')
  const draft = maker.draft(file)
  const canonical = draft.links.filter(({ what }) => what === 'canonical')
  if (file.startsWith('https://') && canonical.length > 0 && !canonical.some(({ url }) => url === file))
    maker.note(canonical[0]!.line, 'The file says that it belongs at another address.')
  return draft
}

type Reader = (maker: DraftMaker, value: string, line: number, time: number, now: Instant) => void

const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['contact', readContact],
  ['encryption', readEncryption],
  ['expires', readExpires],
  ['preferred-languages', readLanguages],
  ['policy', readLink('policy')],
  ['canonical', readLink('canonical')],
])

function readContact(maker: DraftMaker, value: string, line: number): void {
  const mail = mailOf(value)
  if (mail !== null && maker.contact(CONTACT, 'mail', mail, line, true)) return
  if (value.startsWith('https://') && maker.contact(CONTACT, routeOf(value), value, line, true)) return
  if (/^tel:/i.test(value)) maker.note(line, 'A telephone number is given; letters cannot go there.')
  else if (maker.contact(CONTACT, 'mail', value, line, false)) maker.note(line, 'The mail address lacks `mailto:`.')
  else maker.note(line, 'The contact is neither a mail address nor an https address.')
}

function readEncryption(maker: DraftMaker, value: string, line: number): void {
  const fingerprint = /^openpgp4fpr:/i.test(value) ? fingerprintOf(value) : null
  if (fingerprint !== null) maker.field('/contact/keys', KEYS, [{ kind: 'pgp', fingerprint }], line, true)
  else if (!maker.link(line, 'key', value)) maker.note(line, 'The key is at no address that can be fetched safely.')
}

function readExpires(maker: DraftMaker, value: string, line: number, time: number, now: Instant): void {
  const at = parseInstant(value.trim())
  // Two ends contradict each other; the first counts, and a person decides.
  if (time > 1) maker.note(line, 'The file states its end more than once.')
  else if (at === null) maker.note(line, 'The end of the file is no instant.')
  else {
    maker.expires(at)
    if (at <= now) maker.note(line, 'The file has expired: ask the project before relying on it.')
  }
}

function readLanguages(maker: DraftMaker, value: string, line: number, time: number): void {
  const tags = [...new Set(value.split(',', 21).map((tag) => tag.trim()))]
  if (time > 1) maker.note(line, 'The file states its languages more than once.')
  else if (!maker.field('/report/languages', list(LANGUAGE, 20, true), tags, line, true))
    maker.note(line, 'The languages are no list of language tags.')
}

function readLink(what: 'policy' | 'canonical'): Reader {
  return (maker, value, line) => {
    if (!maker.link(line, what, value)) maker.note(line, 'The address is not an https address.')
  }
}
