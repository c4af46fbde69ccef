import type { Principal } from '../../../core/access/principal.ts'
import { decide } from '../../../core/findings/flaw/decide.ts'
import type { Actor, Flaw } from '../../../core/findings/flaw/flaw.ts'
import type { FlawCommand } from '../../../core/findings/flaw/flaw-command.ts'
import type { Id } from '../../../core/kernel/id.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { scopeFor } from '../../store/predicate.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { IntakeMacs } from '../findings/macs.ts'
import { type LoadedFlaw, loadFlaws } from './load-flaws.ts'
import { storeFlaws } from './store-flaws.ts'

export interface FlawDesk extends Ground {
  readonly macs: IntakeMacs
}

/** When and by whom a command is given; the same instant for every check of it. */
export interface Deciding {
  readonly at: Instant
  readonly by: Actor
}

/** What a command needs beyond the flaws' state: which flaws to load, and the command made of them. */
export interface FlawRequest {
  /** The flaw whose page the person looks at, and the version they saw; null: the question itself was locked instead. */
  readonly seen: { readonly flaw: string; readonly version: number } | null
  readonly flaws: (tx: Tx) => Promise<readonly string[]>
  readonly command: (loaded: ReadonlyMap<Id<'flaw'>, LoadedFlaw>, deciding: Deciding) => Answer<FlawCommand>
}

/** One command on flaws: load, permit, decide, commit. A version that is no longer the newest is refused, never overwritten. */
export async function commandFlaws(desk: FlawDesk, who: Principal, request: FlawRequest): Promise<Answer<null>> {
  if (who.person === null) return NOT_FOUND
  const deciding: Deciding = { at: desk.clock(), by: { kind: 'person', id: who.person } }
  return await inTransaction(desk.store, scopeFor(who, 'decide', 'flaw'), async (tx): Promise<Answer<null>> => {
    // Never while a batch is being grouped: a finding that goes to a flaw must not miss that the flaw is merged away meanwhile.
    await tx.db.selectFrom('work_lock').select('name').where('name', '=', 'cluster').forShare().executeTakeFirstOrThrow()
    const ids = await request.flaws(tx)
    const loaded = await loadFlaws(desk, tx, who, ids)
    if (ids.length === 0 || ids.some((id) => !loaded.has(id as Id<'flaw'>))) return NOT_FOUND
    const seen = request.seen === null ? null : loaded.get(request.seen.flaw as Id<'flaw'>)
    if (request.seen !== null && seen?.record.version !== request.seen.version)
      return denied('flaw.changed', 'Load it again and decide on what you see then.')
    const command = request.command(loaded, deciding)
    if (!command.ok) return command
    const states = new Map<Id<'flaw'>, Flaw>([...loaded].map(([id, one]) => [id, one.flaw]))
    const decision = decide(command.value, states)
    if (!decision.ok) return denied('flaw.refused', decision.say, decision.code)
    await storeFlaws(desk, desk.macs, tx, loaded, decision.events)
    return done(null)
  })
}
