import { type Kysely, sql } from 'kysely'

// Dockets, their papers, seats, access log, run sets and agreements. A docket's keys, one per compartment, are slots of the key
// store; what they seal is read only through them, so closing a docket is destroying five keys. In clear stand ids, states,
// instants and counts; after closing, the receipt. Safe while an older process runs: it names every column it writes.
const STATEMENTS = [
  `create table docket (
     id text primary key, version int not null, kind text not null, state text not null, developer_id text not null,
     office_id text not null, agreement_id text, key_d int not null, key_b int not null, key_r int not null, key_j int not null,
     key_p int not null, body bytea not null, opened_at timestamptz not null, ends_at timestamptz, due_at timestamptz,
     closed_at timestamptz, receipt bytea, counted text, interval_index int, position int, commitment bytea,
     stage text not null default 'open')`,
  `create index docket_due on docket (due_at) where due_at is not null`,
  `create index docket_developer on docket (developer_id, opened_at desc)`,
  `create index docket_office on docket (office_id, opened_at desc)`,
  `create index docket_interval on docket (interval_index, position) where interval_index is not null`,
  `create table docket_seat (
     docket_id text not null, person_id text not null, seat text not null, organisation_id text not null, ended_at timestamptz,
     primary key (docket_id, person_id, seat))`,
  `create index docket_seat_person on docket_seat (person_id)`,
  `create table docket_paper (
     docket_id text not null, id text not null, object text not null, compartment text not null, key_slot int not null,
     about bytea not null, body bytea, blob text, bytes bigint not null, digest bytea not null, person_id text,
     at timestamptz not null, primary key (id, docket_id))`,
  `create index docket_paper_docket on docket_paper (docket_id, object, at)`,
  `create table docket_access (
     docket_id text not null, entry int not null, at timestamptz not null, person_id text, seat text, compartment text not null,
     object text not null, what text not null, thing text, refused boolean not null default false, calls int not null default 0,
     tokens bigint not null default 0, hash bytea not null, primary key (docket_id, entry))`,
  `create table docket_anchor (
     id text primary key, docket_id text not null, entry int not null, interval_index int not null, position int not null,
     commitment bytea not null)`,
  `create index docket_anchor_docket on docket_anchor (docket_id, entry desc)`,
  `create index docket_anchor_interval on docket_anchor (interval_index, position)`,
  `create table run_set (
     docket_id text not null, id text not null, version int not null, state text not null, key_slot int not null,
     body bytea not null, progress jsonb, attempts int not null, finished int not null default 0, person_id text,
     asked_at timestamptz not null, started_at timestamptz, ended_at timestamptz, stop_asked boolean not null default false,
     primary key (id, docket_id))`,
  `create index run_set_docket on run_set (docket_id, asked_at desc)`,
  `create index run_set_open on run_set (state, asked_at) where state in ('waiting', 'running')`,
  `create table run_attempt (
     docket_id text not null, run_set_id text not null, n int not null, row bytea not null, transcript text, at timestamptz not null,
     primary key (run_set_id, n, docket_id))`,
  `create table agreement (
     id text primary key, version int not null, state text not null, developer_id text not null, office_id text not null,
     key_slot int not null, body bytea not null, ends_at timestamptz, opened_at timestamptz not null)`,
  `create index agreement_developer on agreement (developer_id)`,
  `create index agreement_office on agreement (office_id)`,
  `insert into work_lock values ('run-sets')`,
]

const SECRET = [
  'docket',
  'docket_seat',
  'docket_paper',
  'docket_access',
  'docket_anchor',
  'run_set',
  'run_attempt',
  'agreement',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
  // Who may read a docket hangs on seats, compartments and read-ins, which `core/docket` judges: below it the net is whole or shut.
  for (const table of SECRET) {
    await sql.raw(`alter table ${table} enable row level security`).execute(db)
    await sql
      .raw(
        `create policy scope on ${table} using (current_setting('weir.scope', true) = 'all') with check (current_setting('weir.scope', true) = 'all')`,
      )
      .execute(db)
  }
}
