import type { TimelineLine } from '../../../contract/shapes/case.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { type LetterTold, lettersTold, openLetter } from '../../store/letter.ts'
import type { CaseDesk } from './case-desk.ts'
import type { SeenCase } from './load-case.ts'
import type { Viewer } from './viewer.ts'

/** From `from` on, before `until`; null: without an end on that side. */
export interface Span {
  readonly from: number | null
  readonly until: number | null
}

/** A line of a letter with whose it is. */
export interface LetterLine {
  readonly at: number
  readonly person: string | null
  readonly party: string
  readonly says: string
  /** It came from that participant. */
  readonly answer: boolean
}

/** Answers of one page that stand each by itself; of more it is told how many. */
const MOST_ANSWERS = 200

const ANSWERS = {
  accept: 'accepted by a link',
  dispute: 'disputes the report by a link',
  ask: 'asked something by a link',
  pause: 'paused letters by a link',
  unsubscribe: 'wants no more letters, by a link',
} as const

/**
 * What became of the letters of a case in that span, the newest first: drafted, sent by whom, come back, answered. No word of a
 * letter or an answer is in it. A coordinator is told of all, a participant of what reached it and what it answered.
 */
export async function letterLines(
  desk: CaseDesk,
  tx: Tx,
  seen: SeenCase,
  { called }: Viewer,
  span: Span,
): Promise<readonly LetterLine[]> {
  const own = new Set<string>(seen.parties.map(({ id }) => id))
  const about = (party: string | null): party is string => party !== null && (seen.coordinator || own.has(party))
  const letters = await lettersTold(tx, seen.case.id, seen.coordinator ? null : [...own])
  const answers = (await answersOf(tx, seen.case.id)).filter(({ party_id }) => about(party_id))
  const lines = [
    ...letters.flatMap((letter) => linesOf(desk, letter, called, seen.coordinator)),
    ...answers.map(({ at, party_id, says }) => ({
      at,
      person: null,
      party: party_id,
      says: `${called(party_id)} ${says}.`,
      answer: true,
    })),
  ]
  const within = lines.filter(({ at }) => (span.from === null || at >= span.from) && (span.until === null || at < span.until))
  return shortened(within.sort((a, b) => b.at - a.at))
}

/** The lines of a page between the lines of the case's log, each where it belongs by its instant. */
export function interleaved(
  entries: readonly (TimelineLine | { readonly at: string; readonly hidden: true })[],
  letters: readonly LetterLine[],
  whoOf: (line: LetterLine) => string,
): TimelineLine[] {
  const rest = [...letters]
  const told = (line: LetterLine): TimelineLine => {
    return { version: 0, at: formatInstant(instant(line.at)), who: whoOf(line), says: line.says, kind: 'letter' }
  }
  const rows: TimelineLine[] = []
  for (const entry of entries) {
    while (rest[0] !== undefined && rest[0].at >= Date.parse(entry.at)) rows.push(told(rest.shift()!))
    if (!('hidden' in entry)) rows.push(entry)
  }
  return [...rows, ...rest.map(told)]
}

function linesOf(desk: CaseDesk, letter: LetterTold, called: Viewer['called'], coordinator: boolean): LetterLine[] {
  const party = letter.party_id!
  const what = letter.template.replaceAll('-', ' ')
  const line = (at: number, person: string | null, says: string): LetterLine => ({ at, person, party, says, answer: false })
  const body = letter.body === null ? null : openLetter(desk.keys, { ...letter, body: letter.body })
  const back = body?.cameBackAt ?? null
  return [
    ...(coordinator ? [line(letter.made_at, letter.by_person, `A letter to ${called(party)} was drafted: ${what}.`)] : []),
    ...(letter.sent_at === null
      ? []
      : [line(letter.sent_at, letter.sent_by, `A letter to ${called(party)} was sent: ${what}.`)]),
    ...(back === null ? [] : [line(back, null, `A letter to ${called(party)} came back: ${what}.`)]),
  ]
}

interface Answer {
  readonly at: number
  readonly party_id: string
  readonly says: string
}

async function answersOf(tx: Tx, id: string): Promise<Answer[]> {
  const used = await tx.db
    .selectFrom('letter_link')
    .innerJoin('letter', 'letter.id', 'letter_link.letter_id')
    .select(['letter.party_id', 'letter_link.used_at as at', 'letter_link.act'])
    .where('letter.case_id', '=', id)
    .where('letter_link.used_at', 'is not', null)
    .execute()
  const mails = await tx.db
    .selectFrom('case_paper')
    .select(['party_id', 'at', 'kind'])
    .where('case_id', '=', id)
    .where('kind', 'in', ['reply', 'machine'])
    .execute()
  const links = used.flatMap(({ party_id, at, act }) =>
    party_id === null || at === null ? [] : [{ at: Number(at), party_id, says: ANSWERS[act] }],
  )
  const written = mails.flatMap(({ party_id, at, kind }) =>
    party_id === null ? [] : [{ at: Number(at), party_id, says: `answered by ${kind === 'machine' ? 'a machine' : 'mail'}` }],
  )
  return [...links, ...written]
}

/** Whoever floods an address fills no page with it. */
function shortened(lines: readonly LetterLine[]): readonly LetterLine[] {
  const kept: LetterLine[] = []
  const more = new Map<string, LetterLine & { count: number }>()
  let answers = 0
  for (const line of lines) {
    const isAnswer = / answered by (mail|a machine)\.$/.test(line.says)
    if (!isAnswer || ++answers <= MOST_ANSWERS) kept.push(line)
    else more.set(line.party, { ...line, count: (more.get(line.party)?.count ?? 0) + 1 })
  }
  const counted = [...more.values()].map(({ count, ...line }) => ({ ...line, says: `${count} more answers came by mail.` }))
  return [...kept, ...counted].sort((a, b) => b.at - a.at)
}
