import { replyToken } from '../../../core/cases/letters/reply-address.ts'
import type { Tx } from '../../store/connection.ts'
import { keyedMac } from '../../store/keys/mac.ts'
import { putAddress } from '../../store/reply-address.ts'
import { readClocks } from '../cases/releasing-now.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'

/** Whom an opaque address stands for. */
export interface Correspondent {
  readonly case: string
  readonly party: string
}

/** The keyed digest under which a token of an address or a link is kept: from the records none can be made. */
export function digestOfToken(desk: Pick<ProjectDesk, 'keys'>, token: string): Buffer {
  return Buffer.from(keyedMac(desk.keys.secret('letters'), 'token-digest')(Buffer.from(token)))
}

/** The opaque addresses of a participant of a case, for answers and for bounces; made at the first letter, and after they were revoked. */
export async function replyPlaces(
  desk: ProjectDesk,
  tx: Tx,
  { case: id, party }: Correspondent,
): Promise<{ readonly reply: string; readonly bounce: string }> {
  const mac = keyedMac(desk.keys.secret('letters'), 'reply-address')
  const { now } = await readClocks(desk, tx)
  const make = async (purpose: 'reply' | 'bounce') => {
    for (let generation = 0; ; generation++) {
      const token = replyToken(mac, { purpose, case: id, participant: party, generation })
      if (await putAddress(tx, { digest: digestOfToken(desk, token), case: id, party, madeAt: now })) return token
    }
  }
  return { reply: await make('reply'), bounce: await make('bounce') }
}

/** Whom a token stands for now; null for every other text. `hold`: nobody revokes it until the transaction is over. */
export async function correspondentOf(
  desk: Pick<ProjectDesk, 'keys'>,
  tx: Tx,
  token: string,
  hold = false,
): Promise<Correspondent | null> {
  const row = await tx.db
    .selectFrom('reply_address')
    .leftJoin('case_file', 'case_file.id', 'reply_address.case_id')
    .select(['reply_address.case_id', 'reply_address.party_id'])
    .where('reply_address.digest', '=', digestOfToken(desk, token))
    .where('reply_address.revoked_at', 'is', null)
    // Of a case that is closed nothing more is kept: whoever writes is told that nobody is there. Addresses of projects have no case.
    .where((is) => is.or([is('case_file.stage', '=', 'open'), is('case_file.id', 'is', null)]))
    .$if(hold, (query) => query.forShare('reply_address'))
    .executeTakeFirst()
  return row === undefined ? null : { case: row.case_id, party: row.party_id }
}
