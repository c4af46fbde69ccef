import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { DocketReceipt } from '../../../contract/docket-receipt.ts'
import type { AgreementOut, DocketTally, DocketView } from '../../../contract/shapes/docket.ts'
import { DAY, HOUR } from '../../../core/kernel/instant.ts'
import { DocketWorld, FACTS } from '../../../devkit/docket-desk.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'
import { openByCall } from '../../app/docket/act-endpoint.ts'
import { closeDocket, resumeClosings } from '../../app/docket/close-docket.ts'
import { takeDocketTally } from '../../app/docket/tally-dockets.ts'
import { tellAll } from '../../app/docket/tell-custody.ts'

const code = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code

describe('dockets that do not go as planned', () => {
  let door: TestDoor
  before(async () => {
    door = await openDoor()
  })
  after(async () => await door.close())

  test('the developer withdraws from every state, and the key is shut and erased', async () => {
    const steps: readonly ((world: DocketWorld) => Promise<unknown>)[] = [
      async () => {},
      (world) => world.signTerms(),
      (world) => world.makeReady(),
      async (world) => {
        await world.makeReady()
        await openByCall(door.desks.docket, world.id)
      },
      async (world) => {
        await world.makeReady()
        await openByCall(door.desks.docket, world.id)
        await world.act('developer-lead', { do: 'end-window' })
      },
    ]
    const states: string[] = []
    for (const step of steps) {
      const world = await DocketWorld.open(door)
      await step(world)
      states.push((await world.view()).state)
      const withdrawn = await world.act('developer-lead', { do: 'withdraw' })
      assert.deepEqual([withdrawn.state, withdrawn.withdrawn], ['closing', true])
      const held = door.custody.held.get(world.id)
      if (held !== undefined) assert.ok(held.latched !== null)
      await world.purge()
      if (held !== undefined) assert.ok(held.sealed === null && held.erased)
      assert.equal((await world.view()).closing?.why, 'withdrawn')
    }
    assert.deepEqual(states, ['inquiry', 'terms', 'access-ready', 'window-open', 'analysis'])
  })

  test('a withdrawal is taken when the custodian does not answer, and told to it when it is back', async () => {
    const world = await DocketWorld.open(door)
    await world.makeReady()
    await openByCall(door.desks.docket, world.id)
    door.custody.gone = true
    await world.act('developer-lead', { do: 'withdraw' })
    // The key cannot be destroyed yet: no receipt says that it was.
    await assert.rejects(world.purge())
    assert.equal((await world.view()).closing?.receiptDigest, null)
    door.custody.gone = false
    await tellAll(door.desks.docket)
    assert.equal(door.custody.held.get(world.id)?.latched?.why, 'withdrawn')
    await world.purge()
    assert.notEqual((await world.view()).closing?.receiptDigest, null)
  })

  test('a window that cannot be laid down does not open in the record either', async () => {
    const world = await DocketWorld.open(door)
    await world.makeReady()
    door.custody.gone = true
    const refused = await openByCall(door.desks.docket, world.id)
    assert.ok(!refused.ok && refused.code === 'server.unavailable')
    door.custody.gone = false
    assert.equal((await world.view()).state, 'access-ready')
  })

  test('a window that a server laid down and died before it wrote it opens from when it was laid', async () => {
    const world = await DocketWorld.open(door)
    await world.makeReady()
    const opens = door.time.now
    await door.custody.ask({ do: 'window', docket: world.id, opens, ends: opens + 10 * DAY, latest: opens + 30 * DAY })
    await world.pass(DAY)
    const opened = await openByCall(door.desks.docket, world.id)
    assert.ok(opened.ok, JSON.stringify(opened))
    const { state, window } = await world.view()
    assert.deepEqual([state, Date.parse(window!.endsAt!)], ['window-open', opens + 10 * DAY])
  })

  test('a key that came into custody and not into the record is destroyed by the closing, and the receipt says so', async () => {
    const world = await DocketWorld.open(door)
    await world.signTerms()
    const endpoint = { api: 'openai-chat', base: 'https://models.example/v1', model: 'nine', spki: null } as const
    await door.custody.ask({ do: 'register', docket: world.id, endpoint, sealed: 'sealed to the custodian' })
    await world.act('developer-lead', { do: 'withdraw' })
    await world.purge()
    assert.deepEqual([door.custody.held.get(world.id)?.sealed, door.custody.held.get(world.id)?.erased], [null, true])
    const receipt = (await (await world.get(world.who('developer-lead'), '/receipt')).json()) as DocketReceipt
    assert.equal(receipt.statement.endpointKey, 'erased, no longer taken')
  })

  test('an earlier release shortens the window at the custodian before it is answered; a later clock of either kind ends it', async () => {
    const world = await DocketWorld.open(door)
    await world.makeReady()
    await openByCall(door.desks.docket, world.id)
    const soon = world.in(2)
    await world.act('developer-lead', { do: 'plan-release', planned: { at: soon, zone: 'UTC' } })
    assert.equal(door.custody.held.get(world.id)?.window?.ends, Date.parse(soon))
    assert.equal((await world.view()).window?.endsBecause, 'planned-release')
    // This host's clock stands still; the database's has gone on.
    await world.pass(2 * DAY)
    assert.equal((await world.view()).state, 'analysis')
  })

  test('what was latched by a clock that jumped stays shut, in the record as at the custodian', async () => {
    const world = await DocketWorld.open(door)
    await world.makeReady()
    await openByCall(door.desks.docket, world.id)
    await door.custody.ask({ do: 'grant', docket: world.id, purpose: 'rns_1' })
    const { now } = door.time
    door.time.now = now + 11 * DAY
    assert.equal(door.custody.call(world.id), 'window.ended')
    door.time.now = now
    await world.settle()
    assert.equal(door.custody.call(world.id), 'window.ended')
    assert.equal((await world.view()).state, 'analysis')
  })

  test('a side whose only lead or officer left its organisation takes the seat again, and withdraws', async () => {
    const world = await DocketWorld.open(door)
    await world.signTerms()
    const { id, organisation } = world.who('developer-lead')
    const heir = await member(door.ground, 'heir', ['developer'])
    await door.ground.store.db.updateTable('person').set({ organisation_id: organisation }).where('id', '=', heir.id).execute()
    const version = async () => (await world.view('docket-officer')).version
    const act = async (body: object) =>
      await door.ask('POST', `/v1/dockets/${world.id}/acts`, { as: heir.as, body: { version: await version(), act: body } })
    assert.equal((await act({ do: 'seat', person: heir.id, seat: 'developer-lead' })).status, 404)
    await door.ground.store.db.updateTable('person').set({ state: 'left' }).where('id', '=', id).execute()
    await world.settle()
    assert.equal((await act({ do: 'seat', person: heir.id, seat: 'developer-lead' })).status, 200)
    assert.equal((await act({ do: 'withdraw' })).status, 200)
    await world.settle()
  })

  test('an agreed opening is laid down beforehand, and opens by itself', async () => {
    const world = await DocketWorld.open(door)
    await world.makeReady({ opensBy: 'agreed-instant' })
    const at = world.in(1)
    await world.act('developer-lead', { do: 'agree-opening', at })
    await world.act('docket-officer', { do: 'agree-opening', at })
    assert.equal(door.custody.held.get(world.id)?.window?.opens, Date.parse(at))
    await world.pass(DAY)
    assert.equal((await world.view()).state, 'window-open')
  })

  test('two who sign at once have both signed; messages at once are all kept', async () => {
    const world = await DocketWorld.open(door)
    await world.act('developer-lead', { do: 'offer-terms', text: 'Terms.', facts: FACTS })
    const { version, terms } = await world.view()
    const { digest } = terms[0]!
    const act = { do: 'sign-terms', version: 1, digest } as const
    const answers = await Promise.all([
      world.try(world.who('developer-lead'), act, version),
      world.try(world.who('docket-officer'), act, version),
    ])
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200],
    )
    const { signed } = (await world.view()).terms[0]!
    assert.ok(signed.developer !== null && signed.office !== null)
    const said = Array.from({ length: 12 }, (_, n) =>
      world.paper(n % 2 ? 'developer-lead' : 'docket-officer', 'message', `No. ${n}`),
    )
    assert.equal(new Set(await Promise.all(said)).size, 12)
  })

  test('a docket that changed since it was read: a decision is told so, a signature names what it signs, a withdrawal is taken', async () => {
    const world = await DocketWorld.open(door)
    const lead = world.who('developer-lead')
    const { version } = await world.view()
    const offer = { do: 'offer-terms', text: 'Terms.', facts: FACTS } as const
    const both = await Promise.all([lead, world.who('docket-officer')].map((one) => world.try(one, offer, version)))
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
    assert.equal(await code(both.find(({ status }) => status === 409)!), 'docket.changed')
    const [first] = (await world.view()).terms
    await world.act('docket-officer', { ...offer, text: 'Other terms.' })
    const old = await world.try(lead, { do: 'sign-terms', version: 1, digest: first!.digest }, version)
    assert.equal(old.status, 409)
    assert.equal(await code(old), 'docket.refused')
    assert.equal((await world.try(lead, { do: 'withdraw' }, version)).status, 200)
    assert.notEqual((await world.view()).closing, null)
    await world.settle()
  })

  test('what core refuses is refused with its reason: signing old terms, seating across, reading oneself in', async () => {
    const world = await DocketWorld.open(door)
    await world.signTerms()
    await world.act('docket-officer', { do: 'offer-terms', text: 'Other terms.', facts: FACTS })
    const old = (await world.view()).terms[0]!
    const lead = world.who('developer-lead')
    const officer = world.who('docket-officer')
    const until = world.in(5)
    const tries = [
      await world.try(lead, { do: 'sign-terms', version: old.version, digest: old.digest }),
      await world.try(lead, { do: 'seat', person: world.who('analyst').id, seat: 'developer-engineer' }),
      await world.try(officer, { do: 'read-in', person: officer.id, compartment: 'B', until }),
      await world.try(officer, { do: 'withdraw' }),
      await world.try(world.who('analyst'), { do: 'lay-plan', plan: '{}', why: null }),
      await world.try(lead, { do: 'record', recorded: 'covered', reason: null }),
    ]
    for (const answer of tries) {
      assert.equal(answer.status, 409)
      assert.equal(await code(answer), 'docket.refused')
    }
  })

  test('hostile bodies are refused, never thrown at', async () => {
    const world = await DocketWorld.open(door)
    const lead = world.who('developer-lead')
    const { version } = await world.view()
    const acts: unknown[] = [
      null,
      {},
      { do: 'nothing' },
      { do: 'plan-release', planned: { at: 'yesterday', zone: 'UTC' } },
      { do: 'plan-release', planned: { at: world.in(3), zone: '../../etc' } },
      { do: 'plan-release', planned: { at: '+275760-09-13T00:00:00.001Z', zone: 'UTC' } },
      { do: 'seat', person: '__proto__', seat: 'developer-lead' },
      { do: 'seat', person: `per_${'0'.repeat(24)}`, seat: 'king' },
      { do: 'offer-terms', text: '\u0000', facts: { ...FACTS, days: 31 } },
      { do: 'sign-terms', version: 1e99, digest: 'x' },
      { do: 'grant-downtime', hours: Number.MAX_VALUE },
      { do: 'grant-partner', partner: 'ptr_x', person: lead.id, use: 'x', until: world.in(1) },
    ]
    for (const act of acts) {
      const answer = await door.ask('POST', `/v1/dockets/${world.id}/acts`, { as: lead.as, body: { version, act } })
      assert.ok(answer.status === 400 || answer.status === 409, `${JSON.stringify(act)} ${answer.status}`)
    }
    for (const [object, body, status] of [
      ['message', new Uint8Array([0xff, 0xfe]), 400],
      ['message', '', 400],
      ['message', 'x'.repeat(80_001), 413],
      ['log', 'x', 400],
      ['__proto__', 'x', 400],
    ] as const)
      assert.equal((await world.tryPaper('developer-lead', object, body)).status, status, object)
    for (const path of ['/papers/..%2f..', '/papers/doc_0', '/log?cursor=-1', '/log?cursor=99999999999'])
      assert.ok((await world.get(lead, path)).status >= 400, path)
    assert.equal((await world.get(lead, '/log?cursor=1')).status, 200)
    assert.equal((await world.view()).state, 'inquiry')
  })

  test('a standing agreement gives its terms, signed, to the dockets under it; either side ends it', async () => {
    const world = await DocketWorld.open(door)
    const [lead, officer] = [world.who('developer-lead'), world.who('docket-officer')]
    const offer = {
      other: officer.organisation,
      text: 'Standing terms.',
      facts: FACTS,
      contacts: ['a@b.example'],
      endsAt: null,
    }
    const offered = await door.ask('POST', '/v1/agreements', { as: lead.as, body: offer })
    const one = (await offered.json()) as AgreementOut
    assert.equal(one.state, 'offered')
    const sign = async (who: typeof lead, version: number) =>
      (await (
        await door.ask('POST', `/v1/agreements/${one.id}/acts`, {
          as: who.as,
          body: { version, do: 'sign', digest: one.digest },
        })
      ).json()) as AgreementOut
    const once = await sign(lead, one.version)
    assert.deepEqual(once.may, ['end'])
    assert.equal((await sign(officer, once.version)).state, 'standing')
    const asked = { kind: 'access', office: officer.organisation, model: 'Under it', agreement: one.id }
    const opened = await door.ask('POST', '/v1/dockets', { as: lead.as, body: asked })
    const view = (await opened.json()) as DocketView
    assert.equal(view.terms[0]?.text, 'Standing terms.')
    assert.ok(view.terms[0]?.signed.developer && view.terms[0].signed.office)
    const stranger = world.who('analyst')
    const body = { version: 3, do: 'end', digest: one.digest }
    assert.equal((await door.ask('POST', `/v1/agreements/${one.id}/acts`, { as: stranger.as, body })).status, 404)
    const ended = await door.ask('POST', `/v1/agreements/${one.id}/acts`, { as: officer.as, body })
    assert.equal(((await ended.json()) as AgreementOut).state, 'ended')
    const refused = await door.ask('POST', '/v1/dockets', { as: lead.as, body: asked })
    assert.equal(await code(refused), 'docket.refused')
  })

  test('downtime is logged, and granted only as far as the developer wants', async () => {
    const world = await DocketWorld.open(door)
    await world.makeReady()
    await openByCall(door.desks.docket, world.id)
    const { build } = door.custody
    door.custody.build = null
    await world.try(world.who('developer-engineer'), { do: 'probe' })
    await world.settle()
    await world.pass(5 * HOUR)
    assert.equal((await world.view()).window?.downtime.length, 1)
    const before = Date.parse((await world.view()).window!.endsAt!)
    const granted = await world.act('developer-lead', { do: 'grant-downtime', hours: 2 })
    assert.equal(Date.parse(granted.window!.endsAt!) - before, 2 * HOUR)
    assert.equal(door.custody.held.get(world.id)?.window?.ends, before + 2 * HOUR)
    door.custody.build = build
  })

  test('a docket read in the middle of a purge shows what is left of it, and takes nothing in', async () => {
    const world = await DocketWorld.open(door)
    await world.signTerms()
    await world.paper('developer-lead', 'message', 'Hello.')
    await world.act('developer-lead', { do: 'withdraw' })
    const { keys } = door.desks.docket
    const stopped = { ...door.desks.docket, keys: { ...keys, erase: () => Promise.reject(new Error('power cut')) } }
    await assert.rejects(closeDocket(stopped, world.id), /power cut/)
    const view = await world.view()
    assert.deepEqual([view.state, view.model, view.terms[0]?.text], ['closing', null, null])
    assert.equal((await world.tryPaper('developer-lead', 'message', 'Late.')).status, 410)
    assert.equal((await world.get(world.who('developer-lead'), '/papers')).status, 410)
    // After the start it goes on where it was.
    const sent: object[] = []
    const send = (_: unknown, name: string, body: object) => Promise.resolve(void sent.push({ name, ...body }))
    await resumeClosings({ ...door.desks.docket, queue: { ...door.desks.docket.queue, send } })
    const own = sent.filter((job) => 'docket' in job && job.docket === world.id)
    assert.deepEqual(own, [{ name: 'docket-close', docket: world.id }])
    await world.purge()
    assert.notEqual((await world.view()).closing?.receiptDigest, null)
  })

  test('everybody may read the counts of all dockets, with small ones withheld', async () => {
    await takeDocketTally(door.desks.docket)
    const tally = (await (await door.ask('GET', '/v1/public/dockets')).json()) as DocketTally
    assert.ok(tally.withdrawn !== null && tally.withdrawn >= 5, JSON.stringify(tally))
    // All are of one kind: shown, it would tell that there are none of the others.
    assert.deepEqual(Object.values(tally.byKind), [null, null, null])
    await DocketWorld.open(door)
    assert.deepEqual(await (await door.ask('GET', '/v1/public/dockets')).json(), tally, 'never a live count')
  })
})
