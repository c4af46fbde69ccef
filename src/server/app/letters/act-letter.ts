import type { ActLetter } from '../../../contract/shapes/case.ts'
import { inertText } from '../../../core/cases/letters/inert-text.ts'
import type { LetterKind } from '../../../core/cases/letters/letter-kind.ts'
import { at, type Tx } from '../../store/connection.ts'
import { type LetterBody, type LetterRecord, openLetter } from '../../store/letter.ts'
import { sealLetterBody } from '../../store/letter-queue.ts'
import { type Answer, denied, done } from '../answer.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { checkLetter } from './check-letter.ts'
import { isMailedToo, isShown } from './letter-way.ts'
import { reachParties } from './reach-parties.ts'
import { type Reader, readerOf } from './reader-of.ts'
import { releaseLetter, releaseLetters } from './release-letters.ts'

/** Does one act to a letter whose row is locked. */
export async function obeyLetter(
  desk: ProjectDesk,
  tx: Tx,
  loaded: LoadedCase,
  row: LetterRecord,
  act: ActLetter,
  person: string,
): Promise<Answer<null>> {
  const body = openLetter(desk.keys, row)
  if (body === null) return denied('case.closed')
  const set = async (state: LetterRecord['state'], next: LetterBody, more: Changing = {}) => {
    await tx.db
      .updateTable('letter')
      .set({ ...more, state, version: row.version + 1, body: sealLetterBody(desk, row, next) })
      .where('id', '=', row.id)
      .execute()
    return done(null)
  }
  switch (act.do) {
    case 'write':
      if (row.state !== 'draft') return denied('letter.refused', 'Only a draft can be written.', 'letter.not-draft')
      return await set('draft', { ...body, text: `${inertText(act.text).trimEnd()}\n` })
    case 'drop':
      if (row.state !== 'draft' && row.state !== 'queued')
        return denied('letter.refused', 'It has left already.', 'letter.not-draft')
      return await set('dropped', { ...body, says: 'A person dropped it.' })
    case 'settle':
      return await settle()
    case 'send':
      return await send()
  }

  /** Of one of which nobody knows a person says what became of it; of one that goes by hand, that it was handed over. */
  async function settle(): Promise<Answer<null>> {
    if (act.do !== 'settle') return denied('internal')
    const now = at(loaded.now) as never
    if (row.state === 'unsure') {
      if (act.sent) return await set('sent', { ...body!, says: 'A person looked: it was sent.' }, { sent_at: now })
      if (!(await mayGoAgain()))
        return await set(
          'draft',
          { ...body!, says: 'It was not sent, and whom it was for has changed since: look at it again.' },
          { send_at: null, asked_at: null, handing: false },
        )
      return await set(
        'queued',
        { ...body!, says: 'A person looked: it was not sent, and goes again.' },
        { send_at: now, asked_at: now, handing: false },
      )
    }
    const byHand = row.state === 'draft' && body!.to === null && act.sent
    if (!byHand) return denied('letter.refused', 'There is nothing to settle.', 'letter.not-unsure')
    const reader = row.party_id === null ? null : await readerOf(desk, tx, loaded, row.party_id)
    // It would come at once, whatever their pace.
    if (!body!.byHand && reader !== null && isShown(reader, row.template))
      return denied('letter.refused', 'It shows in their inbox when its turn comes: send it.', 'letter.not-unsure')
    if (!body!.byHand) await reachParties(desk, tx, row, loaded.now)
    const says = body!.byHand ? 'A person did it.' : 'A person handed it over by the route that the project asks for.'
    return await set('sent', { ...body!, says }, { sent_at: now, sent_by: person })
  }

  /** Its address was fixed when it first went: whoever reads there must still be whom it is for. A word to an old contact always goes. */
  async function mayGoAgain(): Promise<boolean> {
    if (row.party_id === null) return true
    const reader = await readerOf(desk, tx, loaded, row.party_id)
    return reader !== null && reader.to === body!.to && (await missingOf(reader, body!.scopeRead)).length === 0
  }

  function missingOf(reader: Reader | null, scopeRead: boolean) {
    const { text, sealed, byHand } = body!
    const letter = { kind: row.template as LetterKind, participant: row.party_id, text, sealed, scopeRead, byHand }
    return checkLetter(desk, tx, loaded, reader, letter)
  }

  async function send(): Promise<Answer<null>> {
    if (act.do !== 'send') return denied('internal')
    if (row.state !== 'draft') return denied('letter.refused', 'It was sent on its way already.', 'letter.not-draft')
    const reader = row.party_id === null ? null : await readerOf(desk, tx, loaded, row.party_id)
    const scopeRead = act.scopeRead ?? false
    const missing = await missingOf(reader, scopeRead)
    if (missing.length > 0)
      return denied('letter.refused', missing.map(({ says }) => says).join(' '), missing.map(({ code }) => code).join(','))
    const inInbox = isShown(reader!, row.template) && !isMailedToo(desk, reader!)
    const next = {
      ...body!,
      scopeRead,
      to: inInbox ? null : reader!.to,
      key: null,
      says: 'A person let it go; it waits for its turn.',
    }
    await set('queued', next, { asked_at: at(loaded.now) as never, sent_by: person })
    if (reader!.project !== null) await releaseLetters(desk, tx, reader!.project.row.id)
    else await releaseLetter(desk, tx, { ...row, version: row.version + 1 }, next)
    return done(null)
  }
}

interface Changing {
  readonly sent_at?: never
  readonly send_at?: never | null
  readonly asked_at?: never | null
  readonly sent_by?: string
  readonly handing?: boolean
}
