import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { replyPlaces } from '../../app/letters/reply-places.ts'
import { takeMail } from '../../app/letters/take-mail.ts'
import { inTransaction } from '../../store/connection.ts'

describe('a case that is full of papers', () => {
  let door: TestDoor
  let world: CaseWorld
  let id: string

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 1 })
    id = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row.id
    await world.bring(id, world.vendors[0]!, 'vendor')
    assert.equal((await world.say(world.coordinator, id, 'The first.')).status, 201)
    await inTransaction(door.ground.store, 'all', async (tx) => {
      await sql`insert into case_paper (case_id, id, kind, party_id, person_id, about, body, blob, bytes, digest, at)
        select case_id, id || n, kind, party_id, person_id, about, body, blob, bytes, digest, at
        from case_paper, generate_series(1, 4999) n where case_id = ${id}`.execute(tx.db)
    })
  })
  after(async () => await door.close())

  const papers = async () =>
    await inTransaction(door.ground.store, 'all', async (tx) => {
      const { rows } = await sql<{ n: string }>`select count(*) n from case_paper where case_id = ${id}`.execute(tx.db)
      return Number(rows[0]!.n)
    })
  const blobs = async () => {
    let n = 0
    for await (const _ of door.ground.blobs.names()) n += 1
    return n
  }

  test('what it refuses lies in no store', async () => {
    const before = await blobs()
    for (const who of [world.coordinator, world.vendors[0]!]) {
      const headers = { 'content-type': 'application/octet-stream' }
      const answer = await door.ask('POST', `/v1/cases/${id}/papers?title=x`, { as: who.as, body: 'x'.repeat(1000), headers })
      assert.equal(((await answer.json()) as { code: string }).code, 'quota.exceeded')
    }
    assert.deepEqual([await blobs(), await papers()], [before, 5000])
  })

  test('a mail to it is told to the coordinator and kept no more', async () => {
    const desk = door.desks.projects
    const { reply } = await inTransaction(desk.store, 'all', async (tx) => {
      const party = (await world.view(world.coordinator, id)).parties.find(({ kind }) => kind === 'vendor')!.id
      return await replyPlaces(desk, tx, { case: id, party })
    })
    const files = [{ name: 'big.bin', mediaType: 'application/octet-stream', bytes: new Uint8Array(1000) }]
    const rest = { from: 'a@b.example', subject: 'Re', filesLeftOut: 0, bounce: null, inReplyTo: null }
    await takeMail(desk, { token: reply, key: 'ab'.repeat(32), text: 'More.', kind: 'reply', files, ...rest } as never)
    assert.equal(await papers(), 5000)
    const notices = await (await door.ask('GET', '/v1/notices', { as: world.coordinator.as })).text()
    assert.match(notices, /An answer came by mail/)
  })
})
