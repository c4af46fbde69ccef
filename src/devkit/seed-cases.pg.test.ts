import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { CaseList, CaseView, FunnelOut, LetterList } from '../contract/shapes/case.ts'
import type { InboxList } from '../contract/shapes/project.ts'
import { DAY } from '../core/kernel/instant.ts'
import { openSession } from '../server/identity/sessions.ts'
import { clusterWorker } from '../server/jobs/workers/cluster.ts'
import { openDoor, type TestDoor } from './door.ts'
import { seedDemo } from './seed.ts'
import { seedCases } from './seed-cases.ts'

describe('the cases of a demo', () => {
  let door: TestDoor
  before(async () => {
    door = await openDoor({ demo: true })
    await seedDemo(door.ground)
    const { desks } = door
    const cluster = clusterWorker(door.ground, desks.macs, desks.board, desks.hub, (error) => assert.fail(String(error)))
    await desks.intake.queue.work('cluster', cluster)
    await seedCases(told())
  })
  after(() => door?.close())

  // The official check is tested beside the advisories; here it costs more than everything else.
  const told = () => ({ ...door.desks, advisory: { ...door.desks.advisory, checkCsaf: async () => [] } })

  const get = async <T>(email: string, path: string): Promise<T> => {
    const { id: person } = await door.ground.store.db
      .selectFrom('person')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow()
    const answer = await door.ask('GET', path, { as: { cookie: (await openSession(door.ground, person)).secret } })
    assert.equal(answer.status, 200, `${email} asks for ${path}: ${await answer.clone().text()}`)
    return (await answer.json()) as T
  }
  const INES = 'ines.marrow@northcoast.example'
  const room = async (email: string): Promise<CaseView> => {
    const { rows } = await get<CaseList>(email, '/v1/cases?limit=100')
    const id = rows.find(({ parties }) => parties > 10)?.id ?? assert.fail('no room')
    return await get<CaseView>(email, `/v1/cases/${id}`)
  }

  test('are fifteen: one of many vendors, thirteen of one project, one that is public', async () => {
    const { rows } = await get<CaseList>(INES, '/v1/cases?limit=100')
    assert.equal(rows.length, 15)
  })

  test('the room is under an embargo that ends in eleven days, with a why, statuses, silence and a revision', async () => {
    const { embargo, parties, row } = await room(INES)
    assert.equal(embargo.state, 'revise')
    assert.equal(Math.round((Date.parse(embargo.terms?.endsAt ?? '') - door.time.now) / DAY), 11)
    assert.ok(embargo.dates.length > 0 && embargo.open.length === 1 && embargo.open[0]!.yours === null)
    const vendors = parties.filter(({ kind }) => kind === 'vendor')
    assert.equal(vendors.length, 17)
    assert.ok(row.unsaid >= 8, `${row.unsaid} silent`)
    const said = new Set(vendors.flatMap(({ works }) => works.flatMap(({ status }) => status?.status ?? [])))
    assert.deepEqual([...said].sort(), ['affected', 'fixed', 'not-affected', 'under-investigation'])
    assert.ok(vendors.some(({ report }) => report === 'received') && vendors.some(({ reads }) => reads === 'invitation'))
    const { rows } = await get<LetterList>(INES, `/v1/cases/${row.id}/letters`)
    assert.ok(rows.filter(({ state }) => state === 'draft').some(({ missing }) => missing.length > 0))
  })

  test('told again change nothing; cut short they are told anew', async () => {
    const before = (await get<CaseList>(INES, '/v1/cases?limit=100')).rows.map(({ id }) => id)
    await seedCases(told())
    assert.deepEqual(
      (await get<CaseList>(INES, '/v1/cases?limit=100')).rows.map(({ id }) => id),
      before,
    )
    const { db } = door.ground.store
    const row = await db.selectFrom('setting').select('value').where('name', '=', 'demo-cases').executeTakeFirstOrThrow()
    // As if the room and the advisory had been cut short.
    const value = JSON.stringify((row.value as string[]).filter((story) => story !== 'room' && story !== 'told'))
    await db.updateTable('setting').set({ value }).where('name', '=', 'demo-cases').execute()
    await seedCases(told())
    const { rows } = await get<CaseList>(INES, '/v1/cases?tab=all&limit=100')
    assert.equal(rows.filter(({ state }) => state === 'open').length, 15)
  })

  test('the maintainer has two things to look at and eleven that wait, and is asked into none of those', async () => {
    const { rows } = await get<InboxList>('signe.vaara@libquarry.example', '/v1/inbox')
    assert.deepEqual([rows.length, rows[0]?.items.length, rows[0]?.waiting.length], [1, 2, 11])
    const cases = await get<CaseList>('signe.vaara@libquarry.example', '/v1/cases?limit=100')
    assert.deepEqual(
      cases.rows.filter(({ state }) => state === 'open').map(({ reads }) => reads),
      ['content', 'content'],
    )
  })

  test('a finder, a maintainer and an asked distributor see theirs; the funnel counts them', async () => {
    const finder = await get<CaseList>('sunniva.rask@halyard.example', '/v1/cases?limit=100')
    assert.ok(finder.rows.length >= 6)
    const asked = await get<CaseList>('rurik.salonen@eelgrass.example', '/v1/cases')
    assert.deepEqual([asked.rows.length, asked.rows[0]?.reads, asked.rows[0]?.title], [1, 'invitation', null])
    const funnel = await get<FunnelOut>(INES, '/v1/funnel')
    const counts = Object.fromEntries(funnel.steps.map(({ step, flaws }) => [step, flaws]))
    assert.deepEqual([counts['found'], counts['in-a-case'], counts['public']], [17, 16, 1])
  })
})
