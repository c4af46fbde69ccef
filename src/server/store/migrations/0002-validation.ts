import { type Kysely, sql } from 'kysely'

// Targets, evidence, validations, runners, and what a validation showed of a finding and of two. Distribution keys stand in the
// primary keys, behind the id, as in the first migration. Safe while an older process runs: it names every column it writes.
const STATEMENTS = [
  `create table target (
     target_key bytea not null, id text not null, organisation_id text not null, kind text not null, key_slot int not null,
     about bytea not null, recipe bytea, blob text, bytes bigint not null, created_at timestamptz not null,
     stage text not null default 'open', primary key (id, target_key))`,
  `create index target_product on target (target_key, created_at desc)`,
  `create index target_sender on target (organisation_id, created_at desc)`,
  `create table evidence (
     target_key bytea not null, id text not null, finding_id text not null, organisation_id text not null, kind text not null,
     key_slot int not null, about bytea not null, blob text not null, bytes bigint not null, created_at timestamptz not null,
     primary key (id, target_key))`,
  `create index evidence_finding on evidence (finding_id)`,
  `create table validation (
     target_key bytea not null, id text not null, version int not null, organisation_id text, flaw_id text, finding_id text,
     findings text[] not null, target_id text not null, tasks text[] not null, floor text not null, state text not null,
     asked_by text not null, person_id text, coordination boolean not null, asked_at timestamptz not null, key_slot int not null,
     proof bytea not null, stop_asked boolean not null default false, attempt int not null default 0, lease text,
     lease_until timestamptz, runner_id text, tier text, progress bytea, progress_at timestamptz, seconds real not null default 0,
     started_at timestamptz, ended_at timestamptz, result bytea, log text, interval_index int, position int, commitment bytea,
     stage text not null default 'open', primary key (id, target_key))`,
  `alter table validation alter column result set storage external, alter column proof set storage external`,
  `create index validation_open on validation (state, asked_at) where state in ('waiting', 'running')`,
  `create index validation_asked on validation (asked_at desc, id desc)`,
  `create index validation_findings on validation using gin (findings)`,
  `create index validation_interval on validation (interval_index, position) where interval_index is not null`,
  `create index validation_used on validation (ended_at) where ended_at is not null`,
  `create table proof_edge (
     target_key bytea not null, a text not null, b text not null, kind text not null, validation_id text not null,
     at timestamptz not null, primary key (a, b, target_key))`,
  `create index proof_edge_b on proof_edge (b)`,
  `create table runner (
     id text primary key, owner_id text, name text not null, public_key bytea not null unique, tiers jsonb not null,
     lacking jsonb not null, slots int not null, registered_at timestamptz not null, last_seen timestamptz not null)`,
  `alter table finding add column proof text not null default 'not-run'`,
  `alter table flaw add column proof text not null default 'not-run'`,
  `insert into work_lock values ('lease')`,
]

const SECRET_OF_SENDER = ['target', 'evidence', 'validation']
const SECRET_OF_COORDINATION = ['proof_edge']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const table of [...SECRET_OF_SENDER, ...SECRET_OF_COORDINATION]) {
    const own = SECRET_OF_SENDER.includes(table)
      ? ` or organisation_id = nullif(current_setting('weir.organisation', true), '')`
      : ''
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql
      .raw(
        `create policy scope on ${table} using (current_setting('weir.scope', true) = 'all'${own}) with check (current_setting('weir.scope', true) = 'all'${own})`,
      )
      .execute(db)
  }
}
