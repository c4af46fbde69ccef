import { type Kysely, sql } from 'kysely'

// What is said of the duties of the order and the directive is public. An organisation's own are sealed, each under a key of its own,
// in rows that only that organisation's transactions reach. Safe while an older process runs: nothing it knows is changed.
const STATEMENTS = [
  `create table duty_track (duty text primary key, version int not null, track jsonb not null, changed_at timestamptz not null)`,
  `create table duty_entry (
     id text primary key, duty text not null, version int not null, statement jsonb not null, interval_index int not null,
     position int not null, commitment bytea not null)`,
  `create unique index duty_entry_duty on duty_entry (duty, version desc)`,
  `create index duty_entry_interval on duty_entry (interval_index, position)`,
  `create table own_duty (
     organisation_id text not null, id text not null, version int not null, key_slot int not null, name_digest bytea not null,
     body bytea not null, made_at timestamptz not null, primary key (organisation_id, id))`,
  `create unique index own_duty_name on own_duty (organisation_id, name_digest)`,
]

const OWN = `current_setting('weir.scope', true) = 'all' or organisation_id = nullif(current_setting('weir.organisation', true), '')`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  await sql.raw('alter table own_duty enable row level security').execute(db)
  await sql.raw(`create policy scope on own_duty using (${OWN}) with check (${OWN})`).execute(db)
}
