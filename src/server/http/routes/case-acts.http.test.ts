import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'

describe('what people do in a case', () => {
  let door: TestDoor
  let world: CaseWorld
  let id: string
  let vendor: Member
  let party: string
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
    vendor = world.vendors[0]!
    id = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row.id
    await world.bring(id, vendor, 'vendor')
    party = await world.party(vendor, id)
  })
  after(async () => await door.close())
  const where = async (answer: Response) => [answer.status, ((await answer.json()) as { where?: string }).where]

  test('a flaw that is added is offered before it is read; one of another case is refused by name', async () => {
    const { id: other } = (await world.openCase([world.flaw(3)])).row
    const taken = await world.try(world.coordinator, id, { do: 'add-flaw', flaw: world.flaw(3) })
    assert.ok(((await taken.json()) as { detail: string }).detail.includes(other))
    await world.act(world.coordinator, id, { do: 'add-flaw', flaw: world.flaw(2) } as never)
    assert.equal((await world.view(vendor, id)).flaws.length, 1)
    await world.invite(id, vendor, 'vendor')
    const asked = await world.view(vendor, id)
    assert.deepEqual([asked.flaws.length, asked.row.whoseMove, asked.may.includes('accept')], [1, 'yours', true])
    assert.equal((await world.accept(vendor, id)).flaws.length, 2)
    assert.deepEqual(await where(await world.try(world.coordinator, id, { do: 'add-flaw', flaw: world.flaw(2) })), [
      409,
      'flaw.exists',
    ])
  })

  test('a CVE id is set by the coordinator and has the shape of one', async () => {
    const set = (cve: string | null) => world.try(world.coordinator, id, { do: 'set-cve', flaw: world.flaw(1), cve })
    assert.deepEqual(await where(await set('CVE-1')), [409, 'cve.malformed'])
    const view = (await (await set('CVE-2026-12345')).json()) as CaseView
    assert.equal(view.flaws.find(({ id: flaw }) => flaw === world.flaw(1))?.cve, 'CVE-2026-12345')
    assert.equal((await world.try(vendor, id, { do: 'set-cve', flaw: world.flaw(1), cve: null })).status, 409)
  })

  test('a duty by law gets its instant from the rule, and opens and ends nothing', async () => {
    const duty = (name: string, startedAt = world.in(0)) => ({ do: 'legal-duty', party, duty: name, startedAt })
    assert.deepEqual(await where(await world.try(vendor, id, duty('somewhere/soon'))), [400, 'act/duty'])
    assert.deepEqual(await where(await world.try(vendor, id, duty('cra/early-warning', 'tomorrow'))), [400, 'act/startedAt'])
    const view = await world.act(vendor, id, duty('cra/early-warning') as never)
    assert.deepEqual([view.embargo.duties[0]?.dueAt, view.embargo.state], [world.in(24 * HOUR), 'active'])
  })

  test('a longer end waits for everybody, a shorter one takes the chair and one other; whoever proposed takes it back', async () => {
    const chair = (await world.view(world.coordinator, id)).you[0]!
    const offer = (days: number) => ({ endsAt: world.in(days * DAY), policy: 'agreed/1', why: 'A release.' })
    const asked = await world.act(vendor, id, { do: 'propose', party, ...offer(60) } as never)
    assert.deepEqual([asked.embargo.state, asked.embargo.open[0]?.yours], ['revise', 'accept'])
    const { number } = asked.embargo.open[0]!
    assert.deepEqual(await where(await world.try(vendor, id, { do: 'answer', party, number, answer: 'accept' })), [
      409,
      'embargo.own-proposal',
    ])
    await world.act(vendor, id, { do: 'answer', party, number, answer: 'decline' } as never)
    const shorter = await world.act(vendor, id, { do: 'propose', party, ...offer(20) } as never)
    const agreed = await world.act(world.coordinator, id, {
      do: 'answer',
      party: chair,
      number: shorter.embargo.open[0]!.number,
      answer: 'accept',
    } as never)
    assert.deepEqual([agreed.embargo.state, agreed.embargo.terms?.endsAt], ['active', offer(20).endsAt])
    assert.deepEqual(await where(await world.try(vendor, id, { do: 'propose', party, ...offer(-1) })), [409, 'embargo.past'])
    assert.deepEqual(await where(await world.try(vendor, id, { do: 'propose', party, ...offer(1), endsAt: 'soon' })), [
      400,
      'act/endsAt',
    ])
  })

  test('with everybody’s word the embargo may be ended, not before; a case under embargo is not closed', async () => {
    const chair = (await world.view(world.coordinator, id)).you[0]!
    const end = { do: 'end-embargo', why: 'all-agreed' }
    assert.deepEqual(await where(await world.try(world.coordinator, id, end)), [409, 'embargo.not-ripe'])
    const close = { do: 'close', why: 'Over.' }
    assert.deepEqual(await where(await world.try(world.coordinator, id, close)), [409, 'report.embargo-stands'])
    await world.act(vendor, id, { do: 'agree-to-publish', party } as never)
    await world.act(vendor, id, { do: 'agree-to-publish', party, agree: false } as never)
    await world.act(vendor, id, { do: 'agree-to-publish', party } as never)
    const all = await world.act(world.coordinator, id, { do: 'agree-to-publish', party: chair } as never)
    assert.equal(all.publish.may, true)
    const ended = await world.act(world.coordinator, id, end as never)
    assert.deepEqual([ended.embargo.state, ended.embargo.ended?.why], ['exited', 'all-agreed'])
  })

  test('what a page says one may do is what the door then takes or refuses with a reason of the case', async () => {
    const { may } = await world.view(vendor, id)
    for (const name of ['leave', 'report', 'state', 'agree-to-publish', 'note']) assert.ok(may.includes(name), name)
    for (const name of ['close', 'merge', 'split', 'add-flaw', 'confirm']) assert.ok(!may.includes(name), name)
    const missing = await world.try(world.coordinator, id, { do: 'merge', from: `cas_${'0'.repeat(24)}` })
    assert.deepEqual(await where(missing), [400, 'act/from'])
  })
})
