import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { DocketLog } from '../../../contract/shapes/docket.ts'
import type { Seat } from '../../../core/docket/seat.ts'
import { type Id, newId } from '../../../core/kernel/id.ts'
import { DocketWorld, FACTS } from '../../../devkit/docket-desk.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'
import { makeToken } from '../../identity/tokens.ts'

// What one could learn or do without the seat, the compartment or the scope for it, by a way round.

describe('ways round the seats of a docket', () => {
  let door: TestDoor
  before(async () => {
    door = await openDoor()
  })
  after(async () => await door.close())

  const logOf = async (world: DocketWorld, as: Member) => (await (await world.get(as, '/log?limit=200')).json()) as DocketLog

  test('a token that may only read does nothing to a docket, an officer’s neither', async () => {
    const world = await DocketWorld.open(door)
    const { id: person, organisation } = world.who('docket-officer')
    const { version } = await world.view('docket-officer')
    const act = { do: 'unseat', person: world.who('analyst').id, seat: 'analyst' }
    const tokenOf = (scopes: ('docket:read' | 'docket:act')[]) =>
      makeToken(door.ground, { name: 't', organisation, person: person as Id<'person'>, roles: ['officer'], scopes, days: 1 })
    const send = async (token: string) =>
      await door.ask('POST', `/v1/dockets/${world.id}/acts`, { as: { token }, body: { version, act } })
    const { secret: reads } = await tokenOf(['docket:read'])
    assert.equal((await door.ask('GET', `/v1/dockets/${world.id}`, { as: { token: reads } })).status, 200)
    assert.equal((await send(reads)).status, 404)
    const { secret: acts } = await tokenOf(['docket:read', 'docket:act'])
    assert.equal((await send(acts)).status, 200)
  })

  test('the developer does not name the office’s readers to itself by offering terms that nobody signed', async () => {
    const world = await DocketWorld.open(door)
    const named = async () => (await world.view()).seated.find(({ seat }) => seat === 'analyst')?.person.name
    await world.act('developer-lead', { do: 'offer-terms', text: 'All are named.', facts: { ...FACTS, readersNamed: true } })
    assert.equal(await named(), null)
    const { version, digest } = (await world.view()).terms[0]!
    await world.act('developer-lead', { do: 'sign-terms', version, digest })
    assert.equal(await named(), null)
    await world.act('docket-officer', { do: 'sign-terms', version, digest })
    assert.equal(await named(), 'evaluator')
  })

  test('a partner’s person that asks for more stands in the log without its name, but for readers of partners', async () => {
    const world = await DocketWorld.open(door)
    await world.readIn('partner-steward', 'P')
    const partner = newId('partner', door.ground.random)
    const { id: person } = world.who('partner-person')
    await world.act('developer-lead', { do: 'admit-outside', partner })
    await world.act('developer-lead', { do: 'grant-partner', partner, person, use: 'Find flaws.', until: world.in(5) })
    assert.equal((await world.get(world.who('partner-person'), '/log')).status, 404)
    const asked = async (seat: Seat) =>
      (await logOf(world, world.who(seat))).rows.find((row) => row.seat === 'partner-person' && row.refused)?.who
    for (const seat of ['developer-engineer', 'docket-officer', 'analyst', 'inspector'] as const)
      assert.equal(await asked(seat), 'a person whose name is withheld', seat)
    for (const seat of ['developer-lead', 'partner-steward'] as const) assert.equal(await asked(seat), 'partner', seat)
  })
})
