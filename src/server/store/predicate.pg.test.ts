import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sql } from 'kysely'
import { permits } from '../../core/access/permits.ts'
import { type Action, type NounKind, POLICY, type Stage } from '../../core/access/policy-table.ts'
import { type Principal, ROLES, SCOPES, STRANGER } from '../../core/access/principal.ts'
import type { Id } from '../../core/kernel/id.ts'
import { withDatabase } from '../../devkit/pg.ts'
import { inTransaction, type Tx } from './connection.ts'
import { mayList } from './predicate.ts'

const ORGANISATIONS = ['org_a', 'org_b', 'org_c'] as Id<'organisation'>[]
const PEOPLE = ['per_a', 'per_b', 'per_c'] as Id<'person'>[]
const NOUNS = [...new Set(POLICY.map(({ noun }) => noun))]
const ACTIONS: Action[] = ['read', 'list', 'send', 'decide', 'release', 'write', 'manage']

interface Row {
  readonly organisation: Id<'organisation'> | null
  readonly person: Id<'person'> | null
  readonly stage: Stage
}

const row: fc.Arbitrary<Row> = fc.record({
  organisation: fc.option(fc.constantFrom(...ORGANISATIONS)),
  person: fc.option(fc.constantFrom(...PEOPLE)),
  stage: fc.constantFrom<Stage>('open', 'closed'),
})
const member = {
  person: fc.option(fc.constantFrom(...PEOPLE)),
  organisation: fc.option(fc.constantFrom(...ORGANISATIONS)),
  roles: fc.subarray([...ROLES]),
  outOfCases: fc.boolean(),
}
const asker: fc.Arbitrary<Principal> = fc.oneof(
  fc.constant(STRANGER),
  fc.record({ ...member, kind: fc.constant('person' as const), scopes: fc.constant([...SCOPES]) }),
  fc.record({ ...member, kind: fc.constant('machine' as const), scopes: fc.subarray([...SCOPES]) }),
)

async function listed(tx: Tx, who: Principal, action: Action, noun: NounKind): Promise<number[]> {
  const may = mayList(who, action, noun, { organisation: 'world.organisation', person: 'world.person', stage: 'world.stage' })
  const { rows } = await sql<{ n: number }>`select n from world where ${may} order by n`.execute(tx.db)
  return rows.map(({ n }) => n)
}

test('a list holds exactly the rows that the policy permits one by one', async (t) => {
  await withDatabase(t, async ({ store }) => {
    let seen = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 12 }),
        asker,
        fc.constantFrom(...ACTIONS),
        fc.shuffledSubarray(NOUNS, { minLength: 3 }),
        async (world, who, action, nouns) => {
          await inTransaction(store, 'none', async (tx) => {
            await sql`create temp table world (n int, organisation text, person text, stage text) on commit drop`.execute(tx.db)
            for (const [n, one] of world.entries())
              await sql`insert into world values (${n}, ${one.organisation}, ${one.person}, ${one.stage})`.execute(tx.db)
            for (const noun of nouns) {
              const wanted = world.flatMap((one, n) => (permits(who, action, { noun, ...one, held: false }) ? [n] : []))
              seen += wanted.length
              assert.deepEqual(await listed(tx, who, action, noun), wanted, `${action} ${noun}`)
            }
          })
        },
      ),
      { numRuns: 150 },
    )
    // Worlds in which nothing is ever permitted would agree as well.
    assert.ok(seen > 100, `${seen} permitted rows`)
  })
})
