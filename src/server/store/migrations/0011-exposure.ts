import { type Kysely, sql } from 'kysely'

// What an organisation runs, and what it owes: sealed, each inventory and each obligation under a key of its own, in rows that only
// that organisation's transactions reach. Safe while an older process runs: nothing it knows is changed.
const STATEMENTS = [
  `create table inventory (
     organisation_id text not null, id text not null, version int not null, key_slot int not null, asset_digest bytea not null,
     body bytea not null, contents bytea not null, received_at timestamptz not null, primary key (organisation_id, id))`,
  `create unique index inventory_asset on inventory (organisation_id, asset_digest)`,
  `create unique index inventory_id on inventory (id)`,
  `create table obligation (
     organisation_id text not null, id text not null, version int not null, key_slot int not null, digest bytea not null,
     place_digest bytea not null, flaw_digest bytea not null, standing text not null, due_at timestamptz, until_at timestamptz,
     open_assets int not null, settled_assets int not null, body bytea not null, primary key (organisation_id, id))`,
  `create unique index obligation_digest on obligation (organisation_id, digest)`,
  `create index obligation_place on obligation (organisation_id, place_digest)`,
  `create index obligation_flaw on obligation (flaw_digest)`,
  `create index obligation_until on obligation (until_at) where until_at is not null`,
  `create table exposure_rule (
     organisation_id text primary key, version int not null, key_slot int not null, body bytea not null)`,
  `create table exposure_day (
     organisation_id text not null, day date not null, open int not null, settled int not null, primary key (organisation_id, day))`,
  `create table exposure_act (
     organisation_id text not null, key_digest bytea not null, obligation text not null, done_at timestamptz not null,
     primary key (organisation_id, key_digest))`,
  `create index exposure_act_done on exposure_act (done_at)`,
  `create table patched_report (
     organisation_id text not null, flaw_digest bytea not null, patched int not null, total int not null,
     reported_at timestamptz not null, primary key (organisation_id, flaw_digest))`,
  `create index patched_report_flaw on patched_report (flaw_digest)`,
]

const TABLES = ['inventory', 'obligation', 'exposure_rule', 'exposure_day', 'exposure_act', 'patched_report']
const OWN = `current_setting('weir.scope', true) = 'all' or organisation_id = nullif(current_setting('weir.organisation', true), '')`

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const table of TABLES) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql.raw(`create policy scope on ${table} using (${OWN}) with check (${OWN})`).execute(db)
  }
}
