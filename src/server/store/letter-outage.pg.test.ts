import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { instant } from '../../core/kernel/instant.ts'
import { madeLetter } from '../../devkit/fake-letters.ts'
import { type MailMood, startFakeMail } from '../../devkit/fake-mail.ts'
import { freshDatabase } from '../../devkit/pg.ts'
import { openPost } from '../notify/mail/post.ts'
import { USUAL_POST } from '../notify/mail/post-settings.ts'
import { sealLetter } from '../notify/mail/seal-letter.ts'
import { at, inTransaction } from './connection.ts'
import { insertLetter, type LetterBody } from './letter.ts'
import { LETTER_LEASE_MS, letterQueue, sealLetterBody } from './letter-queue.ts'

const LETTERS = 60
const MOODS: readonly MailMood[] = ['take', 'take', 'later', 'take', 'close-after-data', 'take', 'keep-and-close', 'take']

test('the database cut off again and again, a moody mail server, processes that die: no letter is lost, none goes twice', async () => {
  const database = await freshDatabase()
  const mail = await startFakeMail()
  const { store, keys, owner } = database
  const time = { now: 1_800_000_000_000 }
  const ground = { store, keys, random: (length: number) => randomBytes(length), clock: () => instant(time.now) }
  let asked = 0
  mail.mood = () => MOODS[asked++ % MOODS.length]!
  try {
    const [slot] = await keys.allocate(1)
    assert.ok(slot)
    await inTransaction(store, 'all', async (tx) => {
      for (let n = 0; n < LETTERS; n++) {
        const { id, messageId, date, from, replyTo, returnPath, to, subject, text } = madeLetter(n)
        const said = { toWords: 'x', reference: 'ABCD-EFGH', site: 'https://weir.example', says: '', key: null }
        const flags = { sealed: false, byHand: false, scopeRead: false, terms: null }
        const body: LetterBody = { ...said, ...flags, date, from, replyTo, returnPath, to, subject, text }
        const home = { case_id: 'cas_1', id, party_id: null, project_id: null, template: 'reminder', key_slot: slot.slot }
        const sealed = sealLetterBody(ground, { id, key_slot: slot.slot }, body)
        await insertLetter(tx, { ...home, step: null, body: sealed, madeAt: date, person: null })
        const due = { state: 'queued' as const, asked_at: at(0) as never, send_at: at(0) as never, message_id: messageId }
        await tx.db.updateTable('letter').set(due).where('id', '=', id).execute()
      }
    })
    const settings = { ...USUAL_POST, host: '127.0.0.1', port: mail.port, name: 'weir.example', atOnce: 10, answerMs: 2_000 }
    for (let round = 0; round < 60; round++) {
      // A fresh process each time: what the last one had not told the store is forgotten.
      const post = openPost(settings, { store: letterQueue(ground), now: () => instant(time.now), seal: sealLetter })
      const cuts = round < 12
      const cutting = cuts ? setInterval(() => void cut(), 9) : null
      await post.pass().catch(() => 0)
      if (cutting !== null) clearInterval(cutting)
      post.close()
      time.now += LETTER_LEASE_MS + 60_000
      if (!cuts && (await open()) === 0) break
    }
    const times = new Map<string, number>()
    for (const { to } of mail.taken) times.set(to[0]!, (times.get(to[0]!) ?? 0) + 1)
    const rows = await inTransaction(store, 'all', (tx) => tx.db.selectFrom('letter').select(['id', 'state']).execute())
    assert.equal(rows.length, LETTERS)
    for (const { id, state } of rows) {
      const count = times.get(`reader${Number(id.slice(3))}@maintainer.example`) ?? 0
      assert.ok(count <= 1, `${id} went ${count} times`)
      if (state === 'sent') assert.equal(count, 1, `${id} never went`)
      else assert.equal(state, 'unsure', id)
    }
    const sent = rows.filter(({ state }) => state === 'sent').length
    // How many end unsure depends on how fast the machine is; that many still go says that cuts do not end the post.
    assert.ok(sent > LETTERS / 4, `${sent} were sent`)
  } finally {
    await mail.close()
    await database.close()
  }

  /** Ends every connection of the server to its database. */
  async function cut(): Promise<void> {
    await owner
      .query(
        `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
      )
      .catch(() => undefined)
  }

  async function open(): Promise<number> {
    const rows = await inTransaction(store, 'all', (tx) =>
      tx.db.selectFrom('letter').select('id').where('state', 'in', ['queued', 'sending']).execute(),
    )
    return rows.length
  }
})
