import { type Kysely, sql } from 'kysely'

// What other people's databases say of flaws: public, so nothing is sealed, and no organisation's. One table holds everything that is
// read one after the other by version: whoever has seen a version asks for what is newer. Safe while an older process runs.
const STATEMENTS = [
  `create table known_item (
     kind text not null, source text not null, id text not null, version bigint not null, digest bytea not null,
     modified timestamptz, feed text not null, body bytea, primary key (kind, source, id))`,
  `create index known_item_version on known_item (version)`,
  `create index known_item_feed on known_item (feed) where body is not null`,
  `create table known_import (
     feed text primary key, digest bytea not null, kind text, whole boolean not null, version bigint not null,
     person_id text, taken_at timestamptz not null, newest timestamptz, counts jsonb not null, set_aside jsonb not null)`,
  `create table known_catalogue (
     kind text primary key, feed text not null, label text, as_of timestamptz, taken_at timestamptz not null)`,
  `create table known_clock (one boolean primary key default true check (one), version bigint not null)`,
  `insert into known_clock (version) values (0)`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
