import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe } from 'node:test'
import { instant } from '../../core/kernel/instant.ts'
import { letterStoreSuite } from '../../devkit/letter-store-suite.ts'
import { type FreshDatabase, freshDatabase } from '../../devkit/pg.ts'
import { at, inTransaction } from './connection.ts'
import { insertLetter, type LetterBody } from './letter.ts'
import { LETTER_LEASE_MS, letterQueue, sealLetterBody } from './letter-queue.ts'

describe('letters in the database', () => {
  let database: FreshDatabase | null = null
  after(async () => await database?.close())

  letterStoreSuite(async () => {
    await database?.close()
    database = await freshDatabase()
    const { store, keys } = database
    const ground = { store, keys, random: (length: number) => randomBytes(length), clock: () => instant(0) }
    const [slot] = await keys.allocate(1)
    assert.ok(slot)
    return {
      store: letterQueue(ground),
      leaseMs: LETTER_LEASE_MS,
      async add({ id, messageId, date, from, replyTo, returnPath, to, subject, text }) {
        const fixed = { date, from, replyTo, returnPath, to, subject, text, key: null }
        const body: LetterBody = {
          ...fixed,
          toWords: 'a reader',
          reference: 'ABCD-EFGH',
          site: 'https://weir.example',
          sealed: false,
          byHand: false,
          scopeRead: false,
          terms: null,
          says: '',
        }
        await inTransaction(store, 'all', async (tx) => {
          const home = { case_id: 'cas_1', id, party_id: null, project_id: null, template: 'reminder', key_slot: slot.slot }
          const sealed = sealLetterBody(ground, { id, key_slot: slot.slot }, body)
          await insertLetter(tx, { ...home, step: null, body: sealed, madeAt: date, person: null })
          await tx.db
            .updateTable('letter')
            .set({ state: 'queued', asked_at: at(0) as never, send_at: at(0) as never, message_id: messageId })
            .where('id', '=', id)
            .execute()
        })
      },
      async state(id) {
        const { state, handing } = await inTransaction(store, 'all', (tx) =>
          tx.db.selectFrom('letter').select(['state', 'handing']).where('id', '=', id).executeTakeFirstOrThrow(),
        )
        return state === 'queued' ? 'waiting' : state === 'sending' ? (handing ? 'handing' : 'claimed') : state
      },
    }
  })
})
