import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import type pg from 'pg'
import { SCOPES } from '../../core/access/principal.ts'
import type { Id } from '../../core/kernel/id.ts'
import { instant } from '../../core/kernel/instant.ts'
import { withDatabase } from '../../devkit/pg.ts'
import { listInvites } from '../app/account/list-invites.ts'
import { listPeople } from '../app/account/list-people.ts'
import type { Ground } from '../ground.ts'
import { inTransaction } from './connection.ts'
import { migrate } from './migrate.ts'
import { APP_ROLE } from './postgres/start.ts'
import { nextProjectDue } from './project.ts'
import { putAddress, revokeContact } from './reply-address.ts'

const FORMER = ['0001-foundation', '0002-validation', '0003-docket', '0004-cases', '0005-scans']

/** Brings a database to where the version before this one left it. */
async function migrateFormer(owner: pg.Pool): Promise<void> {
  const former = await Promise.all(FORMER.map(async (name) => [name, await import(`./migrations/${name}.ts`)] as const))
  const migrations = Object.fromEntries(former) as Record<string, Migration>
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: owner }) })
  await sql`create schema weir`.execute(db)
  await sql`set search_path to weir`.execute(db)
  const provider = { getMigrations: async () => migrations }
  const { error } = await new Migrator({ db, provider, migrationTableSchema: 'weir' }).migrateToLatest()
  assert.equal(error, undefined)
}

test('a database of the version before is brought up to date with what is in it, and that version may go on meanwhile', async (t) => {
  await withDatabase(
    t,
    async ({ owner, store, keys }) => {
      await migrateFormer(owner)
      const write = async (n: number) => {
        await owner.query(
          `insert into weir.person (id, organisation_id, name, email, roles, state, created_at)
           values ($1, 'org_a', $1, $2, '{maintainer}', 'active', now())`,
          [`per_${n}`, `p${n}@a.example`],
        )
        await owner.query(
          `insert into weir.invite (id, secret_digest, organisation_id, email, roles, created_by, created_at, expires_at)
           values ($1, $2, 'org_a', $3, '{finder}', 'per_1', now(), now() + interval '7 days')`,
          [`inv_${n}`, Buffer.from([n]), `i${n}@a.example`],
        )
        await owner.query(
          `insert into weir.case_party (case_id, id, organisation_id, project_id, kind, reads)
           values ('cas_a', $1, null, 'prj_a', 'maintainer', 'content')`,
          [`ptp_${n}`],
        )
        await owner.query(`insert into weir.reply_address values ($1, 'cas_a', $2, now(), null)`, [
          Buffer.from([n]),
          `ptp_${n}`,
        ])
      }
      await owner.query(`insert into weir.organisation values ('org_a', 'A', 'vendor', now())`)
      await owner.query(`insert into weir.project (id, version, name, terms, source, due_at, entered_at, changed_at)
        values ('prj_a', 1, 'A', '{}', 's', '2026-01-02T00:00:00Z', now(), now())`)
      await write(1)
      await migrate(owner, APP_ROLE)
      await write(2)

      const ground = { store, keys, clock: () => instant(Date.now()) } as unknown as Ground
      const seat = { person: 'per_1' as Id<'person'>, organisation: 'org_a' as Id<'organisation'> }
      const who = { kind: 'person', ...seat, roles: ['group-admin'], scopes: [...SCOPES] } as const
      const people = (await listPeople(ground, who)).map(({ id, cases }) => [id, cases])
      assert.deepEqual(people, [
        ['per_1', true],
        ['per_2', true],
      ])
      const invites = (await listInvites(ground, who)).map(({ email }) => email).sort()
      assert.deepEqual(invites, ['i1@a.example', 'i2@a.example'])
      await inTransaction(store, 'all', async (tx) => {
        const address = (n: number) => ({ digest: Buffer.from([n]), case: 'cas_a', party: `ptp_${n}`, madeAt: 0 })
        assert.equal(await putAddress(tx, address(1)), true)
        await revokeContact(tx, 'prj_a', Date.now())
        assert.deepEqual([await putAddress(tx, address(1)), await putAddress(tx, address(2))], [false, false])
        assert.equal(await nextProjectDue(tx), Date.parse('2026-01-02T00:00:00Z'))
      })
    },
    { migrated: false },
  )
})
