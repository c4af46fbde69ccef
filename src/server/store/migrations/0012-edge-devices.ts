import { type Kysely, sql } from 'kysely'

// End-of-support devices at the edge of a network: what an organisation wrote down and what was said done, each sealed under a key of
// its own, in rows that only that organisation's transactions reach. Safe while an older process runs: nothing it knows is changed.
const STATEMENTS = [
  `create table edge_device (
     organisation_id text not null, id text not null, version int not null, key_slot int not null, body bytea not null,
     primary key (organisation_id, id))`,
  `alter table edge_device enable row level security`,
]
const OWN = `current_setting('weir.scope', true) = 'all' or organisation_id = nullif(current_setting('weir.organisation', true), '')`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  await sql.raw(`create policy scope on edge_device using (${OWN}) with check (${OWN})`).execute(db)
}
