import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Timeline } from '../../../contract/shapes/case.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'

describe('the timeline of a case with hundreds of letters', () => {
  let door: TestDoor
  let world: CaseWorld
  let id: string

  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door, { vendors: 2 })
    id = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row.id
    for (const one of world.vendors) await world.bring(id, one, 'vendor')
  })
  after(async () => await door.close())

  test('tells a participant of its own, however many went to others, and of those nothing', async () => {
    const [mine, theirs] = await Promise.all(world.vendors.map((one) => world.party(one, id)))
    const now = new Date(door.time.now)
    const send = async (prefix: string, party: string, n: number) =>
      await door.database.owner.query(
        `insert into weir.letter (case_id, id, version, state, party_id, template, key_slot, body, made_at, sent_at)
         select $1, $2 || n, 1, 'sent', $3, 'reminder', 1, '\\x00', $4::timestamptz + n * interval '1 ms', $4::timestamptz + n * interval '1 ms'
         from generate_series(1, $5) n`,
        [id, prefix, party, now, n],
      )
    await send('ltr_a', mine!, 1)
    await send('ltr_b', theirs!, 600)
    const said = async (as: (typeof world)['coordinator']) => {
      const { rows } = (await (await world.get(as, id, '/timeline')).json()) as Timeline
      return rows.filter(({ kind }) => kind === 'letter').map(({ says }) => says)
    }
    assert.deepEqual(await said(world.vendors[0]!), ['A letter to Vendor 1 was sent: reminder.'])
    assert.equal((await said(world.coordinator)).filter((says) => says.includes('was sent')).length, 601)
  })
})
