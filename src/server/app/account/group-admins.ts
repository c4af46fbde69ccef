import { sql } from 'kysely'
import type { Principal } from '../../../core/access/principal.ts'
import type { Tx } from '../../store/connection.ts'

/** What a group-admin's command must know of the other group-admins of the same organisation. */
export interface Group {
  /** The asker is one still: somebody else may have ended that a moment ago. */
  readonly stands: boolean
  /** Somebody besides the person in question is one. */
  readonly another: boolean
}

const NOBODY: Group = { stands: false, another: false }

/**
 * The group-admins of the asker's organisation, locked in one order until the command is over, after `anotherAdministrator` where
 * both are asked; null for an administrator, whom no organisation bounds as long as they are one.
 */
export async function groupOf(tx: Tx, who: Principal, person: string | null): Promise<Group | null> {
  if (who.roles.includes('administrator')) return (await isAdministrator(tx, who.person)) ? null : NOBODY
  if (who.organisation === null || !who.roles.includes('group-admin')) return NOBODY
  const rows = await tx.db
    .selectFrom('person')
    .select('id')
    .where('organisation_id', '=', who.organisation)
    .where('state', '=', 'active')
    .where(sql<boolean>`'group-admin' = any(roles)`)
    .orderBy('id')
    .forUpdate()
    .execute()
  return { stands: rows.some(({ id }) => id === who.person), another: rows.some(({ id }) => id !== person) }
}

/** Whether somebody is one now; held until the command is over, so that who ends that finds all that they did. */
async function isAdministrator(tx: Tx, person: string | null): Promise<boolean> {
  const row = await tx.db
    .selectFrom('person')
    .select('id')
    .where('id', '=', person)
    .where('state', '=', 'active')
    .where(sql<boolean>`'administrator' = any(roles)`)
    .forShare()
    .executeTakeFirst()
  return row !== undefined
}
