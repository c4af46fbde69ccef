import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { CalendarOut, CasePaperList, CaseView, Timeline } from '../../../contract/shapes/case.ts'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'
import { parseKey } from '../../../ledger/key.ts'
import { verifyReceipt } from '../../../ledger/verify-receipt.ts'
import { sha256 } from '../../ledger/secrets.ts'

describe('the life of a case', () => {
  let door: TestDoor
  let world: CaseWorld
  let id: string
  let vendor: Member
  let other: Member
  const flaw = () => world.flaw(1)
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
    const [one, two] = world.vendors
    vendor = one!
    other = two!
    id = (await world.openCase([flaw()], { policy: 'cert-cc/45-days' })).row.id
    await world.bring(id, world.finders[0]!, 'finder')
    await world.bring(id, vendor, 'vendor')
    await world.bring(id, other, 'vendor')
  })
  after(async () => await door.close())

  test('a vendor judges the report, states its status by two people, and says when it has a fix', async () => {
    const party = await world.party(vendor, id)
    const early = await world.try(vendor, id, { do: 'step', party, flaw: flaw(), step: 'fix-ready' })
    assert.deepEqual([early.status, ((await early.json()) as { where: string }).where], [409, 'work.not-prioritised'])
    await world.act(vendor, id, { do: 'report', party, to: 'valid' } as never)
    await world.act(vendor, id, { do: 'report', party, to: 'accepted', text: 'We take it.' } as never)
    const said = { do: 'state', party, flaw: flaw(), status: 'affected', text: 'All builds since 3.0.' }
    const stated = await world.act(vendor, id, said as never)
    const mine = stated.parties.find(({ you }) => you)!
    assert.deepEqual([mine.works[0]?.status, mine.works[0]?.stated?.text], [null, 'All builds since 3.0.'])
    assert.ok(!JSON.stringify(await world.view(other, id)).includes('All builds'), 'not before a second person')
    const { number } = mine.works[0]!.stated!
    const alone = await world.try(vendor, id, { do: 'approve-status', party, flaw: flaw(), number })
    assert.equal(((await alone.json()) as { where: string }).where, 'asker.two-people')
    const second = await world.colleague(vendor, 'maintainer')
    await world.act(second, id, { do: 'approve-status', party, flaw: flaw(), number } as never)
    assert.ok(JSON.stringify(await world.view(other, id)).includes('All builds'))
    await world.act(vendor, id, { do: 'step', party, flaw: flaw(), step: 'fix-ready' } as never)
    const fixed = await world.act(vendor, id, { do: 'step', party, flaw: flaw(), step: 'deployed', share: 0.95 } as never)
    assert.equal(fixed.parties.find(({ you }) => you)?.works[0]?.step, 'VFD')
  })

  test('a version that is no longer the newest is refused; an act of somebody else’s participant too', async () => {
    const { version } = await world.view(vendor, id)
    const late = await world.try(vendor, id, { do: 'agree-to-publish', party: await world.party(vendor, id) }, version - 1)
    assert.deepEqual([late.status, ((await late.json()) as { code: string }).code], [409, 'case.changed'])
    const party = await world.party(other, id)
    const foreign = await world.try(vendor, id, { do: 'agree-to-publish', party })
    assert.equal(foreign.status, 400)
    assert.equal((await world.try(vendor, id, { do: 'close', why: 'enough' })).status, 409)
    assert.equal((await world.try(vendor, id, { do: 'nothing' })).status, 400)
  })

  test('vendors who say yes in the same instant are all in; one who was shown other terms is told so', async () => {
    const { id: many } = (await world.openCase([world.flaw(3)], { policy: 'cert-cc/45-days' })).row
    const three = world.vendors.slice(0, 3)
    for (const one of three) await world.invite(many, one, 'vendor')
    const seen = await Promise.all(three.map(async (one) => ({ one, view: await world.view(one, many) })))
    const { number } = seen[0]!.view.embargo.open[0]!
    const wrong = await world.try(three[0]!, many, { do: 'accept', party: seen[0]!.view.you[0], version: number + 1 })
    assert.deepEqual([wrong.status, ((await wrong.json()) as { where: string }).where], [409, 'invitation.terms-changed'])
    const answers = await Promise.all(
      seen.map(({ one, view: { you, version } }) =>
        world.try(one, many, { do: 'accept', party: you[0], version: number }, version),
      ),
    )
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 200],
    )
    assert.equal((await world.view(world.coordinator, many)).embargo.state, 'active')
    const stale = seen[2]!.view
    const left = await world.try(three[2]!, many, { do: 'leave', party: stale.you[0] }, stale.version)
    assert.equal(left.status, 200, await left.text())
  })

  test('a vendor’s severity stands beside the finder’s, who has no name here', async () => {
    const party = await world.party(vendor, id)
    const vector = 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N'
    const judged = await world.act(vendor, id, { do: 'judge-severity', party, flaw: flaw(), vector } as never)
    const voices = judged.flaws[0]!.severities.map(({ voice, by }) => [voice, by])
    assert.deepEqual(voices, [
      ['finder', 'finder'],
      ['vendor', 'Vendor 1'],
    ])
    const finder = world.finders[0]!
    const refused = await world.try(finder, id, {
      do: 'judge-severity',
      party: await world.party(finder, id),
      flaw: flaw(),
      vector,
    })
    assert.equal(refused.status, 409)
  })

  test('messages go to all or to some, files stream, and nobody else reads them', async () => {
    assert.equal((await world.say(vendor, id, 'Hello all of you.')).status, 201)
    const party = await world.party(vendor, id)
    assert.equal((await world.say(world.coordinator, id, 'For one vendor only.', [party])).status, 201)
    door.time.now += 1
    const file = await door.ask('POST', `/v1/cases/${id}/papers?kind=file&title=../notes.txt`, {
      as: vendor.as,
      body: 'the notes',
    })
    assert.equal(file.status, 201, await file.clone().text())
    const paper = ((await file.json()) as { id: string }).id
    const texts = async (who: Member) =>
      ((await (await world.get(who, id, '/papers')).json()) as CasePaperList).rows.map(({ kind, text, by }) => [kind, text, by])
    assert.deepEqual(await texts(vendor), [
      ['message', 'We take it.', 'Vendor 1'],
      ['message', 'Hello all of you.', 'Vendor 1'],
      ['message', 'For one vendor only.', 'The Clearinghouse'],
      ['file', null, 'Vendor 1'],
    ])
    assert.equal((await texts(other)).length, 3)
    const bytes = await world.get(other, id, `/papers/${paper}`)
    assert.equal(await bytes.text(), 'the notes')
    assert.equal(bytes.headers.get('content-disposition'), 'attachment; filename=".._notes.txt"')
    const [secret] = ((await (await world.get(vendor, id, '/papers')).json()) as CasePaperList).rows.filter(
      ({ readers }) => readers === 'some',
    )
    assert.equal((await world.get(other, id, `/papers/${secret!.id}`)).status, 404)
    assert.equal((await world.get(world.stranger, id, `/papers/${paper}`)).status, 404)
  })

  test('whoever hides takes part without a name', async () => {
    const party = await world.party(other, id)
    await world.act(other, id, { do: 'hide', party, hidden: true } as never)
    const seen = await world.view(vendor, id)
    assert.equal(seen.hidden, 1)
    assert.ok(!JSON.stringify(seen).includes('Vendor 2'))
    const lines = ((await (await world.get(vendor, id, '/timeline')).json()) as Timeline).rows
    assert.ok(!JSON.stringify(lines).includes('Vendor 2'))
    assert.ok((await world.view(world.coordinator, id)).parties.some(({ name }) => name === 'Vendor 2'))
  })

  test('a leak that a participant reports waits for the coordinator, and then ends the embargo at once', async () => {
    const party = await world.party(vendor, id)
    const leak = { do: 'note', party, flaw: flaw(), what: 'public', at: world.in(-HOUR), evidence: 'It is on a mailing list.' }
    const claimed = await world.act(vendor, id, leak as never)
    assert.equal(claimed.embargo.state, 'active')
    assert.deepEqual((await world.view(other, id)).claims, [])
    const asked = await world.view(world.coordinator, id)
    assert.deepEqual([asked.row.whoseMove, asked.claims[0]?.by], ['yours', 'Vendor 1'])
    const ended = await world.act(world.coordinator, id, {
      do: 'confirm',
      flaw: flaw(),
      what: 'public',
      confirm: true,
    } as never)
    assert.deepEqual([ended.embargo.state, ended.embargo.ended?.why], ['exited', 'public'])
    assert.equal(ended.flaws[0]?.public?.evidence, 'It is on a mailing list.')
    assert.equal(ended.publish.may, true)
    assert.equal((await world.get(world.stranger, id)).status, 404, 'the end of an embargo opens no read')
  })

  test('the timeline tells people’s names to their own side, and pages without a gap', async () => {
    const all = ((await (await world.get(world.coordinator, id, '/timeline?limit=500')).json()) as Timeline).rows
    assert.deepEqual(
      all.map(({ version }) => version),
      all.map((_, n) => all[0]!.version - n),
    )
    assert.ok(all.some(({ says }) => says === 'The embargo ended: it is public.'))
    const first = (await (await world.get(world.coordinator, id, '/timeline?limit=3')).json()) as Timeline
    const second = (await (await world.get(world.coordinator, id, `/timeline?limit=3&cursor=${first.next}`)).json()) as Timeline
    assert.deepEqual(
      [...first.rows, ...second.rows].map(({ version }) => version),
      all.slice(0, 6).map(({ version }) => version),
    )
    assert.equal((await world.get(world.coordinator, id, '/timeline?cursor=x')).status, 400)
    assert.ok(!JSON.stringify(all).includes('mailing list'))
  })

  test('closing destroys the key: contents are gone, a receipt with the orders that were met remains and can be checked', async () => {
    const slot = async () => await door.ground.store.db.selectFrom('case_file').select('key_slot').executeTakeFirst()
    assert.equal(await slot(), undefined, 'rows are shut off below the policy')
    const closed = await world.act(world.coordinator, id, { do: 'close', why: 'Everybody has a fix.' } as never)
    assert.deepEqual([closed.row.state, closed.flaws, closed.row.title], ['closed', [], null])
    assert.ok(closed.orders[0]!.of > 0)
    assert.equal((await world.get(vendor, id, '/papers')).status, 410)
    assert.equal((await world.get(vendor, id, '/timeline')).status, 410)
    assert.equal((await world.try(world.coordinator, id, { do: 'close', why: 'x' }, closed.version)).status, 404)
    assert.equal((await world.get(vendor, id, '/receipt')).status, 503)
    door.time.now += 120_000
    await door.desks.ledger.turn()
    const receipt = await (await world.get(vendor, id, '/receipt')).text()
    const { statement } = JSON.parse(receipt) as {
      statement: { destroyed: { papers: number }; orders: { met: number; of: number }[] }
    }
    assert.equal(statement.destroyed.papers, 4)
    assert.deepEqual(
      statement.orders,
      closed.orders.map(({ met, of }) => ({ met, of })),
    )
    const { rows } = await door.database.owner.query('select count(*)::int as n from weir.case_paper')
    assert.equal(rows[0].n, 0)
    const verified = verifyReceipt(JSON.parse(receipt), trustIn(door))
    assert.ok(verified.ok, JSON.stringify(verified))
    const changed = { ...JSON.parse(receipt), statement: { ...statement, destroyed: { papers: 2 } } }
    assert.equal(verifyReceipt(changed, trustIn(door)).ok, false)
    assert.ok(verifyReceipt(await (await world.get(vendor, id, '/proof')).json(), trustIn(door)).ok)
  })
})

