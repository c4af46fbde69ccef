import type { ContactEvent } from '../../../core/cases/ladder/contact-history.ts'
import { instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'

/** What happened between a case and one participant by letters, as the ladder reads it. */
export async function contactHistory(tx: Tx, of: { readonly case: string; readonly party: string }): Promise<ContactEvent[]> {
  const letters = await tx.db
    .selectFrom('letter')
    .select(['state', 'step', 'template', 'sent_at', 'made_at'])
    .where('case_id', '=', of.case)
    .where('party_id', '=', of.party)
    .execute()
  const replies = await tx.db
    .selectFrom('case_paper')
    .select('at')
    .where('case_id', '=', of.case)
    .where('party_id', '=', of.party)
    .where('kind', 'in', ['reply', 'message'])
    .execute()
  const used = await tx.db
    .selectFrom('letter_link')
    .innerJoin('letter', 'letter.id', 'letter_link.letter_id')
    .select(['letter_link.used_at'])
    .where('letter.case_id', '=', of.case)
    .where('letter.party_id', '=', of.party)
    .where('letter_link.used_at', 'is not', null)
    .execute()
  const answers = [...replies.map(({ at }) => at), ...used.flatMap(({ used_at }) => used_at ?? [])]
  return [
    ...letters.flatMap(({ state, step, template, sent_at, made_at }): ContactEvent[] => {
      // A draft of a step that a person dropped is a step that a person decided about.
      const taken = step !== null && (sent_at !== null || state === 'dropped')
      const at = instant(sent_at ?? made_at)
      const decided = taken && (step === 'decision' || step === 'info-decision')
      return [
        ...(sent_at === null ? [] : [{ type: 'sent' as const, at }]),
        ...(sent_at !== null && template === 'needs-info' ? [{ type: 'question' as const, at }] : []),
        ...(sent_at !== null && state === 'bounced' ? [{ type: 'bounced' as const, at }] : []),
        ...(taken ? [{ type: 'step-taken' as const, step: step!, at }] : []),
        ...(decided ? [{ type: 'decided' as const, at }] : []),
      ]
    }),
    ...answers.flatMap((at): ContactEvent[] => [
      { type: 'answered', at: instant(at) },
      { type: 'question-answered', at: instant(at) },
    ]),
  ]
}
