import type { Principal } from '../../../core/access/principal.ts'
import { decide } from '../../../core/findings/flaw/decide.ts'
import type { Flaw } from '../../../core/findings/flaw/flaw.ts'
import type { FlawCommand } from '../../../core/findings/flaw/flaw-command.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { type ProofEdge, proofEdges } from '../../../core/validation/edges.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { openJson } from '../../store/keys/seal.ts'
import { loadFlaws } from '../flaws/load-flaws.ts'
import { storeFlaws } from '../flaws/store-flaws.ts'
import { tellKnownIn } from './mark-findings.ts'
import { MATRIX } from './matrix-version.ts'
import { pieceNaming } from './piece-naming.ts'
import { raiseCovers } from './raise-covers.ts'
import type { StoredProof, StoredResult } from './stored-proof.ts'
import type { ValidationDesk } from './validation-desk.ts'

// The machine decides with a coordinator's means, by the same rules that bind people: what a person kept apart stays apart.
const MACHINE: Principal = {
  kind: 'machine',
  person: null,
  organisation: null,
  roles: ['coordinator'],
  scopes: ['flaw:decide'],
}

interface Pair {
  /** Of `covers` the one whose patch stops both, first. */
  readonly flaws: readonly [string, string]
  readonly kind: ProofEdge['kind']
  readonly say: string
}

/**
 * Acts on what a matrix showed of different flaws: the same one is merged (it can be undone), two are kept apart, and where one
 * only covers the other the question is put to people. May run twice: what stands already is left as it is.
 */
export async function settleEdges(desk: ValidationDesk, validation: string): Promise<number> {
  const edges = await edgesOf(desk, validation)
  let changed = 0
  for (const edge of edges)
    changed += Number(
      await inTransaction(desk.store, 'all', async (tx) => {
        // As for every decision: never while a batch is being grouped.
        await tx.db.selectFrom('work_lock').select('name').where('name', '=', 'cluster').forShare().executeTakeFirstOrThrow()
        const pair = await pairOf(tx, edge, edges)
        return pair !== null && (await settle(desk, tx, pair))
      }),
    )
  if (changed > 0) desk.hub.publish({ name: 'flaw', organisation: null, body: { changed } })
  return changed
}

async function edgesOf(desk: ValidationDesk, validation: string): Promise<ProofEdge[]> {
  return await inTransaction(desk.store, 'all', async ({ db }) => {
    const row = await db
      .selectFrom('validation')
      .select(['id', 'key_slot', 'proof', 'result', 'coordination'])
      .where('id', '=', validation)
      .where('state', '=', 'done')
      .executeTakeFirst()
    const [key] = row === undefined ? [] : desk.keys.get([row.key_slot])
    if (row === undefined || !row.coordination || !key || row.result === null) return []
    const { pieces } = openJson<StoredProof>(key, row.proof, `validation/${row.id}/proof`)
    const { outcome } = openJson<StoredResult>(key, row.result, `validation/${row.id}/result`)
    const naming = pieceNaming(pieces, [])
    const relations = (outcome?.matrix?.relations ?? []).map((one) => ({ ...one, say: naming.names(one.say) }))
    return proofEdges(relations, new Map(pieces.map(({ id, finding }) => [id, finding])))
  })
}

/** The flaws an edge stands between today; null inside one flaw, or where other findings of the two say something else. */
async function pairOf(tx: Tx, edge: ProofEdge, edges: readonly ProofEdge[]): Promise<Pair | null> {
  const rows = await tx.db
    .selectFrom('member')
    .select(['finding_id', 'flaw_id'])
    .where('finding_id', 'in', [...new Set(edges.flatMap(({ a, b }) => [a, b]))])
    .execute()
  const flawOf = new Map(rows.map((row) => [row.finding_id, row.flaw_id]))
  const between = ({ a, b }: ProofEdge): [string, string] | null => {
    const [x, y] = [flawOf.get(a), flawOf.get(b)]
    return x === undefined || y === undefined || x === y ? null : [x, y]
  }
  const own = between(edge)
  if (own === null) return null
  const agree = edges.every((other) => {
    const there = between(other)
    if (there === null || [...there].sort().join() !== [...own].sort().join()) return true
    return other.kind === edge.kind && (edge.kind !== 'covers' || there[0] === own[0])
  })
  return agree ? { flaws: own, kind: edge.kind, say: edge.say } : null
}

async function settle(desk: ValidationDesk, tx: Tx, { flaws, kind, say }: Pair): Promise<boolean> {
  const loaded = await loadFlaws(desk, tx, MACHINE, flaws)
  const [a, b] = flaws.map((id) => loaded.get(id as Id<'flaw'>))
  if (a === undefined || b === undefined) return false
  const states = new Map<Id<'flaw'>, Flaw>([...loaded].map(([id, one]) => [id, one.flaw]))
  if (kind === 'covers') return await raiseCovers(desk, tx, { over: a, under: b, say })
  // The older flaw stays: its id is the one people know.
  const [old, young] = b.record.first_at < a.record.first_at ? [b, a] : [a, b]
  const by = { at: desk.clock(), by: { kind: 'algorithm' as const, name: MATRIX }, why: say }
  const command: FlawCommand =
    kind === 'same'
      ? { ...by, type: 'merge-flaws', into: old.flaw.id, from: young.flaw.id }
      : { ...by, type: 'keep-apart', flaw: old.flaw.id, other: young.flaw.id }
  const decision = decide(command, states)
  if (!decision.ok) return false
  await storeFlaws(desk, desk.macs, tx, loaded, decision.events)
  // Both were proved before they were known to be one.
  if (kind === 'same') await tellKnownIn(desk, tx, old.flaw.id)
  return true
}
