import { type Contact, subjectOf } from '../../../core/cases/terms/contact.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import { openLetter } from '../../store/letter.ts'
import { sealLetterBody } from '../../store/letter-queue.ts'
import { revokeContact } from '../../store/reply-address.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'

/**
 * What ends with a contact that was replaced: its mail is taken no more under the addresses that it was given, and what a person let
 * go to it, sealed or addressed already, is a draft again. That person knew the old reader: whether the new one gets it is decided
 * anew. Until the change took effect all of it went, for the contact in force was the one that was proved. What a mail server is being
 * handed cannot be taken back, but is not tried there again.
 */
export async function loseContact(
  desk: ProjectDesk,
  tx: Tx,
  { project, old, now }: { readonly project: string; readonly old: Contact; readonly now: Instant },
  next: Contact,
): Promise<void> {
  // With other keys alone it is read by the same people as before.
  if (subjectOf(old) !== subjectOf(next)) await revokeContact(tx, project, now)
  const waiting = await tx.db
    .selectFrom('letter')
    .selectAll()
    .where('project_id', '=', project)
    .where('state', 'in', ['queued', 'sending'])
    // A letter of no case tells the old contact of its replacement, and must arrive there.
    .where('party_id', 'is not', null)
    .forUpdate()
    .execute()
  for (const row of waiting) {
    const body = openLetter(desk.keys, row)
    if (row.handing) {
      await tx.db.updateTable('letter').set({ asked_at: null }).where('id', '=', row.id).execute()
      continue
    }
    if (body === null || (!body.sealed && row.send_at === null)) continue
    const says = 'The contact changed before it had gone. Look at it again, and send it if the new one may have it.'
    await tx.db
      .updateTable('letter')
      .set({
        state: 'draft',
        asked_at: null,
        send_at: null,
        put_off_since: null,
        lease: null,
        leased_until: null,
        version: row.version + 1,
        body: sealLetterBody(desk, row, { ...body, to: null, key: null, says }),
      })
      .where('id', '=', row.id)
      .execute()
  }
}
