import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { HOUR, type Instant, instant } from '../../../core/kernel/instant.ts'
import type { CaseWorld } from '../../../devkit/case-world.ts'
import { LetterStage } from '../../../devkit/letter-stage.ts'
import { sweepProjects } from '../../app/projects/sweep-projects.ts'
import { letterQueue } from '../../store/letter-queue.ts'

describe('a letter that the process which sends holds while its reader ceases to be one', () => {
  let stage: LetterStage
  let world: CaseWorld
  let queue: ReturnType<typeof letterQueue>

  before(async () => {
    stage = await LetterStage.open()
    ;({ world } = stage)
    queue = letterQueue(stage.door.desks.projects)
  })
  after(async () => await stage.close())

  const now = (): Instant => instant(stage.door.time.now)
  const claimReport = async (id: string) => {
    await stage.act(await stage.letterOf(id, 'first-report'), { do: 'send' })
    const [claimed, ...more] = await queue.claim(now(), 9)
    assert.ok(claimed !== undefined && more.length === 0)
    return claimed
  }
  /** The server could not be reached: nothing of it is tried again, and a person decides. */
  const isDraftAfter = async (of: string, { id, lease }: { readonly id: string; readonly lease: string }) => {
    await queue.failed(id, lease, now(), 'the server is away', null)
    assert.deepEqual(await queue.claim(now(), 9), [])
    const back = await stage.letterOf(of, 'first-report')
    assert.equal(back.state, 'draft')
    return back
  }

  for (const handed of [false, true])
    test(`is not tried again at the contact that was replaced, ${handed ? 'once a server put it off' : 'or handed over at all'}`, async () => {
      const one = await stage.written()
      await stage.accept()
      await stage.moveContact(one, 'other@next.example')
      await stage.post.pass()
      await world.pass(72 * HOUR - 1000)
      const claimed = await claimReport(one.id)
      assert.match(claimed.to, /^sec@/)
      if (handed) assert.equal(await queue.handing(claimed.id, claimed.lease, now()), true)
      await world.pass(2000)
      await sweepProjects(stage.door.desks.projects)
      if (!handed) assert.equal(await queue.handing(claimed.id, claimed.lease, now()), false)
      const back = await isDraftAfter(one.id, claimed)
      assert.deepEqual([back.address, /contact changed/.test(back.says)], ['other@next.example', true])
    })

  test('is not tried again at who left the case; and their links speak for the project no more than its contact does', async () => {
    const one = await stage.written()
    const links = [stage.token('Pause'), stage.token('Unsubscribe')]
    await stage.accept()
    const claimed = await claimReport(one.id)
    assert.equal(await queue.handing(claimed.id, claimed.lease, now()), true)
    await world.act(world.coordinator, one.id, { do: 'remove', participant: one.party, why: 'Shared what it read.' } as never)
    await isDraftAfter(one.id, claimed)
    await stage.moveContact(one, 'other@next.example')
    await world.pass(73 * HOUR)
    await sweepProjects(stage.door.desks.projects)
    const before = await stage.ask<{ terms: unknown }>('GET', `/v1/projects/${one.project}`, world.coordinator)
    for (const token of links) {
      const refused = await stage.ask<{ where: string }>('POST', `/v1/links/${token}`, null, {}, 410)
      assert.equal(refused.where, 'contact.changed')
    }
    assert.deepEqual(await stage.ask('GET', `/v1/projects/${one.project}`, world.coordinator), before)
  })
})
