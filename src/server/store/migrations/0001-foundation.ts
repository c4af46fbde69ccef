import { type Kysely, sql } from 'kysely'

// Forward only. Run by the owner of the schema; the server itself connects as a role that owns nothing.
// Distribution keys stand in the primary keys (target without version for findings and flaws, sender for receipts), behind the
// id: the same index then also finds a thing by its id alone.
const STATEMENTS = [
  `create table organisation (
     id text primary key, name text not null unique, kind text not null, created_at timestamptz not null)`,
  `create table person (
     id text primary key, organisation_id text not null references organisation, name text not null, email text,
     roles text[] not null, state text not null, created_at timestamptz not null, last_seen timestamptz)`,
  `create unique index person_email on person (lower(email)) where state <> 'left'`,
  `create table identity (
     issuer text not null, subject text not null, person_id text not null references person, primary key (issuer, subject))`,
  `create table passkey (
     credential_id bytea primary key, person_id text not null references person, public_key bytea not null,
     counter bigint not null, transports text[] not null, created_at timestamptz not null)`,
  `create table recovery_code (
     person_id text not null references person, digest bytea not null, used_at timestamptz, primary key (person_id, digest))`,
  `create table session (
     digest bytea primary key, id text not null, person_id text not null references person,
     created_at timestamptz not null, expires_at timestamptz not null)`,
  `create table invite (
     id text primary key, secret_digest bytea not null unique, organisation_id text not null references organisation,
     email text, roles text[] not null, created_by text, created_at timestamptz not null, expires_at timestamptz not null,
     accepted_at timestamptz)`,
  `create table token (
     id text primary key, digest bytea not null unique, name text not null, organisation_id text not null references organisation,
     person_id text references person, scopes text[] not null, roles text[] not null, created_at timestamptz not null,
     expires_at timestamptz not null, last_used timestamptz, revoked_at timestamptz)`,
  `create table challenge (
     digest bytea primary key, kind text not null, person_id text, body jsonb not null, expires_at timestamptz not null)`,

  `create table report (
     organisation_id text not null, id text not null, person_id text, key_digest bytea not null, format text not null,
     key_slot int not null, name bytea, received_at timestamptz not null, completed_at timestamptz,
     taken int not null default 0, accepted int not null default 0, repeated int not null default 0, merged int not null default 0,
     needs_info int not null default 0, refused int not null default 0, clustered int not null default 0,
     version int not null default 1, primary key (organisation_id, id), unique (organisation_id, key_digest))`,
  `create index report_id on report (id)`,
  `create index report_received on report (received_at)`,
  `create table receipt (
     organisation_id text not null, id text not null, report_id text not null, n int not null, outcome text not null,
     content_digest bytea not null, key_digest bytea, finding_id text, same_receipt text, own_group text,
     needs text[] not null, code text, note bytea, key_slot int not null, received_at timestamptz not null,
     interval_index int, position int, commitment bytea,
     primary key (id, organisation_id), unique (organisation_id, content_digest))`,
  `create unique index receipt_key on receipt (organisation_id, key_digest) where key_digest is not null`,
  `create index receipt_interval on receipt (interval_index, position) where interval_index is not null`,
  `create table finding (
     target_key bytea not null, id text not null, organisation_id text not null, report_id text not null, receipt_id text not null,
     key_slot int not null, keys bytea not null, features bytea not null, body bytea not null, received_at timestamptz not null,
     state text not null, released boolean not null default false, stage text not null default 'open', primary key (id, target_key))`,
  // Ciphertext does not shrink: keep it out of line without trying.
  `alter table finding alter column body set storage external, alter column features set storage external`,
  // A row of the usual few kilobytes stays whole in its page: one write instead of chunks and their index.
  `alter table finding set (toast_tuple_target = 8160)`,
  `create index finding_sender on finding (organisation_id, received_at desc, id)`,
  `create table sure_key (
     target_key bytea not null, digest bytea not null, organisation_id text not null, finding_id text not null,
     primary key (target_key, digest, organisation_id))`,
  `create table candidate_key (
     target_key bytea not null, digest bytea not null, finding_id text not null, finding_target bytea not null,
     primary key (target_key, digest, finding_id))`,
  `create table cluster_queue (target_key bytea not null, finding_id text not null, report_id text not null, position bigint generated always as identity,
     primary key (position))`,
  `create table member (
     target_key bytea not null, finding_id text not null, flaw_id text not null, organisation_id text not null, joined_at timestamptz not null,
     reason text not null, algorithm text not null, score real not null, primary key (target_key, finding_id))`,
  `create index member_flaw on member (flaw_id)`,
  `create table flaw (
     target_key bytea not null, id text not null, version int not null, state text not null, stage text not null default 'open',
     lead_finding text not null, key_slot int not null, summary bytea not null, deeds bytea, need text not null, merged_into text,
     priority text, priority_rank smallint not null default 0, score real, findings int not null, finders int not null,
     first_at timestamptz not null, last_at timestamptz not null, words bigint[] not null, primary key (id, target_key))`,
  `alter table flaw alter column summary set storage external`,
  `create index flaw_merged on flaw (merged_into) where merged_into is not null`,
  `create index flaw_queue on flaw (need, priority_rank desc, first_at)`,
  `create index flaw_words on flaw using gin (words)`,
  `create table suggestion (
     target_key bytea not null, id text not null, flaw_a text not null, flaw_b text not null, score real not null,
     algorithm text not null, reasons bytea not null, reasons_of text not null, key_slot int not null, state text not null,
     raised_at timestamptz not null, decided_at timestamptz, primary key (target_key, id))`,
  `create unique index suggestion_pair on suggestion (target_key, flaw_a, flaw_b)`,
  `create index suggestion_id on suggestion (id)`,
  `create index suggestion_a on suggestion (flaw_a)`,
  `create index suggestion_b on suggestion (flaw_b)`,
  `create table apart (a text not null, b text not null, at timestamptz not null, primary key (a, b))`,
  `create index apart_b on apart (b)`,
  `create table judgement (
     target_key bytea not null, id text not null, flaw_id text not null, table_id text not null, outcome text not null,
     by_voice text not null, person_id text, at timestamptz not null, inputs jsonb not null, primary key (target_key, id))`,
  `create index judgement_flaw on judgement (flaw_id)`,
  `create table message (
     subject text not null, id text not null, person_id text not null, organisation_id text not null, at timestamptz not null,
     key_slot int not null, body bytea not null, primary key (subject, id))`,

  // The outbox: written with the change, numbered after commit by one sequencer, so that no reader skips one.
  `create table event (
     aggregate text not null, aggregate_id text not null, version int not null, type text not null, at timestamptz not null,
     actor text not null, payload jsonb not null, seq bigint, primary key (aggregate, aggregate_id, version))`,
  `create unique index event_seq on event (seq) where seq is not null`,
  `create index event_unnumbered on event (at) where seq is null`,
  `create table sequencer (one boolean primary key default true check (one), last bigint not null)`,
  `insert into sequencer (last) values (0)`,
  `create table work_lock (name text primary key)`,
  `insert into work_lock values ('cluster')`,

  `create table ledger_clock (one boolean primary key default true check (one), open_interval int not null, opened_at timestamptz not null,
     started_at timestamptz not null)`,
  `create table ledger_leaf (index bigint primary key, leaf bytea not null, at timestamptz not null)`,
  `create table ledger_interval (
     index int primary key, leaf_index bigint not null, opened_at timestamptz not null, closed_at timestamptz not null,
     root bytea not null, buckets bytea)`,
  `alter table ledger_interval alter column buckets set storage external`,
  `create table tally (taken_at timestamptz primary key, body jsonb not null)`,
  `create table quota (organisation_id text not null, day date not null, items bigint not null, primary key (organisation_id, day))`,
  `create table setting (name text primary key, value jsonb not null)`,
]

// The net below the policy: without a stated scope a connection of the server's role reads nothing of these.
const SECRET_OF_SENDER = ['report', 'receipt', 'finding', 'sure_key']
const SECRET_OF_COORDINATION = ['member', 'flaw', 'suggestion', 'judgement', 'message', 'candidate_key', 'apart']

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
