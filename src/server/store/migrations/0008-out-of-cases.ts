import { type Kysely, sql } from 'kysely'

// Whom an organisation keeps out of the cases it takes part in. Safe while a server of before runs: it reads and writes by name, and to
// it everybody is in.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table person add column out_of_cases boolean not null default false').execute(db)
}
