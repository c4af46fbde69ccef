import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type FreshDatabase, withDatabase } from '../../devkit/pg.ts'
import { migrate } from './migrate.ts'
import { APP_ROLE } from './postgres/start.ts'

const shape = async ({ owner }: FreshDatabase) =>
  (
    await owner.query(
      `select table_schema, table_name, column_name, data_type, column_default from information_schema.columns
       where table_schema in ('weir', 'pgboss') order by 1, 2, 3`,
    )
  ).rows

test('migrating again changes nothing and loses nothing', async (t) => {
  await withDatabase(
    t,
    async (database) => {
      await migrate(database.owner, APP_ROLE)
      await database.owner.query(`insert into weir.organisation values ('org_a', 'A', 'finder', now())`)
      const before = await shape(database)
      assert.ok(before.length > 100)
      await migrate(database.owner, APP_ROLE)
      assert.deepEqual(await shape(database), before)
      assert.equal((await database.owner.query('select id from weir.organisation')).rowCount, 1)
      assert.equal((await database.owner.query('select last from weir.sequencer')).rowCount, 1)
    },
    { migrated: false },
  )
})

test('the server’s role owns nothing, passes no row security and changes no schema', async (t) => {
  await withDatabase(t, async ({ owner, store }) => {
    const { rows: owned } = await owner.query(
      `select relname from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname = $1`,
      [APP_ROLE],
    )
    assert.deepEqual(owned, [])
    const { rows: role } = await owner.query(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = $1`,
      [APP_ROLE],
    )
    assert.deepEqual(role, [{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }])
    for (const statement of [
      'alter table weir.finding add column more text',
      'alter table weir.finding disable row level security',
      'drop policy scope on weir.finding',
      'drop table weir.finding',
      'truncate weir.event',
      'create table weir.mine (n int)',
      'create function weir.f() returns int language sql as $$ select 1 $$',
      'insert into weir.kysely_migration values ($$x$$, $$now$$)',
      'set role postgres',
    ])
      await assert.rejects(store.pool.query(statement), /permission denied|must be owner|does not exist/, statement)
  })
})
