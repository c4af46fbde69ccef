import type { Tx } from '../../store/connection.ts'

/** Roles in which people make invites. */
const INVITERS = ['administrator', 'group-admin'] as const

/** True when somebody who held `before` may no longer invite as they could, now that they hold `after`. */
export function invitesNoMore(before: readonly string[], after: readonly string[]): boolean {
  return INVITERS.some((role) => before.includes(role) && !after.includes(role))
}

/** Ends the open invites that somebody made: else who was put out could come in again by a link they kept. */
export async function endInvitesBy({ db }: Tx, person: string): Promise<void> {
  await db.deleteFrom('invite').where('created_by', '=', person).where('accepted_at', 'is', null).execute()
}
