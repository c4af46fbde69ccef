import type { PartyRow } from '../../store/case.ts'
import type { Tx } from '../../store/connection.ts'

/** Letters that hold what only those may know who read the case. */
const CONTENT = ['first-report', 'patch-offer', 'advisory-draft'] as const

/**
 * Takes back what waits to be sent, or to be tried again, to somebody who has left the case, and content that waits for somebody who
 * reads it no more: each is a draft again, which a person looks at. What a mail server is being handed cannot be taken back; that nobody
 * asks for it any more (`asked_at`) keeps it from being tried again.
 */
export async function recallLetters(tx: Tx, id: string, parties: readonly PartyRow[]): Promise<void> {
  const left = parties.flatMap((one) => (one.left_at === null ? [] : [one.id]))
  const blind = parties.flatMap((one) => (one.reads === 'content' ? [] : [one.id]))
  if (blind.length === 0) return
  const theirs = tx.db
    .updateTable('letter')
    .where('case_id', '=', id)
    .where((is) =>
      is.or([
        is('party_id', 'in', left.length === 0 ? [''] : left),
        is.and([is('party_id', 'in', blind), is('template', 'in', [...CONTENT])]),
      ]),
    )
  const back = { state: 'draft', asked_at: null, send_at: null, put_off_since: null, lease: null, leased_until: null } as const
  await theirs
    .set((set) => ({ ...back, version: set('version', '+', 1) }))
    .where((is) => is.or([is('state', '=', 'queued'), is.and([is('state', '=', 'sending'), is('handing', '=', false)])]))
    .execute()
  await theirs.set({ asked_at: null }).where('state', '=', 'sending').where('handing', '=', true).execute()
}
