import type { ContactEvent } from '../../../core/cases/ladder/contact-history.ts'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { LetterRecord } from '../../store/letter.ts'

/** The history of one participant of one of the cases that were asked about. */
export type HistoryOf = (of: { readonly case: string; readonly party: string }) => ContactEvent[]

/** What happened between these cases and their participants by letters, as the ladder reads it; three questions however many. */
export async function contactHistories(tx: Tx, cases: readonly string[]): Promise<HistoryOf> {
  if (cases.length === 0) return () => []
  const letters = await tx.db
    .selectFrom('letter')
    .select(['case_id', 'party_id', 'state', 'step', 'template', 'sent_at', 'made_at'])
    .where('case_id', 'in', cases)
    .where('party_id', 'is not', null)
    .execute()
  const replies = await tx.db
    .selectFrom('case_paper')
    .select(['case_id', 'party_id', 'at'])
    .where('case_id', 'in', cases)
    .where('party_id', 'is not', null)
    .where('kind', 'in', ['reply', 'message'])
    .execute()
  const used = await tx.db
    .selectFrom('letter_link')
    .innerJoin('letter', 'letter.id', 'letter_link.letter_id')
    .select(['letter.case_id', 'letter.party_id', 'letter_link.used_at as at'])
    .where('letter.case_id', 'in', cases)
    .where('letter.party_id', 'is not', null)
    .where('letter_link.used_at', 'is not', null)
    .execute()
  const histories = new Map<string, ContactEvent[]>()
  const add = (row: { case_id: string; party_id: string | null }, events: readonly ContactEvent[]) => {
    const place = `${row.case_id} ${row.party_id}`
    const known = histories.get(place)
    if (known === undefined) histories.set(place, [...events])
    else known.push(...events)
  }
  for (const letter of letters) add(letter, eventsOf(letter))
  for (const answer of [...replies, ...used]) if (answer.at !== null) add(answer, answered(instant(answer.at)))
  return (of) => histories.get(`${of.case} ${of.party}`) ?? []
}

function eventsOf({ state, step, template, sent_at, made_at }: Pick<LetterRecord, LetterFacts>): ContactEvent[] {
  // A draft of a step that a person dropped is a step that a person decided about.
  const taken = step !== null && (sent_at !== null || state === 'dropped')
  const at = instant(sent_at ?? made_at)
  const decided = taken && (step === 'decision' || step === 'info-decision')
  return [
    ...(sent_at === null ? [] : [{ type: 'sent' as const, at }]),
    ...(sent_at !== null && template === 'needs-info' ? [{ type: 'question' as const, at }] : []),
    ...(sent_at !== null && state === 'bounced' ? [{ type: 'bounced' as const, at }] : []),
    ...(taken ? [{ type: 'step-taken' as const, step, at }] : []),
    ...(decided ? [{ type: 'decided' as const, at }] : []),
  ]
}

type LetterFacts = 'state' | 'step' | 'template' | 'sent_at' | 'made_at'

const answered = (at: Instant): ContactEvent[] => [
  { type: 'answered', at },
  { type: 'question-answered', at },
]
