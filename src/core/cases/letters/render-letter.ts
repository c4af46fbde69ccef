import type { Refused } from '../../kernel/decision.ts'
import { quoteImitations } from './imitation.ts'
import { cutText, inertLine, inertText } from './inert-text.ts'
import { fenceCode, missingCode } from './letter-code.ts'
import type { FactName, LetterFacts, ZonedInstant } from './letter-facts.ts'
import { LINK_LABEL } from './letter-kind.ts'
import { type LetterRefusal, refuseLetter } from './letter-refusal.ts'
import type { LetterPart, LetterTemplate } from './letter-template.ts'
import { wrapLine, wrapProse } from './wrap-text.ts'
import { sayInstant } from './zoned-instant.ts'

/** Characters of a letter whose reader said nothing about length; and the most that any terms can ask for. */
export const USUAL_LENGTH = 60_000
const MOST_LENGTH = 1_000_000
const MOST_SLOT = 1_000
const MOST_LINK = 400
const REFERENCE = /^[A-Z0-9]{4}-[A-Z0-9]{4}$/

export interface Rendered {
  readonly ok: true
  /** Names the clearinghouse and the reference, and nothing else. */
  readonly subject: string
  /** Line feeds between lines, at its end too. */
  readonly text: string
  readonly template: string
}

/**
 * A letter's subject and plain text. Facts are hostile: they are made inert, wrapped at 72 columns, and quoted where they imitate our
 * own lines. Code goes first where the reader's length is too short, then the end of long prose; our words and links always stay.
 */
export function renderLetter(template: LetterTemplate, facts: LetterFacts): Rendered | Refused<LetterRefusal> {
  if (!REFERENCE.test(facts.reference)) return refuseLetter('letter.reference-malformed')
  const missing = template.needs.find((name) => isMissing(facts[name]))
  if (missing !== undefined) return refuseLetter('letter.fact-missing', missing)
  const links = template.links.map((action) => facts.links[action])
  if (links.some((link) => link !== undefined && !isOurs(link, facts.site))) return refuseLetter('letter.link-malformed')
  const places = template.parts.map((part) => ('place' in part ? facts[part.place] : undefined))
  if (places.some((place) => place !== undefined && !isPlace(place, facts.site))) return refuseLetter('letter.link-malformed')
  const most = Math.min(MOST_LENGTH, facts.most ?? USUAL_LENGTH)
  for (const room of roomsFor(template, facts, most)) {
    const text = write(template, facts, room)
    if (text.length <= most)
      return { ok: true, subject: subjectOf(facts), text, template: `${template.kind}/${template.version}` }
  }
  return refuseLetter('letter.too-long', `${most} characters`)
}

/** What stands on the envelope: the clearinghouse and the reference. */
export function subjectOf(facts: Pick<LetterFacts, 'clearinghouse' | 'reference'>): string {
  return `A message from ${inertLine(facts.clearinghouse, 80)}, reference ${facts.reference}`
}

interface Room {
  readonly reproducer: boolean
  readonly patch: boolean
  /** Characters of each piece of prose. */
  readonly prose: number
}

/** What may be left out, tried in this order; prose is cut to what everything else leaves. */
function roomsFor(template: LetterTemplate, facts: LetterFacts, most: number): Room[] {
  const prose = most
  const bare = write(template, facts, { reproducer: false, patch: false, prose: 0 }).length
  const told = Math.max(1, template.parts.filter((part) => 'tell' in part && !isMissing(facts[part.tell])).length)
  const left = Math.max(0, Math.floor((most - bare) / told))
  return [
    { reproducer: true, patch: true, prose },
    { reproducer: false, patch: true, prose },
    { reproducer: false, patch: false, prose },
    // Wrapping and quoting make prose longer than it was sent; four fifths leave room for it, a third for the worst of it.
    { reproducer: false, patch: false, prose: Math.floor((left * 4) / 5) },
    { reproducer: false, patch: false, prose: Math.floor(left / 3) },
    { reproducer: false, patch: false, prose: 0 },
  ]
}

function write(template: LetterTemplate, facts: LetterFacts, room: Room): string {
  const paragraphs = template.parts.map((part) => writePart(part, facts, room)).filter((lines) => lines.length > 0)
  const links = template.links.flatMap((action) => {
    const link = facts.links[action]
    return link === undefined ? [] : [`${LINK_LABEL[action]}: ${link}`]
  })
  const end = links.length === 0 ? [] : [[`[${facts.reference} links: each page asks once more before it acts]`, ...links]]
  const sign = [inertLine(facts.clearinghouse, 80), `Reference ${facts.reference}; an answer to this letter reaches us too.`]
  return `${[...paragraphs, ...end, quoteImitations(sign)].map((lines) => lines.join('\n')).join('\n\n')}\n`
}

function writePart(part: LetterPart, facts: LetterFacts, room: Room): string[] {
  if ('say' in part) {
    if (part.when !== undefined && isMissing(facts[part.when])) return []
    return quoteImitations(wrapLine(fill(part.say, facts)))
  }
  if ('place' in part) {
    const place = facts[part.place]
    return place === undefined ? [] : [`${part.heading}:`, place]
  }
  if ('tell' in part) {
    const value = facts[part.tell]
    if (typeof value !== 'string' || isMissing(value)) return []
    const prose = inertText(value).trim()
    const head = cutText(prose, room.prose)
    const lines = quoteImitations(wrapProse(head ?? prose))
    const cut =
      head === null ? [] : ['', `[${facts.reference} cut: ${prose.length - head.length} characters more are in the case]`]
    return [`${part.heading}:`, '', ...lines, ...cut]
  }
  const code = facts[part.code]
  if (code === undefined || code.trim() === '') return []
  return room[part.code] ? fenceCode(code, part.heading, facts.reference) : missingCode(code, part.heading, facts.reference)
}

/** Puts facts into a sentence of ours in one pass: what a fact holds is never looked at as a slot again. */
function fill(sentence: string, facts: LetterFacts): string {
  return sentence.replace(/\{([a-zA-Z]+)\}/g, (_, name: string) => slot(facts[name as FactName]))
}

function slot(value: string | number | ZonedInstant | undefined): string {
  if (value === undefined) return 'not known yet'
  if (typeof value === 'string') return inertLine(value, MOST_SLOT)
  return typeof value === 'number' ? String(value) : sayInstant(value)
}

function isMissing(value: string | number | ZonedInstant | undefined): boolean {
  return value === undefined || (typeof value === 'string' && value.trim() === '')
}

/** A link of ours: the site's own address, then characters of an opaque path. */
function isOurs(link: string, site: string): boolean {
  return link.length <= MOST_LINK && link.startsWith(`${site}/l/`) && /^[\w-]{16,200}$/.test(link.slice(site.length + 3))
}

/** An address below the site's own, of characters that no line breaks at. */
function isPlace(place: string, site: string): boolean {
  return place.length <= MOST_LINK && place.startsWith(`${site}/`) && /^[\w./-]*$/.test(place.slice(site.length))
}
