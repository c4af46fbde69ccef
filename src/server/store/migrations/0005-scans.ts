import { type Kysely, sql } from 'kysely'

// Who scans what, and what projects say about scans. What a claim names is sealed under a key of its own and in no column: a name, a
// path and a class would be guessed from any digest that a thief could compute. What a project says, what coordination asks for and
// certificates are public. Safe while an older process runs: it names every column it writes.
const STATEMENTS = [
  `create table scan_claim (
     id text primary key, version int not null, seq bigint not null, organisation_id text not null, person_id text, state text not null,
     key_slot int not null, body bytea not null, place_key bytea not null, key_digest bytea, whole boolean not null,
     made_at timestamptz not null, ends_at timestamptz not null, ended_at timestamptz, renewals int not null default 0,
     request_id text)`,
  `create unique index scan_claim_seq on scan_claim (seq)`,
  `create unique index scan_claim_key on scan_claim (organisation_id, key_digest) where key_digest is not null`,
  `create index scan_claim_organisation on scan_claim (organisation_id, made_at desc)`,
  `create index scan_claim_open on scan_claim (organisation_id) where state = 'active'`,
  `create index scan_claim_place on scan_claim (organisation_id, place_key, ended_at desc)`,
  `create index scan_claim_due on scan_claim (ends_at) where state = 'active'`,
  `create index scan_claim_ended on scan_claim (ended_at) where ended_at is not null`,
  `create index scan_claim_request on scan_claim (request_id) where request_id is not null`,
  `create table scan_overlap (
     claim_id text not null, other_id text not null, organisation_id text not null, other_organisation text not null, contact text not null,
     at timestamptz not null, primary key (claim_id, other_id))`,
  `create index scan_overlap_organisation on scan_overlap (organisation_id, claim_id)`,
  `create index scan_overlap_contact on scan_overlap (contact)`,
  `create table scan_day (
     organisation_id text not null, day date not null, claims int not null default 0, overlapped int not null default 0,
     certificates int not null default 0, primary key (organisation_id, day))`,
  `create table opt_out (
     id text primary key, version int not null, name text not null, body jsonb not null, entered_at timestamptz not null,
     ended_at timestamptz)`,
  `create index opt_out_name on opt_out (name) where ended_at is null`,
  `create table scan_route (
     id text primary key, version int not null, name text not null, body jsonb not null, entered_at timestamptz not null,
     ended_at timestamptz)`,
  `create index scan_route_name on scan_route (name) where ended_at is null`,
  `create table scan_request (
     id text primary key, version int not null, name text not null, body jsonb not null, entered_at timestamptz not null,
     taken_until timestamptz, closed_at timestamptz)`,
  `create index scan_request_open on scan_request (name) where closed_at is null`,
  `create table certificate (
     id text primary key, organisation_id text not null, named boolean not null, name text not null, family text,
     envelope jsonb not null, public_key bytea not null, digest bytea not null, finished_at timestamptz not null, at timestamptz not null)`,
  `create unique index certificate_digest on certificate (digest)`,
  `create index certificate_name on certificate (name, finished_at desc)`,
  `create index certificate_at on certificate (at desc)`,
  `create table scan_entry (
     id text primary key, thing text not null, version int not null, statement jsonb not null, interval_index int not null,
     position int not null, commitment bytea not null)`,
  `create index scan_entry_thing on scan_entry (thing, version desc)`,
  `create index scan_entry_interval on scan_entry (interval_index, position)`,
  `insert into work_lock values ('claims')`,
]

const SECRET = ['scan_claim', 'scan_overlap', 'scan_day', 'certificate']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  for (const table of SECRET) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql
      .raw(
        `create policy scope on ${table} using (current_setting('weir.scope', true) = 'all') with check (current_setting('weir.scope', true) = 'all')`,
      )
      .execute(db)
  }
}
