import { isBinding } from '../../../core/cases/embargo-state.ts'
import type { LetterFacts } from '../../../core/cases/letters/letter-facts.ts'
import type { LetterKind } from '../../../core/cases/letters/letter-kind.ts'
import { LETTERS } from '../../../core/cases/letters/letter-tables.ts'
import { linkPlace } from '../../../core/cases/letters/link-places.ts'
import { renderLetter } from '../../../core/cases/letters/render-letter.ts'
import { shortestOf } from '../../../core/cases/roster.ts'
import type { Random } from '../../../core/kernel/id.ts'
import { DAY, type Instant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { pieceText } from './piece-text.ts'
import { placeInLine } from './place-in-line.ts'
import { publishedAs } from './published-as.ts'
import type { Reader } from './reader-of.ts'
import { caseContent } from './report-facts.ts'

/** Letters that hold what only participants may know. The others name no software and no weakness. */
export const CONTENT_LETTERS: readonly LetterKind[] = ['first-report', 'patch-offer', 'needs-info', 'advisory-draft']

export interface LetterText {
  readonly subject: string
  readonly text: string
  readonly reference: string
}

export interface Wanted {
  readonly kind: LetterKind
  readonly participant: string
  /** What a person wrote: the question, the description, the draft of an advisory. */
  readonly words: string | null
  readonly firstSent: Instant | null
  readonly next: { readonly says: string; readonly at: Instant } | null
}

/** The words of a letter by its template, from what stands in the case now. */
export async function letterText(
  desk: ProjectDesk,
  tx: Tx,
  loaded: LoadedCase,
  reader: Reader,
  wanted: Wanted,
): Promise<Answer<LetterText>> {
  const { kind, words } = wanted
  const { case: of, now } = loaded
  const reference = newReference(desk.random)
  const one = of.participants.find(({ id }) => id === wanted.participant)
  const zone = reader.project?.terms.pace?.quiet?.zone ?? 'UTC'
  const zoned = (at: Instant) => ({ at, zone })
  const { embargo } = of
  const terms = isBinding(embargo.state) ? embargo.terms : embargo.state === 'exited' ? null : shortestOf(embargo.open)
  const end = embargo.ended?.at ?? terms?.endsAt ?? null
  const answerBy = one?.respondBy ?? instant(now + 7 * DAY)
  const links = reader.project === null ? [] : LETTERS[kind].links
  const content = CONTENT_LETTERS.includes(kind) ? await contentFacts(desk, tx, loaded, reader, wanted) : {}
  const advisory = publishedAs(of)
  const place = kind === 'finder-status' ? await placeInLine(desk, tx, of.id) : null
  const facts: LetterFacts = {
    clearinghouse: desk.name,
    reference,
    site: desk.site,
    links: Object.fromEntries(links.map((action) => [action, linkPlace(desk.site, action, reference)])),
    room: `${desk.site}/cases/${of.id}`,
    ...(advisory === null ? {} : { publicAt: `${desk.site}/advisory/${advisory}` }),
    answerBy: zoned(answerBy),
    ...(end === null ? {} : { embargoEnd: zoned(end) }),
    ...(terms === null ? {} : { embargoWhy: terms.why.slice(0, 4).join(' ') }),
    ...(wanted.firstSent === null ? {} : { firstSent: zoned(wanted.firstSent) }),
    ...(wanted.next === null ? {} : { nextStep: wanted.next.says, nextStepAt: zoned(wanted.next.at) }),
    ...(reader.project?.terms.report.mostCharacters ? { most: reader.project.terms.report.mostCharacters } : {}),
    ...(words === null ? {} : { question: words, advisory: words }),
    ...(place === null ? {} : { position: place.position }),
    ...(place?.expectedAt ? { expected: zoned(place.expectedAt) } : {}),
    ...content,
  }
  const rendered = renderLetter(LETTERS[kind], facts)
  if (!rendered.ok) return denied('letter.refused', rendered.say, rendered.code)
  return done({ subject: rendered.subject, text: rendered.text, reference })
}

async function contentFacts(
  desk: ProjectDesk,
  tx: Tx,
  loaded: LoadedCase,
  reader: Reader,
  { kind, words, participant }: Wanted,
): Promise<Partial<LetterFacts>> {
  if (kind === 'needs-info' || kind === 'advisory-draft') return {}
  const { flaws, facts } = await caseContent(desk, tx, loaded)
  const reads = loaded.case.participants.find(({ id }) => id === participant)?.flaws ?? []
  const told = flaws.filter(({ id }) => (reads as readonly string[]).includes(id))
  const [first] = told
  if (first === undefined) return {}
  const many = told.length > 1
  const ids = told.map(({ id }) => id)
  const reproducer = many ? null : await pieceText(desk, tx, ids, 'reproducer', first.reproducers[0]?.id)
  const patch = await pieceText(desk, tx, ids, 'patch', first.patches[0]?.id)
  const wants = reader.project?.terms.ai.disclosure ?? 'welcome'
  const made = facts.madeWithAi
  return {
    software: reader.project?.row.name ?? first.target ?? 'your software',
    impact: many ? `${told.length} flaws, of which the first is: ${first.title}` : first.title,
    ...(first.versions === null ? {} : { affected: first.versions }),
    description: words ?? told.map(({ title, summary }) => (many ? `${title}\n\n${summary}` : summary)).join('\n\n'),
    ...(reproducer === null ? {} : { reproducer }),
    ...(patch === null ? {} : { patch }),
    ...(made === null || wants === 'unwanted'
      ? {}
      : { disclosure: made ? 'a model helped to find it.' : 'no model had a part in it.' }),
  }
}

const LETTERS_OF_REFERENCE = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'

/** A fresh opaque reference of 40 bits: `ABCD-EFGH`. */
export function newReference(random: Random): string {
  const word = [...random(8)].map((byte) => LETTERS_OF_REFERENCE[byte & 31]).join('')
  return `${word.slice(0, 4)}-${word.slice(4)}`
}
