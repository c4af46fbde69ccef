import assert from 'node:assert/strict'
import type { Case } from '../../src/core/cases/case.ts'
import { readingOf } from '../../src/core/cases/reading.ts'
import { type Id, newId } from '../../src/core/kernel/id.ts'
import { instant } from '../../src/core/kernel/instant.ts'
import { WALKERS } from '../../src/devkit/case-commands.ts'
import { CLEARINGHOUSE } from '../../src/devkit/case-play.ts'
import type { TestDoor } from '../../src/devkit/door.ts'
import { openSession } from '../../src/server/identity/sessions.ts'
import { type CaseTally, simulateCase } from './simulated-case.ts'
import { StoreHouse } from './store-house.ts'

const STRANGERS = ['stranger', 'elsewhere'] as const

/** Lives over the server's own records, of whose cases people ask by the doors; `seeds` from that number on. */
export async function liveOverStore(door: TestDoor, seeds: readonly number[], steps: number, tally: CaseTally): Promise<void> {
  for (const seed of seeds) {
    const ids = new Map<string, Id<'case'>>()
    const caseId = (name: string): Id<'case'> => {
      const id = ids.get(name) ?? newId('case', door.ground.random)
      ids.set(name, id)
      return id
    }
    const houses: StoreHouse[] = []
    const house = async (clocks: ConstructorParameters<typeof StoreHouse>[1]) => {
      houses.push(new StoreHouse(door, clocks))
      return houses[0]!
    }
    const shown = async (cases: readonly Case[], random: () => number, label: string) => {
      if (random() < 0.5) await asksAtDoors(door, cases, random, label)
    }
    try {
      await simulateCase({ seed, steps, crowd: 0.3, tag: `s${seed}`, house, caseId, shown }, tally)
    } finally {
      await Promise.all(houses.map((one) => one.close()))
      // The next life has clocks of its own.
      await door.database.owner.query('update weir.case_file set due_at = null, receipt = coalesce(receipt, $1)', [
        Buffer.from('x'),
      ])
    }
  }
}

/** People of the organisations that take part, of one that does not, and of another clearinghouse. */
export async function peopleOfWalks(door: TestDoor): Promise<void> {
  const { db } = door.ground.store
  const made = new Date(0) as never
  const all = [...WALKERS, ...STRANGERS].map((name) => ({ name, id: `org_${name}` }))
  const organisations = [...all, { name: 'The Clearinghouse', id: CLEARINGHOUSE as string }]
  for (const { name, id } of organisations)
    await db.insertInto('organisation').values({ id, name, kind: 'finder', created_at: made }).execute()
  for (const { name, id } of all) {
    const roles = name === 'elsewhere' ? ['coordinator', 'inspector'] : ['finder', 'maintainer', 'operator', 'partner']
    const person = { organisation_id: id, name, email: null, roles, state: 'active', created_at: made, last_seen: null }
    await db
      .insertInto('person')
      .values({ id: `per_${name}_http`, ...person } as never)
      .execute()
  }
}

/** One participant's organisation and one that has no part ask for one of the cases; both are shown what the machines say. */
async function asksAtDoors(door: TestDoor, cases: readonly Case[], random: () => number, label: string): Promise<void> {
  const of = cases[Math.floor(random() * cases.length)]!
  const asker = WALKERS[Math.floor(random() * WALKERS.length)]!
  const nobody = STRANGERS[Math.floor(random() * STRANGERS.length)]!
  assert.equal((await asks(door, nobody, of.id)).status, 404, `${label}: ${nobody} finds ${of.id}`)
  const now = instant(Math.min(door.time.now, door.time.now + door.time.second))
  const all = of.participants
    .filter(({ organisation, leftAt }) => organisation === `org_${asker}` && leftAt === null)
    .map(({ id }) => readingOf(of, id, now).reads)
  const reads = all.includes('content') ? 'content' : all.includes('invitation') ? 'invitation' : null
  const answer = await asks(door, asker, of.id)
  assert.equal(answer.status, reads === null ? 404 : 200, `${label}: ${asker} asks for ${of.id}`)
  if (reads === null) return
  const { row } = (await answer.json()) as { row: { reads: string } }
  assert.equal(row.reads, reads, `${label}: ${asker} reads ${of.id}`)
}

// A session for each question: clocks jump over its end.
async function asks(door: TestDoor, name: string, id: string): Promise<Response> {
  const { secret } = await openSession(door.ground, `per_${name}_http`)
  return await door.ask('GET', `/v1/cases/${id}`, { as: { cookie: secret } })
}