function trustIn(door: TestDoor) {
  const key = parseKey(door.desks.ledger.status.key, sha256)!
  const { publicKey } = door.ground.keys.signingKey()
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
  const held = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  const verifySignature = (_: Uint8Array, message: Uint8Array, signature: Uint8Array) => verify(null, message, held, signature)
  return { keys: [key], sha256, verifySignature }
}

describe('dates and turns', () => {
  let door: TestDoor
  let world: CaseWorld
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
  })
  after(async () => await door.close())

  test('the embargo ends by the clock, and not while the clocks differ', async () => {
    const { row } = await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })
    await world.bring(row.id, world.vendors[0]!, 'vendor')
    const state = async (who = world.coordinator): Promise<CaseView['embargo']['state']> =>
      (await world.view(who, row.id)).embargo.state
    assert.equal(await state(), 'active')
    door.time.second = -3 * HOUR
    await world.pass(45 * DAY + HOUR)
    assert.equal(await state(), 'active', 'the earlier clock has not come to the end')
    door.time.second = 3 * HOUR
    await world.pass(1)
    assert.equal(await state(), 'active', 'both are past it, and one of them is wrong')
    // A command of a person does not end it either.
    assert.equal((await world.say(world.vendors[0]!, row.id, 'Is it over?')).status, 201)
    await world.act(world.vendors[0]!, row.id, {
      do: 'agree-to-publish',
      party: await world.party(world.vendors[0]!, row.id),
    } as never)
    assert.equal(await state(), 'active')
    door.time.second = 1000
    await world.pass(1)
    const { embargo } = await world.view(world.coordinator, row.id)
    assert.deepEqual([embargo.state, embargo.ended?.why], ['exited', 'end'])
    assert.equal((await world.get(world.stranger, row.id)).status, 404)
    door.time.second = 0
  })

  test('an invitation that nobody answers is a no; the calendar and the tabs say what is awaited of whom', async () => {
    const { row } = await world.openCase([world.flaw(2)], { policy: 'cert-cc/45-days' })
    const vendor = world.vendors[1]!
    await world.invite(row.id, vendor, 'vendor')
    const calendar = (await (await door.ask('GET', '/v1/calendar', { as: vendor.as })).json()) as CalendarOut
    assert.deepEqual(
      calendar.rows.map(({ what, title }) => [what, title]),
      [
        ['answer-awaited', null],
        ['embargo-ends', null],
      ],
    )
    assert.deepEqual((await world.list(vendor, '?tab=others')).rows, [])
    assert.equal((await world.list(vendor, '?tab=yours')).rows.length, 1)
    assert.equal(
      (await world.list(world.coordinator, '?tab=yours')).rows.some(({ id }) => id === row.id),
      false,
    )
    assert.equal((await door.ask('GET', '/v1/cases?tab=mine', { as: vendor.as })).status, 400)
    await world.pass(8 * DAY)
    const silent = await world.view(world.coordinator, row.id)
    assert.equal(silent.parties.find(({ name }) => name === 'Vendor 2')?.consent, 'declined')
    assert.deepEqual((await world.list(vendor, '?tab=yours')).rows, [])
    assert.deepEqual(
      ((await (await door.ask('GET', '/v1/calendar', { as: world.stranger.as })).json()) as CalendarOut).rows,
      [],
    )
  })

  test('lists page by a cursor without a gap or a repeat', async () => {
    const all = (await world.list(world.coordinator)).rows.map(({ id }) => id)
    assert.equal(all.length, 2)
    const first = await world.list(world.coordinator, '?limit=1')
    const second = await world.list(world.coordinator, `?limit=1&cursor=${first.next}`)
    assert.deepEqual(
      [...first.rows, ...second.rows].map(({ id }) => id),
      all,
    )
    assert.equal(second.next, null)
    assert.equal((await door.ask('GET', '/v1/cases?cursor=zz', { as: world.coordinator.as })).status, 400)
  })
})
