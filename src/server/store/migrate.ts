import { Kysely, PostgresDialect, sql } from 'kysely'
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration'
import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { QUEUES } from '../jobs/queues.ts'
import * as foundation from './migrations/0001-foundation.ts'
import * as validation from './migrations/0002-validation.ts'
import * as docket from './migrations/0003-docket.ts'
import * as cases from './migrations/0004-cases.ts'
import * as scans from './migrations/0005-scans.ts'
import * as groups from './migrations/0006-groups.ts'
import * as answerPlaces from './migrations/0007-answer-places.ts'
import * as outOfCases from './migrations/0008-out-of-cases.ts'
import * as duties from './migrations/0009-duties.ts'
import * as known from './migrations/0010-known.ts'
import * as exposure from './migrations/0011-exposure.ts'
import * as edgeDevices from './migrations/0012-edge-devices.ts'
import * as ownVex from './migrations/0013-own-vex.ts'

const MIGRATIONS: Record<string, Migration> = {
  '0001-foundation': foundation,
  '0002-validation': validation,
  '0003-docket': docket,
  '0004-cases': cases,
  '0005-scans': scans,
  '0006-groups': groups,
  '0007-answer-places': answerPlaces,
  '0008-out-of-cases': outOfCases,
  '0009-duties': duties,
  '0010-known': known,
  '0011-exposure': exposure,
  '0012-edge-devices': edgeDevices,
  '0013-own-vex': ownVex,
}

const provider: MigrationProvider = { getMigrations: async () => MIGRATIONS }

/**
 * Brings the schema up to date as its owner and lets `appRole` work on it without owning it. Forward only; safe to run
 * again. The job tables are pg-boss's own and are set up here too, so that the server's role never needs to change a schema.
 */
export async function migrate(owner: pg.Pool, appRole: string): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: owner }) })
  await sql`create schema if not exists weir`.execute(db)
  await sql`set search_path to weir`.execute(db)
  const migrator = new Migrator({ db, provider, migrationTableSchema: 'weir' })
  const { error } = await migrator.migrateToLatest()
  if (error) throw error
  const boss = new PgBoss({
    db: { executeSql: async (text: string, values?: unknown[]) => await owner.query(text, values) },
    schedule: false,
    supervise: false,
  })
  boss.on('error', () => {})
  await boss.start()
  for (const [name, options] of Object.entries(QUEUES)) await boss.createQueue(name, options)
  await boss.stop({ graceful: false })
  for (const schema of ['weir', 'pgboss']) {
    await owner.query(`grant usage on schema ${schema} to "${appRole}"`)
    await owner.query(`grant select, insert, update, delete on all tables in schema ${schema} to "${appRole}"`)
    await owner.query(`grant usage, select on all sequences in schema ${schema} to "${appRole}"`)
    await owner.query(`grant execute on all functions in schema ${schema} to "${appRole}"`)
  }
  await owner.query(`revoke insert, update, delete on weir.kysely_migration from "${appRole}"`)
}
