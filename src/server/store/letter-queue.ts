import { fillLinks } from '../../core/cases/letters/link-places.ts'
import { linkToken } from '../../core/cases/letters/link-token.ts'
import type { Instant } from '../../core/kernel/instant.ts'
import { instant } from '../../core/kernel/instant.ts'
import type { Ground } from '../ground.ts'
import type { LetterStore, OutLetter } from '../notify/mail/letter-store.ts'
import { at, inTransaction, type Tx } from './connection.ts'
import { keyedMac } from './keys/mac.ts'
import { sealJson } from './keys/seal.ts'
import { type LetterBody, type LetterRecord, letterPlace, lockLetter, openLetter } from './letter.ts'
import { CONTACT_CHANGE } from './project.ts'

/** Longer than one message takes with a server that is slow to answer. */
export const LETTER_LEASE_MS = 10 * 60_000

/** What the process that sends is given: letters whose turn has come, each claimed by one process at a time. */
export function letterQueue(ground: Pick<Ground, 'store' | 'keys' | 'random' | 'clock'>): LetterStore {
  const { store } = ground
  const within = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(store, 'all', work)
  /** Settles a letter that this lease holds; `late`: also one that is unsure by now. */
  const settle = (id: string, lease: string, late: boolean, how: Settling, words: string) =>
    within(async (tx) => {
      const row = await lockLetter(tx, id)
      const held = row?.state === 'sending' || (late && row?.state === 'unsure')
      if (row === undefined || !held || row.lease !== lease) return
      const [set, says] = how.state === 'queued' && row.asked_at === null ? [TAKEN_BACK, TAKEN_BACK_SAYS] : [how, words]
      const body = openLetter(ground.keys, row)
      const kept = body === null ? {} : { body: sealLetterBody(ground, row, { ...body, says }) }
      await tx.db
        .updateTable('letter')
        .set({ ...set, ...kept, version: row.version + 1, leased_until: null })
        .where('id', '=', id)
        .execute()
    })

  return {
    claim: (now, n) => within((tx) => claim(ground, tx, now, n)),
    handing: (id, lease, now) =>
      within(async (tx) => {
        const done = await tx.db
          .updateTable('letter')
          .set({ handing: true, leased_until: at(now + LETTER_LEASE_MS) as never })
          .where('id', '=', id)
          .where('lease', '=', lease)
          .where('state', '=', 'sending')
          .where('handing', '=', false)
          .where('leased_until', '>', at(now))
          .executeTakeFirst()
        return done.numUpdatedRows > 0n
      }),
    sent: (id, lease, _messageId, answer) =>
      within(async (tx) => {
        const row = await lockLetter(tx, id)
        if (row === undefined || (row.state !== 'sending' && row.state !== 'unsure') || row.lease !== lease) return
        const body = openLetter(ground.keys, row)
        const says = `The mail server took it: ${answer.slice(0, 300)}`
        await tx.db
          .updateTable('letter')
          .set({
            state: 'sent',
            sent_at: at(ground.clock()) as never,
            version: row.version + 1,
            leased_until: null,
            ...(body === null ? {} : { body: sealLetterBody(ground, row, { ...body, says }) }),
          })
          .where('id', '=', id)
          .execute()
      }),
    failed: (id, lease, retryAt, why, putOffSince) => {
      const since = putOffSince === null ? null : (at(putOffSince) as never)
      const again = { state: 'queued' as const, send_at: at(retryAt) as never, put_off_since: since, handing: false }
      return settle(id, lease, false, again, `It is tried again: ${why.slice(0, 300)}`)
    },
    refused: (id, lease, _why, say) => settle(id, lease, false, { state: 'refused' }, say.slice(0, 600)),
    unsure: (id, lease, why) => settle(id, lease, false, { state: 'unsure' }, unsureSays(why)),
  }
}

// Whom it was for changed while a server was handed it (see app/cases/recall-letters.ts): it is not tried there again.
const TAKEN_BACK: Settling = { state: 'draft', send_at: null, put_off_since: null, handing: false }
const TAKEN_BACK_SAYS =
  'The contact changed, or left the case, before it had gone. Look at it again, and send it if its reader may have it.'

type Settling = {
  readonly state: LetterRecord['state']
  readonly send_at?: never | null
  readonly put_off_since?: never | null
  readonly handing?: boolean
}

const unsureSays = (why: string) => `The mail server may have it or not: ${why.slice(0, 300)}. A person looks and says which.`

