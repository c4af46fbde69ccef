import { type Selectable, sql } from 'kysely'
import type { LetterTable } from './case-tables.ts'
import { at, type Tx } from './connection.ts'
import { openJson } from './keys/seal.ts'

export type LetterRecord = Selectable<LetterTable>

export type FixedKey =
  | { readonly kind: 'pgp'; readonly armoured: string; readonly fingerprint: string }
  | { readonly kind: 'age'; readonly recipient: string }

/** What a letter's row keeps under its case's key. */
export interface LetterBody {
  /** The address; null where it does not go by mail. */
  readonly to: string | null
  /** The reader in words, for a person. */
  readonly toWords: string
  readonly subject: string
  /** `ABCD-EFGH`, opaque. */
  readonly reference: string
  /** Line feeds between lines; places where its links will be. */
  readonly text: string
  /** The clearinghouse’s own address, below which its links are. */
  readonly site: string
  /** The key it is sealed to on its way; PGP in ASCII armour. */
  readonly key: FixedKey | null
  readonly from: { readonly name: string; readonly address: string } | null
  readonly replyTo: string | null
  readonly returnPath: string | null
  /** Of the message: fixed when its turn comes. */
  readonly date: number | null
  /** Does it hold what only participants may know? */
  readonly sealed: boolean
  /** A step that is a person's own doing: nothing is sent. */
  readonly byHand: boolean
  /** A coordinator holds it to be in the project's scope. */
  readonly scopeRead: boolean
  /** The version of the terms that its reader is asked to agree to; null: none. */
  readonly terms: number | null
  /** What came of it, in words. */
  readonly says: string
  /** When it came back. */
  readonly cameBackAt?: number
}

/** Where a letter's body is sealed for. */
export const letterPlace = (id: string): string => `letter/${id}/body`

/** A letter's body; null once its case's key is destroyed. */
export function openLetter(
  keys: { get(slots: readonly number[]): (Buffer | null)[] },
  row: Pick<LetterRecord, 'id' | 'key_slot' | 'body'>,
): LetterBody | null {
  const [key] = keys.get([row.key_slot])
  return key ? openJson<LetterBody>(key, row.body, letterPlace(row.id)) : null
}

/** A new letter's row, as a draft. */
export async function insertLetter(
  tx: Tx,
  row: Pick<LetterRecord, 'case_id' | 'id' | 'party_id' | 'project_id' | 'template' | 'key_slot' | 'body' | 'step'> & {
    readonly madeAt: number
    readonly person: string | null
  },
): Promise<void> {
  const { madeAt, person, ...rest } = row
  const none = { message_id: null, sent_by: null, asked_at: null, send_at: null, lease: null, leased_until: null }
  await tx.db
    .insertInto('letter')
    .values({
      ...rest,
      ...none,
      put_off_since: null,
      sent_at: null,
      version: 1,
      state: 'draft',
      made_at: at(madeAt) as never,
      by_person: person,
    })
    .execute()
}

/** One letter's row, locked against other writers. */
export async function lockLetter(tx: Tx, id: string): Promise<LetterRecord | undefined> {
  return await tx.db.selectFrom('letter').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
}

/** Letters of a case, the newest first. */
export async function lettersOfCase(tx: Tx, id: string): Promise<LetterRecord[]> {
  return await tx.db
    .selectFrom('letter')
    .selectAll()
    .where('case_id', '=', id)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(500)
    .execute()
}

export type LetterTold = Pick<LetterRecord, 'id' | 'party_id' | 'template' | 'state' | 'key_slot'> &
  Pick<LetterRecord, 'made_at' | 'by_person' | 'sent_at' | 'sent_by'> & {
    /** Of one that came back; null of all others, which need not be opened. */
    readonly body: Buffer | null
  }

/** What is told of the letters of a case to its participants; `parties`: of these alone, null of all. Each of them, however many. */
export async function lettersTold(tx: Tx, id: string, parties: readonly string[] | null): Promise<LetterTold[]> {
  if (parties?.length === 0) return []
  return await tx.db
    .selectFrom('letter')
    .select(['id', 'party_id', 'template', 'state', 'key_slot', 'made_at', 'by_person', 'sent_at', 'sent_by'])
    .select(sql<Buffer | null>`case when state = 'bounced' then body end`.as('body'))
    .where('case_id', '=', id)
    .where('party_id', 'is not', null)
    .$if(parties !== null, (query) => query.where('party_id', 'in', parties ?? []))
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .execute()
}

/** Whose letter an opaque address of a party, or a Message-ID, belongs to. */
export async function letterSent(
  tx: Tx,
  of: { readonly case: string; readonly party: string },
  messageId: string | null,
): Promise<LetterRecord | undefined> {
  return await tx.db
    .selectFrom('letter')
    .selectAll()
    .where('case_id', '=', of.case)
    .where('party_id', '=', of.party)
    .where('state', 'in', ['sent', 'unsure', 'sending'])
    .$if(messageId !== null, (query) => query.where('message_id', '=', messageId))
    .orderBy('made_at', 'desc')
    .limit(1)
    .forUpdate()
    .executeTakeFirst()
}
