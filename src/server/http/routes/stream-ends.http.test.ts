import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'

describe('an event stream', () => {
  let door: TestDoor
  before(async () => {
    door = await openDoor()
  })
  after(async () => await door.close())

  test('ends for whoever was put out meanwhile, and tells them nothing more', async () => {
    const admin = await member(door.ground, 'Clearinghouse', ['administrator'])
    const finder = await member(door.ground, 'Skerry Project', ['finder'])
    const reader = (await door.ask('GET', '/v1/events', { as: finder.as })).body!.getReader()
    const words = new TextDecoder()
    const tell = (report: string) =>
      door.desks.hub.publish({ name: 'intake', organisation: finder.organisation, body: { report } })
    tell('rpt_before')
    assert.match(words.decode((await reader.read()).value), /rpt_before/)
    assert.equal((await door.ask('DELETE', `/v1/people/${finder.id}`, { as: admin.as })).status, 200)
    await pause(1100)
    tell('rpt_after')
    const { done, value } = await reader.read()
    assert.ok(done, words.decode(value))
    assert.equal(door.desks.hub.size, 0)
  })

  test('leaves room to others, however many one person opens, and gives it back', async () => {
    const [greedy, other] = [await member(door.ground, 'Marsh', ['operator']), await member(door.ground, 'Fen', ['operator'])]
    const opened = []
    for (let n = 0; n < 20; n++) opened.push(await door.ask('GET', '/v1/events', { as: greedy.as }))
    assert.ok(opened.every(({ status }) => status === 200))
    assert.equal((await door.ask('GET', '/v1/events', { as: greedy.as })).status, 503)
    const theirs = await door.ask('GET', '/v1/events', { as: other.as })
    assert.equal(theirs.status, 200)
    for (const { body } of [...opened, theirs]) await body!.cancel()
    for (let n = 0; n < 100 && door.desks.hub.size > 0; n++) await pause(10)
    const again = await door.ask('GET', '/v1/events', { as: greedy.as })
    assert.equal(again.status, 200)
    await again.body!.cancel()
  })

  test('is not begun for who asks for its head only', async () => {
    const { as } = await member(door.ground, 'Ness', ['operator'])
    const before = door.desks.hub.size
    for (let n = 0; n < 3; n++) assert.equal((await door.ask('HEAD', '/v1/events', { as })).status, 200)
    assert.equal(door.desks.hub.size, before)
  })
})