const LINKS_LAST = 30 * 24 * 3_600_000

/** Until when the links of a letter of that date act. */
export function linkEnds(date: number): Instant {
  return instant(date + LINKS_LAST)
}

/** What links are made with: outside the database, so that no link can be made from what is kept. */
export function linkMac(ground: Pick<Ground, 'keys'>) {
  return keyedMac(ground.keys.secret('letters'), 'one-time-link')
}

/** A letter's body, sealed for its row. */
export function sealLetterBody(
  ground: Pick<Ground, 'keys' | 'random'>,
  row: Pick<LetterRecord, 'id' | 'key_slot'>,
  body: LetterBody,
): Buffer {
  const [key] = ground.keys.get([row.key_slot])
  if (!key) throw new Error('the key of a letter that is kept is not there')
  return sealJson(key, body, letterPlace(row.id), ground.random)
}

async function claim(ground: Pick<Ground, 'keys' | 'random'>, tx: Tx, now: Instant, n: number): Promise<OutLetter[]> {
  await endLeases(ground, tx, now)
  const rows = await tx.db
    .selectFrom('letter')
    .selectAll()
    .where('state', '=', 'queued')
    .where('send_at', '<=', at(now))
    // Between the instant at which a contact changes and the change being made, nothing of a case goes to either.
    .where((is) =>
      is.or([
        is('party_id', 'is', null),
        is.not(
          is.exists(
            is
              .selectFrom('project_proof')
              .select('id')
              .whereRef('project_proof.project_id', '=', 'letter.project_id')
              .where('kind', '=', CONTACT_CHANGE)
              .where('project_proof.state', '=', 'change-waits')
              .where('expires_at', '<=', at(now)),
          ),
        ),
      ]),
    )
    .orderBy('send_at')
    .orderBy('id')
    .limit(n)
    .forUpdate()
    .skipLocked()
    .execute()
  const claimed: OutLetter[] = []
  for (const row of rows) {
    const lease = Buffer.from(ground.random(16)).toString('hex')
    const body = openLetter(ground.keys, row)
    const letter = body === null ? null : outOf(ground, row, body, lease)
    await tx.db
      .updateTable('letter')
      .set(
        letter === null
          ? { state: 'dropped', version: row.version + 1 }
          : {
              state: 'sending',
              lease,
              attempts: row.attempts + 1,
              handing: false,
              leased_until: at(now + LETTER_LEASE_MS) as never,
            },
      )
      .where('id', '=', row.id)
      .execute()
    if (letter !== null) claimed.push(letter)
  }
  return claimed
}

/** Claims whose time is over: back to the queue where nothing was handed over, else unsure. */
async function endLeases(ground: Pick<Ground, 'keys' | 'random'>, tx: Tx, now: Instant): Promise<void> {
  const over = await tx.db
    .selectFrom('letter')
    .selectAll()
    .where('state', '=', 'sending')
    .where('leased_until', '<=', at(now))
    .limit(100)
    .forUpdate()
    .skipLocked()
    .execute()
  for (const row of over) {
    const body = row.handing ? openLetter(ground.keys, row) : null
    const says =
      body === null ? {} : { body: sealLetterBody(ground, row, { ...body, says: unsureSays('the sending was cut off') }) }
    await tx.db
      .updateTable('letter')
      .set({ ...says, state: row.handing ? 'unsure' : 'queued', version: row.version + 1, leased_until: null })
      .where('id', '=', row.id)
      .execute()
  }
}

/** A letter as it is sent; null where something that the message is made of was never fixed. */
function outOf(ground: Pick<Ground, 'keys'>, row: LetterRecord, body: LetterBody, lease: string): OutLetter | null {
  const { to, from, replyTo, returnPath, date, subject, text, key } = body
  if (to === null || from === null || replyTo === null || returnPath === null || date === null || row.message_id === null)
    return null
  return {
    id: row.id,
    lease,
    attempts: row.attempts,
    putOffSince: row.put_off_since === null ? null : instant(row.put_off_since),
    messageId: row.message_id,
    date: instant(date),
    from,
    replyTo,
    returnPath,
    to,
    subject,
    text: fillLinks(text, body.site, body.reference, (action) =>
      linkToken(linkMac(ground), { letter: row.id, action, expires: linkEnds(date) }),
    ),
    key: key === null || key.kind === 'age' ? key : { ...key, armoured: new Uint8Array(Buffer.from(key.armoured)) },
  }
}
