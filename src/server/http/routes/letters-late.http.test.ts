import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { LinkOut, ProjectOut } from '../../../contract/shapes/project.ts'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import type { CaseWorld } from '../../../devkit/case-world.ts'
import type { TestDoor } from '../../../devkit/door.ts'
import { type Asked, LetterStage } from '../../../devkit/letter-stage.ts'
import { sweepProjects } from '../../app/projects/sweep-projects.ts'
import { releaseWaiting } from '../../main/letter-office.ts'
import { inTransaction } from '../../store/connection.ts'

describe('what changed between a letter and what follows from it', () => {
  let stage: LetterStage
  let door: TestDoor
  let world: CaseWorld
  /** Somebody who was asked and has not answered, and the links that they hold. */
  let asked: Asked
  let old: string[]

  before(async () => {
    stage = await LetterStage.open()
    ;({ door, world } = stage)
  })
  after(async () => await stage.close())

  test('a report that waits for its turn does not go to whoever was taken out of the case meanwhile', async () => {
    const { id, party, project } = await stage.written()
    await stage.accept()
    await stage.actProject(project, { do: 'pause', until: world.in(2 * DAY) })
    await stage.act(await stage.letterOf(id, 'first-report'), { do: 'send' })
    assert.equal(await stage.post.pass(), 0)
    await world.act(world.coordinator, id, { do: 'remove', participant: party, why: 'Shared what it read.' } as never)
    await world.pass(2 * DAY + HOUR)
    await releaseWaiting(door.desks.projects)
    assert.equal(await stage.post.pass(), 0)
    const back = await stage.letterOf(id, 'first-report')
    assert.deepEqual([back.state, back.missing.map(({ code }) => code)], ['draft', ['reader.gone']])
  })

  test('one of which nobody knows whether it went does not go again to an address that is the contact’s no more', async () => {
    const one = await stage.written()
    const { id, party } = one
    await stage.accept()
    await stage.act(await stage.letterOf(id, 'first-report'), { do: 'send' })
    const queued = await stage.letterOf(id, 'first-report')
    // As when the process dies while it hands the letter over.
    const unsure = () =>
      inTransaction(door.ground.store, 'all', (tx) =>
        tx.db.updateTable('letter').set({ state: 'unsure' }).where('id', '=', queued.id).execute(),
      )
    await unsure()
    await stage.moveContact(one, 'other@elsewhere.example')
    await world.pass(73 * HOUR)
    await sweepProjects(door.desks.projects)
    assert.equal(await stage.post.pass(), 1, 'the old contact is told')
    const again = await stage.act(await stage.letterOf(id, 'first-report'), { do: 'settle', sent: false })
    assert.deepEqual([again.state, again.missing.map(({ code }) => code)], ['draft', ['contact.unproved']])
    assert.equal(await stage.post.pass(), 0)
    await unsure()
    await world.act(world.coordinator, id, { do: 'remove', participant: party, why: 'Shared what it read.' } as never)
    assert.equal((await stage.act(await stage.letterOf(id, 'first-report'), { do: 'settle', sent: false })).state, 'draft')
    assert.equal(await stage.post.pass(), 0)
  })

  test('a link agrees to the terms that its letter told, and to no others', async () => {
    asked = await stage.written()
    old = [stage.token('Accept'), stage.token('Pause')]
    const { id, party } = asked
    const link = old[0]!
    const chair = await world.party(world.coordinator, id)
    const [first] = (await world.view(world.coordinator, id)).embargo.open
    assert.ok(first !== undefined)
    await world.act(world.coordinator, id, { do: 'answer', party: chair, number: first.number, answer: 'decline' } as never)
    const longer = { do: 'propose', party: chair, endsAt: world.in(300 * DAY), policy: '', why: 'Later.' }
    await world.act(world.coordinator, id, longer as never)
    const refused = await stage.ask<{ where: string }>('POST', `/v1/links/${link}`, null, {}, 409)
    assert.equal(refused.where, 'invitation.terms-changed')
    assert.equal((await stage.ask<LinkOut>('GET', `/v1/links/${link}`, null)).used, false)
    const one = (await world.view(world.coordinator, id)).parties.find((other) => other.id === party)
    assert.deepEqual([one?.reads, one?.consent], ['invitation', 'invited'])
  })

  test('a link in a letter to the contact of before says nothing for the project any more', async () => {
    const { id, party, project } = asked
    await stage.moveContact(asked, 'other@elsewhere.example')
    await world.pass(73 * HOUR)
    await sweepProjects(door.desks.projects)
    assert.equal(await stage.post.pass(), 1)
    for (const one of old)
      assert.equal((await stage.ask<{ where: string }>('POST', `/v1/links/${one}`, null, {}, 410)).where, 'contact.changed')
    const reads = (await world.view(world.coordinator, id)).parties.find((one) => one.id === party)?.reads
    assert.equal(reads, 'invitation')
    assert.equal((await stage.ask<ProjectOut>('GET', `/v1/projects/${project}`, world.coordinator)).budget.pausedUntil, null)
  })
})
