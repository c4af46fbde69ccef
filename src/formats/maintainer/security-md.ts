// Hints in a SECURITY.md. Prose: whatever is found is unsure, with its line, and only what has a form of its own is looked for.
import { CONTACT, EMBARGO, KEYS } from '../../core/cases/terms/terms-shape.ts'
import { fingerprintOf, routeOf } from './contact-hint.ts'
import { DraftMaker, type TermsDraft } from './terms-draft.ts'

const MOST_CHARACTERS = 256 * 1024
const MOST_LINES = 4000
const MOST_OF_LINE = 2000

const MAIL = /[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5}/g
// "security [at] example [dot] org"
const SPELLED = /([A-Za-z0-9._+-]{1,64}) ?[[(]at[\])] ?([A-Za-z0-9-]{1,63}(?: ?(?:\.|[[(]dot[\])]) ?[A-Za-z0-9-]{1,63}){1,5})/gi
const URL = /https:\/\/[A-Za-z0-9._~:/?#@!$&'*+,;=%-]{1,1000}/g
const FINGERPRINT = /(?<![0-9A-Fa-f])(?:0x)?(?:[0-9A-Fa-f]{4}[ \u00a0]{0,2}){9,15}[0-9A-Fa-f]{4}(?![0-9A-Fa-f])/g
const AGE = /(?<![0-9a-z])age1(?:pq1)?[02-9ac-hj-np-z]{58,2000}(?![0-9a-z])/g
const DAYS = /(?<![\d.,-])(\d{1,3})[ -](calendar )?days?(?![a-z])/gi

// A number of days means much else; only beside such a word is it about keeping secret. Only English is tried: guessing at a
// negation in a language that is not known would turn its meaning around.
const DISCLOSURE = /\b(?:disclos\w{0,8}|embargo\w{0,4}|made public|publish\w{0,4}|publication)\b/i
const NEGATED = /\b(?:do not|don't|don’t|never|no longer|not be|instead of|rather than|avoid)\b/i
const MODELS = /\b(?:AI|LLMs?|language models?|machine-generated|ChatGPT|Copilot)\b/
const NOBODY = /^(?:no-?reply|git|donotreply)@|@(?:[\w-]{1,60}\.)?example\.(?:com|org|net)$|@users\.noreply\.github\.com$/i

/** Reads hints from a SECURITY.md: addresses, private advisories, keys, days. At most 256 Ki characters, 4000 lines of 2000. */
export function readSecurityMd(text: string, file: string): TermsDraft {
  const maker = new DraftMaker()
  if (text.length > MOST_CHARACTERS) maker.note(1, 'The file is too long; only its beginning was read.')
  for (const [n, whole] of text.slice(0, MOST_CHARACTERS).split(/\r?\n/, MOST_LINES).entries()) {
    const line = whole.slice(0, MOST_OF_LINE)
    addresses(maker, line, n + 1)
    for (const [url] of line.matchAll(URL)) advisories(maker, url.replace(/[.,;:!?']{1,5}$/, ''), line, n + 1)
    keys(maker, line, n + 1)
    days(maker, line, n + 1)
    if (MODELS.test(line)) maker.note(n + 1, 'This line speaks of models; read what it asks of reports made with them.')
  }
  return maker.draft(file)
}

function addresses(maker: DraftMaker, line: string, n: number): void {
  const spelled = [...line.matchAll(SPELLED)].map(
    ([, local, domain]) => `${local}@${domain!.replaceAll(/ ?(?:\.|[[(]dot[\])]) ?/gi, '.')}`,
  )
  // What is inside a web address is part of it.
  const plain = [...line.replaceAll(URL, ' ').matchAll(MAIL)].map(([mail]) => mail)
  for (const mail of [...plain, ...spelled]) {
    if (NOBODY.test(mail)) continue
    if (NEGATED.test(line)) maker.note(n, `A mail address stands beside a negation: ${mail}`)
    else maker.contact(CONTACT, 'mail', mail, n, false)
  }
}

function advisories(maker: DraftMaker, url: string, line: string, n: number): void {
  if (routeOf(url) !== 'private-advisory') return
  maker.link(n, 'advisories', url)
  if (NEGATED.test(line)) maker.note(n, 'A page for private advisories stands beside a negation.')
  else maker.contact(CONTACT, 'private-advisory', url, n, false)
}

function keys(maker: DraftMaker, line: string, n: number): void {
  for (const [found] of line.matchAll(FINGERPRINT)) {
    const fingerprint = fingerprintOf(found)
    // Forty digits in a row may be a commit.
    if (fingerprint !== null && /pgp|gpg|key|fingerprint/i.test(line + (found.includes(' ') ? 'key' : '')))
      maker.field('/contact/keys', KEYS, [{ kind: 'pgp', fingerprint }], n, false)
  }
  for (const [recipient] of line.matchAll(AGE)) maker.field('/contact/keys', KEYS, [{ kind: 'age', recipient }], n, false)
}

function days(maker: DraftMaker, line: string, n: number): void {
  // By sentence: the next one may say within how many days an answer comes.
  for (const sentence of line.split(/[.;!?](?:\s|$)/)) {
    if (!DISCLOSURE.test(sentence)) continue
    for (const [, number] of sentence.matchAll(DAYS)) {
      if (NEGATED.test(sentence)) maker.note(n, `A number of days stands beside a negation: ${number}`)
      else maker.field('/embargo', EMBARGO, { stance: 'days', most: Number(number) }, n, false)
    }
  }
}
