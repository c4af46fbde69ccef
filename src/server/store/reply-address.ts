import { at, type Tx } from './connection.ts'

/**
 * Keeps an opaque address by its keyed digest; whether it stands. One that was revoked never stands again: whoever is written to
 * after that gets another one.
 */
export async function putAddress(
  tx: Tx,
  address: { readonly digest: Buffer; readonly case: string; readonly party: string; readonly madeAt: number },
): Promise<boolean> {
  const { digest, case: case_id, party: party_id, madeAt } = address
  const kept = await tx.db
    .insertInto('reply_address')
    .values({ digest, case_id, party_id, made_at: at(madeAt) as never, revoked_at: null })
    .onConflict((conflict) => conflict.column('digest').doUpdateSet({ digest }))
    .returning('revoked_at')
    .executeTakeFirstOrThrow()
  return kept.revoked_at === null
}

/** Revokes the addresses of these participants of a case; null: of all. What comes there is answered as if they had never been. */
export async function revokeAddresses(tx: Tx, of: string, parties: readonly string[] | null, now: number): Promise<void> {
  if (parties?.length === 0) return
  await tx.db
    .updateTable('reply_address')
    .set({ revoked_at: at(now) as never })
    .where('case_id', '=', of)
    .where('revoked_at', 'is', null)
    .$if(parties !== null, (query) => query.where('party_id', 'in', parties ?? []))
    .execute()
}

/**
 * Revokes the addresses at which whoever answers for a project wrote into its cases. The project's own, at which a contact answers
 * that it is to be replaced, stays: the word of one who was replaced without knowing is what it is for.
 */
export async function revokeContact(tx: Tx, project: string, now: number): Promise<void> {
  await tx.db
    .updateTable('reply_address')
    .set({ revoked_at: at(now) as never })
    .where('revoked_at', 'is', null)
    .where((is) =>
      is.exists(
        is
          .selectFrom('case_party')
          .select('id')
          .whereRef('case_party.case_id', '=', 'reply_address.case_id')
          .whereRef('case_party.id', '=', 'reply_address.party_id')
          .where('case_party.project_id', '=', project),
      ),
    )
    .execute()
}
