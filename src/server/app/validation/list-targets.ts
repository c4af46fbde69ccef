import type { TargetList, TargetOut } from '../../../contract/shapes/validation.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentAccount } from '../../../core/access/present/public.ts'
import { presentTarget } from '../../../core/access/present/validation.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { parseId } from '../../../core/kernel/id.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import { type StoredTarget, TARGET_COLUMNS, targetViews } from './target-view.ts'

const SHOWN = 200

/** The targets the caller may list, the newest first; of one product where its key is given. */
export async function listTargets(ground: Ground, who: Principal): Promise<Answer<Presented<TargetList>>> {
  return await inTransaction(ground.store, scopeFor(who, 'list', 'target'), async (tx) => {
    const rows = await readTargets(tx, who, null)
    const views = targetViews(ground.keys, rows)
    return done(presentAccount({ rows: rows.flatMap((row, n) => presentTarget(who, row.organisation_id, views[n]!) ?? []) }))
  })
}

/** One target, to its organisation or to coordination. */
export async function readTarget(ground: Ground, who: Principal, text: string): Promise<Answer<Presented<TargetOut>>> {
  const id = parseId('target', text)
  if (id === null) return NOT_FOUND
  return await inTransaction(ground.store, scopeFor(who, 'read', 'target'), async (tx) => {
    const [row] = await readTargets(tx, who, { id })
    const view = row === undefined ? null : presentTarget(who, row.organisation_id, targetViews(ground.keys, [row])[0]!)
    return view === null ? NOT_FOUND : done(view)
  })
}

/** Rows of targets that the caller may read: one, those of some products, or all. */
export async function readTargets(
  tx: Tx,
  who: Principal,
  only: { readonly id: string } | { readonly products: readonly Buffer[] } | null,
): Promise<(StoredTarget & { by: string; target_key: Buffer })[]> {
  let query = tx.db
    .selectFrom('target')
    .innerJoin('organisation', 'organisation.id', 'target.organisation_id')
    .select(TARGET_COLUMNS)
    .select(['organisation.name as by', 'target.target_key'])
    .where(mayList(who, 'read', 'target', { organisation: 'target.organisation_id', stage: 'target.stage' }))
  if (only !== null && 'id' in only) query = query.where('target.id', '=', only.id)
  if (only !== null && 'products' in only) query = query.where('target.target_key', 'in', [...only.products])
  return await query.orderBy('target.created_at', 'desc').orderBy('target.id').limit(SHOWN).execute()
}
