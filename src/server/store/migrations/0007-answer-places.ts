import { type Kysely, sql } from 'kysely'

// Addresses by their case and participants by their project: both are looked for whenever somebody leaves or a contact changes.
const STATEMENTS = [
  `create index reply_address_case on reply_address (case_id) where revoked_at is null`,
  `create index case_party_project on case_party (project_id) where project_id is not null`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
