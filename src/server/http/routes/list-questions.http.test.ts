import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { AdvisoryList } from '../../../contract/shapes/advisory.ts'
import type { CalendarOut, CaseList } from '../../../contract/shapes/case.ts'
import type { ProjectList } from '../../../contract/shapes/project.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'

describe('a list asks the database as often for many as for one', () => {
  let door: TestDoor
  let world: CaseWorld
  let questions = 0

  before(async () => {
    door = await openDoor()
    const counted = new WeakSet<object>()
    door.ground.store.pool.on('acquire', (client) => {
      if (counted.has(client)) return
      counted.add(client)
      const ask = client.query.bind(client) as (...given: unknown[]) => unknown
      Object.assign(client, {
        query: (...given: unknown[]) => {
          questions++
          return ask(...given)
        },
      })
    })
    world = await CaseWorld.open(door, { vendors: 1 })
  })
  after(async () => await door.close())

  const read = async <T>(path: string, as: Member): Promise<{ body: T; asked: number }> => {
    const from = questions
    const answer = await door.ask('GET', path, { as: as.as })
    assert.equal(answer.status, 200, path)
    return { body: (await answer.json()) as T, asked: questions - from }
  }
  /** A case that a vendor reads and another is asked about, as every kind of line has something to say about it. */
  const open = async (n: number) => {
    const { row } = await world.openCase([world.flaw(n)], { policy: 'cert-cc/45-days' })
    await world.act(world.coordinator, row.id, {
      do: 'invite',
      organisation: world.vendors[0]!.organisation,
      kind: 'vendor',
      tier: 0,
    } as never)
    return row.id
  }

  test('cases and the calendar, for whoever coordinates and for whoever is invited', async () => {
    const ids = [await open(1)]
    const lists = async (as: Member) => [await read<CaseList>('/v1/cases', as), await read<CalendarOut>('/v1/calendar', as)]
    const [coordinator, vendor] = [await lists(world.coordinator), await lists(world.vendors[0]!)]
    ids.push(await open(2), await open(3))
    const [more, theirs] = [await lists(world.coordinator), await lists(world.vendors[0]!)]
    for (const [one, many] of [
      [coordinator, more],
      [vendor, theirs],
    ] as const)
      for (const [n, { body, asked }] of many.entries()) {
        assert.equal(asked, one[n]!.asked)
        assert.ok(body.rows.length >= ids.length && body.rows.length > one[n]!.body.rows.length)
      }
    assert.deepEqual(
      (more[0]!.body as CaseList).rows.map(({ id }) => id),
      // The clock stands still: of one instant, by id.
      ids.toSorted().toReversed(),
    )
  })

  test('drafts of advisories', async () => {
    const draft = async (id: string) =>
      assert.equal((await door.ask('POST', `/v1/cases/${id}/advisory`, { as: world.coordinator.as, body: {} })).status, 201)
    const [first, ...others] = (await read<CaseList>('/v1/cases', world.coordinator)).body.rows.map(({ id }) => id)
    await draft(first!)
    const list = async () => await read<AdvisoryList>('/v1/advisories', world.coordinator)
    const one = await list()
    for (const id of others) await draft(id)
    const many = await list()
    assert.equal(many.asked, one.asked)
    assert.deepEqual([one.body.drafts.length, many.body.drafts.length], [1, others.length + 1])
  })

  test('projects, with the pace of each', async () => {
    const enter = async (n: number) => {
      const terms = { contact: { route: 'mail', at: `sec@p${n}.example` }, report: { unchecked: true } }
      const body = { name: `P${n}`, purl: `pkg:generic/p${n}`, terms, source: 'SECURITY.md', domains: [`p${n}.example`] }
      assert.equal((await door.ask('POST', '/v1/projects', { as: world.coordinator.as, body })).status, 201)
    }
    await enter(1)
    const list = async () => await read<ProjectList>('/v1/projects', world.coordinator)
    const one = await list()
    await enter(2)
    await enter(3)
    const many = await list()
    assert.equal(many.asked, one.asked)
    assert.deepEqual(many.body.rows.map(({ name, waiting }) => [name, waiting]).sort(), [
      ['P1', 0],
      ['P2', 0],
      ['P3', 0],
    ])
  })
})
