import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { PaperList } from '../src/contract/shapes/docket.ts'
import { SEAT_TABLE, SEATS, type Seat } from '../src/core/docket/seat.ts'
import { DocketWorld } from '../src/devkit/docket-desk.ts'
import { openDoor, type TestDoor } from '../src/devkit/door.ts'
import { type Member, member } from '../src/devkit/members.ts'
import { openByCall } from '../src/server/app/docket/act-endpoint.ts'

// Two-way secrecy by the doors alone: everybody with every right that their seat can have asks for everything there is, and reads
// what their seat's row names and nothing else. Markers say from which kind of thing a leak comes.

const MARK = `qsx${randomBytes(6).toString('hex')}`
const mark = (of: string) => `${MARK}-${of}-`

/** Kinds of things that carry a marker here, each in the words of the seat table. */
const PLANTED = [
  'head',
  'terms',
  'message',
  'joint-document',
  'endpoint',
  'developer-document',
  'suite',
  'criterion',
  'benchmark-document',
  'result-document',
  'reason',
  'partner',
  'grant',
] as const
type Planted = (typeof PLANTED)[number]

describe('what each seat reads of a docket', () => {
  let door: TestDoor
  let world: DocketWorld
  let papers: string[]

  before(async () => {
    door = await openDoor()
    world = await DocketWorld.open(door, { model: mark('head'), question: mark('head') })
    await world.readIn('access-custodian', 'D', 300)
    await world.readIn('benchmark-custodian', 'B', 300)
    for (const seat of ['analyst', 'second-analyst'] as const) await world.readIn(seat, 'R', 300)
    for (const compartment of ['D', 'B', 'R'] as const) await world.readIn('determining-authority', compartment, 300)
    await world.readIn('partner-steward', 'P', 300)
    await world.signTerms({}, mark('terms'))
    await world.act('developer-lead', { do: 'plan-release', planned: { at: world.in(60), zone: 'UTC' } })
    await world.putEndpoint({ base: `https://${mark('endpoint').toLowerCase()}x.example/v1`, model: mark('endpoint') })
    await world.act('developer-engineer', { do: 'dry-run' })
    await world.act('benchmark-custodian', { do: 'lay-plan', plan: JSON.stringify(mark('criterion')), why: null })
    await openByCall(door.desks.docket, world.id)
    await world.act('developer-lead', { do: 'end-window' })
    await world.act('determining-authority', { do: 'record', recorded: 'undetermined', reason: mark('reason') })
    const by: readonly (readonly [Seat, Planted])[] = [
      ['run-operator', 'message'],
      ['docket-officer', 'joint-document'],
      ['developer-engineer', 'developer-document'],
      ['benchmark-custodian', 'suite'],
      ['benchmark-custodian', 'criterion'],
      ['benchmark-custodian', 'benchmark-document'],
      ['analyst', 'result-document'],
    ]
    for (const [seat, object] of by) await world.paper(seat, object, mark(object), `${mark(object)}title`)
    const name = mark('partner')
    const proposed = await world.act('developer-lead', { do: 'propose-partner', name, answers: { identity: mark('partner') } })
    const { partner } = proposed.partners[0]!
    await world.act('developer-lead', { do: 'admit-outside', partner })
    const other = await member(door.ground, 'A Partner', ['partner'])
    const [use, until] = [mark('grant'), world.in(30)]
    const person = world.who('partner-person').id
    await world.act('developer-lead', { do: 'grant-partner', partner, person, use, until })
    await world.act('developer-lead', { do: 'grant-partner', partner, person: other.id, use: `${MARK}-others-`, until })
    const { rows } = await door.database.owner.query<{ id: string }>('select id from weir.docket_paper')
    papers = rows.map(({ id }) => id)
  })
  after(async () => await door.close())

  /** Everything that the doors give to somebody, head and body. */
  async function everything(who: Member | null): Promise<string> {
    const paths = ['', '/log?limit=500', '/papers', '/custody', '/receipt', '/report', '/bundle', '/analysis', '/run-sets']
    const all = [...paths, ...papers.map((id) => `/papers/${id}`)].map((path) => `/v1/dockets/${world.id}${path}`)
    const said: string[] = []
    for (const path of [...all, '/v1/dockets', '/v1/agreements', '/v1/public/dockets', '/v1/organisations', '/v1/people']) {
      const answer = await door.ask('GET', path, { as: who?.as ?? null })
      said.push(JSON.stringify([...answer.headers]), await answer.text())
    }
    return said.join('\n').toLowerCase()
  }

  const found = (text: string): Planted[] => PLANTED.filter((of) => text.includes(mark(of)))

  for (const seat of SEATS) {
    test(`${seat}: what its row names`, async () => {
      const text = await everything(world.who(seat))
      const reads: readonly string[] = SEAT_TABLE[seat].reads
      // Whoever reads partners reads what they were granted, and a partner's person its partner's name.
      const own = (of: Planted) =>
        reads.includes(of) || (of === 'grant' && reads.includes('partner')) || (of === 'partner' && seat === 'partner-person')
      assert.deepEqual(
        found(text),
        PLANTED.filter((of) => own(of)),
      )
      assert.equal(text.includes(`${MARK}-others-`), reads.includes('partner'), 'grants of others')
      assert.ok(!text.includes('canary'), 'a marker of the closing')
    })
  }

  test('nobody else reads anything: strangers, other developers and offices, administrators, officers without a seat', async () => {
    const others = [
      null,
      await member(door.ground, 'Model Makers', ['developer']),
      await member(door.ground, 'The Office', ['officer']),
      await member(door.ground, 'The Office', ['evaluator', 'inspector']),
      await member(door.ground, 'Another Maker', ['developer', 'finder']),
      await member(door.ground, 'Another Office', ['officer']),
      await member(door.ground, 'The Operator', ['administrator', 'coordinator']),
    ]
    for (const one of others) assert.deepEqual(found(await everything(one)), [])
  })

  test('who is seated and not read in any more reads no more, at once', async () => {
    const analyst = world.who('analyst')
    const rows = async () => ((await (await world.get(analyst, '/papers')).json()) as PaperList).rows
    assert.ok((await rows()).some(({ object }) => object === 'result-document'))
    await world.act('docket-officer', { do: 'read-out', person: analyst.id, compartment: 'R' })
    assert.ok(!(await rows()).some(({ object }) => object === 'result-document'))
    await world.act('docket-officer', { do: 'unseat', person: analyst.id, seat: 'analyst' })
    assert.equal((await world.get(analyst, '/papers')).status, 404)
  })

  test('no row of any table holds a marker in clear', async () => {
    const { rows } = await door.database.owner.query<{ name: string }>(
      `select schemaname || '.' || tablename as name from pg_tables where schemaname in ('weir', 'pgboss')`,
    )
    for (const { name } of rows) {
      const { rows: hits } = await door.database.owner.query<{ n: number }>(
        `select count(*)::int as n from ${name} t where t::text ilike '%${MARK}%'
           or t::text like '%${Buffer.from(MARK).toString('hex')}%'`,
      )
      assert.equal(hits[0]!.n, 0, name)
    }
  })
})
