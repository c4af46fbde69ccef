import { sql } from 'kysely'
import type { ValidationList } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentValidation } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import { inTransaction } from '../../store/connection.ts'
import { scopeFor } from '../../store/predicate.ts'
import type { ValidationDesk } from './validation-desk.ts'
import { selectValidations, validationRows } from './validation-rows.ts'

export interface ValidationQuery {
  readonly flaw: string | null
  readonly finding: string | null
  readonly state: string | null
  readonly before: { readonly at: number; readonly id: string } | null
  readonly limit: number
}

/** One page of the validations the caller may list, the newest first; `next` is where the page after it begins. */
export async function listValidations(
  desk: ValidationDesk,
  who: Principal,
  { flaw, finding, state, before, limit }: ValidationQuery,
): Promise<{ rows: Presented<ValidationList['rows'][number]>[]; next: { at: number; id: string } | null }> {
  return await inTransaction(desk.store, scopeFor(who, 'list', 'validation'), async (tx) => {
    let query = selectValidations(tx, who, 'list')
    if (flaw !== null) query = query.where('validation.flaw_id', '=', parseId('flaw', flaw) ?? '')
    if (finding !== null) query = query.where('validation.finding_id', '=', parseId('finding', finding) ?? '')
    if (state !== null) query = query.where('validation.state', '=', state as 'waiting')
    if (before !== null)
      query = query.where(
        sql<boolean>`(validation.asked_at, validation.id) < (to_timestamp(${before.at}::double precision / 1000), ${before.id})`,
      )
    const found = await query
      .orderBy('validation.asked_at', 'desc')
      .orderBy('validation.id', 'desc')
      .limit(limit + 1)
      .execute()
    const shown = found.slice(0, limit)
    const views = await validationRows(desk, tx, who, shown)
    const last = shown.at(-1)
    return {
      rows: views.flatMap((view, n) => presentValidation(who, shown[n]!.organisation_id, view) ?? []),
      next: found.length > shown.length && last !== undefined ? { at: last.asked_at, id: last.id } : null,
    }
  })
}
