import { newId, type Random } from '../../core/kernel/id.ts'
import { at, type Tx } from './connection.ts'

export interface NewNotice {
  readonly organisation: string
  readonly case: string | null
  /** A closed word; the sentence is made when it is read. */
  readonly kind: string
  readonly thing: string | null
  readonly at: number
}

/** One line in an organisation's inbox. */
export async function addNotice(
  tx: Tx,
  random: Random,
  { organisation, case: of, kind, thing, at: when }: NewNotice,
): Promise<void> {
  await tx.db
    .insertInto('notice')
    .values({
      organisation_id: organisation,
      id: newId('notice', random),
      person_id: null,
      case_id: of,
      kind,
      thing,
      at: at(when) as never,
      read_at: null,
    })
    .execute()
}
