import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { DocketList, DocketView } from '../contract/shapes/docket.ts'
import { openSession } from '../server/identity/sessions.ts'
import { DOCKET_PEOPLE, type DocketCast } from './docket-people.ts'
import { openDoor, type TestDoor } from './door.ts'
import { seedDemo } from './seed.ts'
import { seedDockets } from './seed-docket.ts'

describe('the dockets of a demo', () => {
  let door: TestDoor
  let id: string
  before(async () => {
    door = await openDoor({ demo: true })
    await seedDemo(door.ground)
    id = await seedDockets(door.desks.docket, { base: 'http://127.0.0.1:9/v1', sealed: async () => 'sealed to the custodian' })
  })
  after(() => door?.close())

  const get = async <T>(name: DocketCast, path: string): Promise<T> => {
    const { email } = DOCKET_PEOPLE[name]
    const { id: person } = await door.ground.store.db
      .selectFrom('person')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    const answer = await door.ask('GET', path, { as: { cookie: (await openSession(door.ground, person)).secret } })
    assert.equal(answer.status, 200, `${name} asks for ${path}`)
    return (await answer.json()) as T
  }

  test('are one in its window and one at inquiry; each developer sees its own, an officer both', async () => {
    const states = async (name: DocketCast) =>
      (await get<DocketList>(name, '/v1/dockets')).rows.map(({ state }) => state).toSorted()
    assert.deepEqual(await states('lead'), ['window-open'])
    assert.deepEqual(await states('asker'), ['inquiry'])
    assert.deepEqual(await states('officer'), ['inquiry', 'window-open'])
    assert.deepEqual(await states('inspector'), ['window-open'])
    assert.deepEqual(await states('partner'), [])
  })

  test('the open one has a plan laid before any result, terms signed by both, and everybody read in who must be', async () => {
    const view = await get<DocketView>('officer', `/v1/dockets/${id}`)
    const { developer, office } = view.terms.at(-1)!.signed
    assert.ok(view.terms.length === 2 && developer && office)
    assert.deepEqual(
      view.plans.map(({ afterUnblinding, why }) => ({ afterUnblinding, why })),
      [{ afterUnblinding: false, why: null }],
    )
    assert.equal(view.window?.endsBecause, 'planned-release')
    const read = view.readIns.filter(({ ended, secondedBy }) => !ended && secondedBy !== null)
    assert.deepEqual(read.map(({ compartment, person }) => `${compartment} ${person.name}`).toSorted(), [
      'B Emil Strand',
      'B Noor Vasari',
      'P Noor Vasari',
      'R Noor Vasari',
      'R Tove Marsh',
      'R Yara Lindqvist',
    ])
    const { rows } = await get<{ rows: { object: string; text: string }[] }>('analyst', `/v1/dockets/${id}/papers`)
    assert.match(rows.find(({ object }) => object === 'message')?.text ?? '', /^We begin with the sample suite/)
  })
})
