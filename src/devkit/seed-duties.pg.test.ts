import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { DutyList } from '../contract/shapes/duty.ts'
import { openSession } from '../server/identity/sessions.ts'
import { loadPeople } from './case-cast.ts'
import { openDoor, type TestDoor } from './door.ts'
import { seedDemo } from './seed.ts'
import { seedDuties } from './seed-duties.ts'

describe('the duties of a demo', () => {
  let door: TestDoor
  before(async () => {
    door = await openDoor({ demo: true })
    await seedDemo(door.ground)
    for (let twice = 0; twice < 2; twice++) await seedDuties(door.ground, await loadPeople(door.ground))
  })
  after(() => door?.close())

  test('are an invented operator’s own, made once; of real offices nothing is said', async () => {
    const { id } = await door.ground.store.db
      .selectFrom('person')
      .select('id')
      .where('email', '=', 'amara.quill@fjordlight.example')
      .executeTakeFirstOrThrow()
    const as = { cookie: (await openSession(door.ground, id)).secret }
    const read = async (path: string) => (await (await door.ask('GET', path, { as })).json()) as DutyList
    const own = await read('/v1/own-duties')
    assert.deepEqual(own.counts, { duties: 4, overdue: 1, reported: 1, disputed: 0, standing: 1 })
    const open = await read('/v1/duties')
    assert.ok(open.rows.length > 0 && open.rows.every(({ version, status }) => version === 0 && status === 'not-reported'))
  })
})
