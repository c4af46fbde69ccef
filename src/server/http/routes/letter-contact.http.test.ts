import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import type { CasePaperList } from '../../../contract/shapes/case.ts'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import type { CaseWorld } from '../../../devkit/case-world.ts'
import { LetterStage } from '../../../devkit/letter-stage.ts'
import { sweepProjects } from '../../app/projects/sweep-projects.ts'
import { inTransaction } from '../../store/connection.ts'
import { letterQueue } from '../../store/letter-queue.ts'

/** Of the right shape, and never given to anybody. */
const NEVER = `reports+r${'1'.repeat(32)}@weir.example`

describe('addresses and letters of a contact that is no longer one', () => {
  let stage: LetterStage
  let world: CaseWorld

  before(async () => {
    stage = await LetterStage.open()
    ;({ world } = stage)
  })
  after(async () => await stage.close())

  /** How much is kept of mail that came in. */
  const kept = async () =>
    await inTransaction(stage.door.ground.store, 'all', async (tx) => {
      const { rows } = await sql<{ n: number }>`
        select ((select count(*) from case_paper) + (select count(*) from mail_taken) + (select count(*) from notice))::int as n`.execute(
        tx.db,
      )
      return rows[0]!.n
    })
  const isRefused = async (to: string) => {
    const before = await kept()
    const answers = await stage.answer(to, 'Anybody there?')
    assert.deepEqual([answers, await stage.answer(NEVER, 'Anybody there?')], [['550'], ['550']])
    assert.equal(await kept(), before)
  }

  test('who left a case, or is of one that was closed, is answered as who never was in it', async () => {
    const { id, party } = await stage.written()
    const [reply, bounce] = [stage.replyTo(), stage.mail.taken.at(-1)!.from]
    assert.deepEqual(await stage.answer(reply, 'We look into it.'), ['250', '250'])
    await world.act(world.coordinator, id, { do: 'remove', participant: party, why: 'Shared what it read.' } as never)
    await isRefused(reply)
    await isRefused(bounce)
    const papers = await stage.ask<CasePaperList>('GET', `/v1/cases/${id}/papers`, world.coordinator)
    assert.equal(papers.rows.filter(({ kind }) => kind === 'reply').length, 1)
  })

  test('a letter that is sealed goes to the contact that is proved until the change; after it a person decides anew', async () => {
    const one = await stage.written()
    const { id, project } = one
    const before = stage.replyTo()
    await stage.accept()
    await stage.moveContact(one, 'next@p2.example')
    assert.equal(await stage.post.pass(), 1, 'the present contact is told')
    const told = stage.replyTo()
    await world.pass(71 * HOUR)
    stage.mail.mood = () => 'later'
    await stage.act(await stage.letterOf(id, 'first-report'), { do: 'send' })
    assert.equal(await stage.post.pass(), 0, 'it is tried, at the contact in force')
    stage.mail.mood = () => 'take'
    await world.pass(2 * HOUR)
    // The instant has come and the change is not made yet: nothing goes to either.
    assert.deepEqual(await letterQueue(stage.door.desks.projects).claim(stage.door.desks.projects.clock(), 9), [])
    await sweepProjects(stage.door.desks.projects)
    assert.equal(await stage.post.pass(), 0)
    const back = await stage.letterOf(id, 'first-report')
    assert.deepEqual(
      [back.state, back.address, back.missing.map(({ code }) => code)],
      ['draft', 'next@p2.example', ['contact.unproved']],
    )
    assert.match(back.says, /The contact changed/)
    await isRefused(before)
    // Who was replaced can still say that nobody asked for it.
    assert.deepEqual(await stage.answer(told, 'That was not us.'), ['250', '250'])
    await stage.prove(project)
    await stage.act(await stage.letterOf(id, 'first-report'), { do: 'send' })
    assert.equal(await stage.post.pass(), 1)
    assert.deepEqual(stage.mail.taken.at(-1)!.to, ['next@p2.example'])
    assert.notEqual(stage.replyTo(), before)
    assert.deepEqual(await stage.answer(stage.replyTo(), 'We look into it.'), ['250', '250'])
    await isRefused(before)
  })

  test('within the 72 hours it goes to the contact in force', async () => {
    const one = await stage.written()
    const reply = stage.replyTo()
    await stage.accept()
    await stage.moveContact(one, 'next@p3.example')
    await stage.act(await stage.letterOf(one.id, 'first-report'), { do: 'send' })
    await stage.post.pass()
    assert.deepEqual(
      stage.mail.taken.slice(-2).map(({ to }) => to),
      [['sec@p3.example'], ['sec@p3.example']],
    )
    assert.deepEqual(await stage.answer(reply, 'We look into it.'), ['250', '250'])
    await world.pass(46 * DAY)
    await world.act(world.coordinator, one.id, { do: 'close', why: 'over' } as never)
    await isRefused(reply)
  })
})
