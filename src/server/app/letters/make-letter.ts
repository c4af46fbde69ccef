import { LETTER_KINDS, type LetterKind } from '../../../core/cases/letters/letter-kind.ts'
import { termsAsked } from '../../../core/cases/roster.ts'
import { newId } from '../../../core/kernel/id.ts'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { insertLetter, type LetterBody, lettersOfCase } from '../../store/letter.ts'
import { sealLetterBody } from '../../store/letter-queue.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { CONTENT_LETTERS, letterText, newReference } from './letter-text.ts'
import { readerOf } from './reader-of.ts'

export interface Making {
  readonly kind: string
  readonly participant: string
  readonly words: string | null
  /** Null: Weir itself, after something that happened. */
  readonly person: string | null
  /** What a person is asked to do without a letter; null: a letter is written. */
  readonly byHand?: string | null
  /** The step of the ladder that it takes. */
  readonly step: string | null
  readonly next: { readonly says: string; readonly at: Instant } | null
}

/** Of one case: more is no work but a disk to fill. */
const MOST = 500

/** Makes a draft in the running transaction; nothing is sent. Answers the letter's id. */
export async function makeLetter(desk: ProjectDesk, tx: Tx, loaded: LoadedCase, making: Making): Promise<Answer<string>> {
  const kind = LETTER_KINDS.find((one) => one === making.kind)
  if (kind === undefined || kind === 'contact-change')
    return denied('request.invalid', `A template is one of ${LETTER_KINDS.join(', ')}.`, 'template')
  const reader = await readerOf(desk, tx, loaded, making.participant)
  if (reader === null) return denied('request.invalid', 'There is no participant of that id that letters go to.', 'party')
  const before = await lettersOfCase(tx, loaded.case.id)
  if (before.length >= MOST) return denied('quota.exceeded', `A case has at most ${MOST} letters.`)
  const sent = before.filter(({ party_id, sent_at }) => party_id === making.participant && sent_at !== null)
  const first = sent.map(({ sent_at }) => sent_at!).sort((a, b) => a - b)[0]
  const { participant, words, next } = making
  const firstSent = first === undefined ? null : instant(first)
  const doing = making.byHand ?? null
  const written =
    doing === null
      ? await letterText(desk, tx, loaded, reader, { kind, participant, words, firstSent, next })
      : done({ subject: 'No letter: a step for a person', text: `${doing}\n`, reference: newReference(desk.random) })
  if (!written.ok) return written
  const id = newId('letter', desk.random)
  const body: LetterBody = {
    ...written.value,
    site: desk.site,
    to: doing === null ? reader.to : null,
    byHand: doing !== null,
    toWords: reader.toWords,
    key: null,
    from: null,
    replyTo: null,
    returnPath: null,
    date: null,
    sealed: isSealed(kind),
    scopeRead: false,
    terms: termsAsked(loaded.case),
    says: making.person === null ? 'A draft that was made when something happened. A person sends it.' : 'A draft.',
  }
  await insertLetter(tx, {
    case_id: loaded.case.id,
    id,
    party_id: making.participant,
    project_id: reader.project?.row.id ?? null,
    template: kind,
    key_slot: loaded.key.slot,
    body: sealLetterBody(desk, { id, key_slot: loaded.key.slot }, body),
    step: making.step,
    madeAt: loaded.now,
    person: making.person,
  })
  return done(id)
}

/** Does a letter of that kind hold what only participants may know? */
export function isSealed(kind: LetterKind): boolean {
  return CONTENT_LETTERS.includes(kind)
}
