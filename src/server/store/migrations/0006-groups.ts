import { type Kysely, sql } from 'kysely'

// What a group-admin says an invite is for. Beside `email`, by which people are found and matched, because a label must not be: it is
// nobody's word but the inviter's. Safe while a server of before runs: to it such an invite is one for whoever holds the link.
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table invite add column label text').execute(db)
}
