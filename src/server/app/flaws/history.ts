import type { HistoryLine } from '../../../contract/shapes/flaw.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'
import type { Deed } from './newest-deed.ts'

const SHOWN = 100

type Payload = Record<string, unknown>
const many = (value: unknown, one: string, several: (n: number) => string) =>
  Array.isArray(value) && value.length !== 1 ? several(value.length) : one

const SAYS: Record<string, (payload: Payload) => string> = {
  'flaw-opened': () => 'Opened',
  'findings-joined': ({ findings }) =>
    many(findings, 'A finding put here by its fingerprints', (n) => `${n} findings put here by their fingerprints`),
  'suggestion-raised': () => 'Asked whether another flaw is the same',
  'flaws-merged': ({ side, findings }) =>
    side === 'into'
      ? many(findings, 'Another flaw merged in, with its finding', (n) => `Another flaw merged in, with its ${n} findings`)
      : 'Merged into another flaw',
  'merge-undone': () => 'A merge was undone',
  'flaw-split': ({ side, findings }) =>
    side === 'from'
      ? many(findings, 'A finding taken out into a flaw of its own', (n) => `${n} findings taken out into a flaw of their own`)
      : 'Opened by a split',
  'split-undone': () => 'A split was undone',
  'kept-apart': () => 'Kept apart from another flaw',
  'apart-undone': () => 'No longer kept apart from another flaw',
  'flaw-judged': ({ table }) => `Judged by ${String(table ?? 'a table')}`,
}

/** What the cross matrix saw when it decided. */
const PROVED: Record<string, string> = {
  'flaws-merged': ': the patch of each stops the reproducer of the other',
  'kept-apart': ': neither patch stops the reproducer of the other',
}

const TYPE_OF: Record<Deed['kind'], string> = { merge: 'flaws-merged', split: 'flaw-split', apart: 'kept-apart' }

/** What happened to a flaw, newest first; the line of its newest standing deed can be undone. */
export async function flawHistory(tx: Tx, flaw: string, newest: Deed | null): Promise<HistoryLine[]> {
  const rows = await tx.db
    .selectFrom('event')
    .select(['version', 'at', 'actor', 'type', 'payload'])
    .where('aggregate', '=', 'flaw')
    .where('aggregate_id', '=', flaw)
    .orderBy('version', 'desc')
    .limit(SHOWN)
    .execute()
  const people = [...new Set(rows.flatMap((row) => (row.actor.startsWith('person:') ? [row.actor.slice(7)] : [])))]
  const names =
    people.length === 0 ? [] : await tx.db.selectFrom('person').select(['id', 'name']).where('id', 'in', people).execute()
  const byId = new Map(names.map((row) => [`person:${row.id}`, row.name]))
  const undoable =
    newest === null
      ? undefined
      : rows.find((row) => row.type === TYPE_OF[newest.kind] && concerns(row.payload as Payload, newest))?.version
  return rows.map((row) => ({
    version: row.version,
    at: formatInstant(instant(row.at)),
    who: byId.get(row.actor) ?? (row.actor.startsWith('system:') ? 'Weir' : 'Somebody'),
    say: `${SAYS[row.type]?.(row.payload as Payload) ?? row.type}${row.actor === 'system:validation' ? (PROVED[row.type] ?? '') : ''}`,
    undoable: row.version === undoable,
  }))
}

function concerns(payload: Payload, { kind, other }: Deed): boolean {
  return kind === 'merge'
    ? payload['from'] === other && payload['side'] === 'into'
    : kind === 'split'
      ? payload['flaw'] === other
      : payload['other'] === other
}
