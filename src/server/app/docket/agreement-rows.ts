import type { Selectable } from 'kysely'
import { type Agreement, agreedTerms } from '../../../core/docket/agreement.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Tx } from '../../store/connection.ts'
import { openJson, sealJson } from '../../store/keys/seal.ts'
import type { AgreementTable } from '../../store/tables.ts'
import type { DocketDesk } from './docket-desk.ts'

export interface AgreementBody {
  readonly agreement: Agreement
  /** Text of each version of its terms, by version. */
  readonly texts: Readonly<Record<string, string>>
}

export interface LoadedAgreement extends AgreementBody {
  readonly row: Selectable<AgreementTable>
  readonly key: Buffer
  /** Of the terms that bind; of the newest where none does. */
  readonly text: string
}

const place = (id: string) => `agreement/${id}/body`

/** An agreement for Weir itself; null where there is none. */
export async function loadAgreement(
  desk: Pick<DocketDesk, 'keys' | 'clock'>,
  tx: Tx,
  text: string,
  lock = false,
): Promise<LoadedAgreement | null> {
  const id = parseId('agreement', text)
  if (id === null) return null
  const query = tx.db.selectFrom('agreement').selectAll().where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? null : openAgreement(desk, row)
}

/** What a row of agreements holds; null where its key is gone. */
export function openAgreement(
  desk: Pick<DocketDesk, 'keys' | 'clock'>,
  row: Selectable<AgreementTable>,
): LoadedAgreement | null {
  const [key] = desk.keys.get([row.key_slot])
  if (!key) return null
  const body = openJson<AgreementBody>(key, row.body, place(row.id))
  const binding = agreedTerms(body.agreement, desk.clock()) ?? body.agreement.terms.at(-1)
  return { ...body, row, key, text: body.texts[String(binding?.version ?? 0)] ?? '' }
}

/** Seals an agreement for its row. */
export function sealAgreement(desk: Pick<DocketDesk, 'random'>, key: Uint8Array, body: AgreementBody): Buffer {
  return sealJson(key, body, place(body.agreement.id), desk.random)
}
