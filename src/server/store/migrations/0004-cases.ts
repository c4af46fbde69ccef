import { type Kysely, sql } from 'kysely'

// Cases, what is said in them, letters, projects and their terms, advisories, webhooks. A case has one key, a slot of the key store:
// its body, papers and letters are read only through it, so closing a case under its terms is destroying one key. What a
// project publishes about itself is plain; whether there is a case about it is not. Safe while an older process runs: it names every
// column it writes.
const STATEMENTS = [
  `create table case_file (
     id text primary key, version int not null, state text not null, stage text not null default 'open', coordinator_id text not null,
     key_slot int not null, body bytea not null, whose text not null default 'nobody', opened_at timestamptz not null,
     changed_at timestamptz not null, ends_at timestamptz, due_at timestamptz, closed_at timestamptz, receipt bytea, counted text, interval_index int, position int,
     commitment bytea)`,
  `create index case_file_due on case_file (due_at) where due_at is not null`,
  `create index case_file_coordinator on case_file (coordinator_id, changed_at desc)`,
  `create index case_file_interval on case_file (interval_index, position) where interval_index is not null`,
  `create table case_flaw (case_id text not null, flaw_id text not null, removed_at timestamptz, primary key (case_id, flaw_id))`,
  `create index case_flaw_flaw on case_flaw (flaw_id)`,
  // A flaw is in one open case at most, whoever opens two at once.
  `create unique index case_flaw_open on case_flaw (flaw_id) where removed_at is null`,
  `create table case_party (
     case_id text not null, id text not null, organisation_id text, project_id text, kind text not null, reads text not null,
     asked boolean not null default false, left_at timestamptz, primary key (case_id, id))`,
  `create index case_party_organisation on case_party (organisation_id) where organisation_id is not null`,
  `create table case_entry (
     case_id text not null, version int not null, id text not null, type text not null, at timestamptz not null, person_id text,
     body bytea not null, hash bytea not null, state bytea, interval_index int, position int, commitment bytea,
     primary key (case_id, version))`,
  `create index case_entry_interval on case_entry (interval_index, position) where interval_index is not null`,
  `create table case_paper (
     case_id text not null, id text not null, kind text not null, party_id text, person_id text, about bytea not null, body bytea,
     blob text, bytes bigint not null, digest bytea not null, at timestamptz not null, primary key (id, case_id))`,
  `create index case_paper_case on case_paper (case_id, at)`,
  `create table case_read (
     case_id text not null, entry int not null, at timestamptz not null, person_id text, party_id text, what text not null, thing text,
     primary key (case_id, entry))`,
  `create table letter (
     case_id text not null, id text not null, version int not null, state text not null, party_id text, project_id text,
     template text not null, key_slot int not null, body bytea not null, message_id text, attempts int not null default 0,
     made_at timestamptz not null, by_person text, sent_by text, asked_at timestamptz, send_at timestamptz, lease text,
     leased_until timestamptz, handing boolean not null default false, put_off_since timestamptz, sent_at timestamptz, step text,
     primary key (id, case_id))`,
  `create index letter_case on letter (case_id, made_at)`,
  `create index letter_due on letter (send_at) where state = 'queued'`,
  `create index letter_project on letter (project_id, state) where project_id is not null`,
  `create index letter_lease on letter (leased_until) where state = 'sending'`,
  `create unique index letter_message on letter (message_id) where message_id is not null`,
  `create table letter_link (
     digest bytea primary key, case_id text not null, letter_id text not null, act text not null, expires_at timestamptz not null,
     used_at timestamptz)`,
  `create index letter_link_letter on letter_link (letter_id)`,
  `create table reply_address (
     digest bytea primary key, case_id text not null, party_id text not null, made_at timestamptz not null, revoked_at timestamptz)`,
  `create table project (
     id text primary key, version int not null, purl text, repository text, name text not null, terms jsonb not null, source text not null,
     steward text not null default 'unassigned', steward_body jsonb, domains jsonb not null default '[]', pgp_keys jsonb not null default '[]', organisation_id text, paused_until timestamptz, due_at timestamptz,
     entered_by text, entered_at timestamptz not null, changed_at timestamptz not null)`,
  `create unique index project_purl on project (purl) where purl is not null`,
  `create unique index project_repository on project (repository) where repository is not null and purl is null`,
  `create index project_organisation on project (organisation_id) where organisation_id is not null`,
  `create index project_due on project (due_at) where due_at is not null`,
  `create table project_proof (
     project_id text not null, id text not null, kind text not null, state text not null, address_key bytea, body bytea not null,
     key_slot int not null, asked_at timestamptz not null, expires_at timestamptz not null, proved_at timestamptz,
     primary key (id, project_id))`,
  `create index project_proof_project on project_proof (project_id)`,
  // Outlives the case's letters: a pace is kept also when a case is closed and its letters are erased.
  `create table project_sending (
     project_id text not null, case_id text not null, sent_at timestamptz not null, primary key (project_id, case_id))`,
  `create table notice (
     organisation_id text not null, id text not null, person_id text, case_id text, kind text not null, thing text,
     at timestamptz not null, read_at timestamptz, primary key (id, organisation_id))`,
  `create index notice_organisation on notice (organisation_id, at desc)`,
  `create table advisory (
     id text primary key, version int not null, state text not null, case_id text not null, key_slot int not null, body bytea,
     public jsonb, release_at timestamptz, published_at timestamptz, changed_at timestamptz not null)`,
  `create index advisory_case on advisory (case_id)`,
  `create index advisory_release on advisory (release_at) where state = 'ready' and release_at is not null`,
  `create index advisory_published on advisory (published_at desc) where published_at is not null`,
  `create table advisory_entry (
     id text primary key, advisory_id text not null, version int not null, statement jsonb not null, interval_index int not null,
     position int not null, commitment bytea not null)`,
  `create index advisory_entry_advisory on advisory_entry (advisory_id, version)`,
  `create index advisory_entry_interval on advisory_entry (interval_index, position)`,
  `create table cve_number (
     case_id text not null, flaw_id text not null, attempt text not null, version int not null, number text, state text not null,
     year int not null, asked_at timestamptz not null, at timestamptz not null, primary key (flaw_id, attempt))`,
  `create unique index cve_number_number on cve_number (number) where number is not null`,
  `create table relay (
     case_id text not null, id text not null, flaw_id text not null, version int not null, route text not null, state text not null,
     body bytea not null, handle text, made_at timestamptz not null, by_person text not null, changed_at timestamptz not null,
     primary key (id, case_id))`,
  `create index relay_case on relay (case_id, made_at)`,
  `create table webhook (
     id text primary key, organisation_id text not null, person_id text not null, key_slot int not null, body bytea not null,
     state text not null, why text, sequence bigint not null default 0, made_at timestamptz not null, failed_since timestamptz)`,
  `create index webhook_organisation on webhook (organisation_id)`,
  `create table delivery (
     webhook_id text not null, sequence bigint not null, id text not null, kind text not null, thing text, at timestamptz not null,
     next_at timestamptz, attempts int not null default 0, lease text, first_tried_at timestamptz, done_at timestamptz,
     primary key (webhook_id, sequence))`,
  `create unique index delivery_id on delivery (id)`,
  // Mails that were stored, so that one that comes again is not stored again.
  `create table mail_taken (key bytea primary key, at timestamptz not null)`,
  // Up to which event of the outbox the parties of cases were told.
  `create table case_teller (one boolean primary key default true check (one), last bigint not null default 0)`,
  `insert into case_teller default values`,
  `create index delivery_due on delivery (next_at) where done_at is null and next_at is not null`,
  `insert into work_lock values ('letters'), ('releases'), ('deliveries')`,
]

const SECRET = [
  'case_file',
  'case_flaw',
  'case_party',
  'case_entry',
  'case_paper',
  'case_read',
  'letter',
  'letter_link',
  'reply_address',
  'project_proof',
  'project_sending',
  'mail_taken',
  'case_teller',
  'notice',
  'cve_number',
  'relay',
  'webhook',
  'delivery',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  // Who may read a case hangs on parties and consent, which `core/cases` judges: below it the net is whole or shut.
  for (const table of SECRET) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql
      .raw(
        `create policy scope on ${table} using (current_setting('weir.scope', true) = 'all') with check (current_setting('weir.scope', true) = 'all')`,
      )
      .execute(db)
  }
  await sql.raw(`alter table advisory enable row level security`).execute(db)
  // What is published is public; before, it belongs to its case.
  await sql
    .raw(
      `create policy scope on advisory using (current_setting('weir.scope', true) = 'all' or published_at is not null)
         with check (current_setting('weir.scope', true) = 'all')`,
    )
    .execute(db)
}
