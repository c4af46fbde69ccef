import { type Kysely, sql } from 'kysely'

// VEX documents that an organisation brings for itself: sealed, each under a key of its own, in rows that only that organisation's
// transactions reach. Safe while an older process runs: it writes obligations without the new column, whose default then holds.
const STATEMENTS = [
  `create table exposure_vex (
     organisation_id text not null, id text not null, version int not null, key_slot int not null, document_digest bytea not null,
     body bytea not null, contents bytea not null, received_at timestamptz not null, primary key (organisation_id, id))`,
  `create unique index exposure_vex_document on exposure_vex (organisation_id, document_digest)`,
  `create unique index exposure_vex_id on exposure_vex (id)`,
  `alter table obligation add column held_assets int not null default 0`,
]

const OWN = `current_setting('weir.scope', true) = 'all' or organisation_id = nullif(current_setting('weir.organisation', true), '')`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  await sql.raw(`alter table exposure_vex enable row level security`).execute(db)
  await sql.raw(`create policy scope on exposure_vex using (${OWN}) with check (${OWN})`).execute(db)
}
