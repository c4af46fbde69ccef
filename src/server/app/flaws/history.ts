import type { HistoryLine } from '../../../contract/shapes/flaw.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Tx } from '../../store/connection.ts'

const SHOWN = 100
const UNDOABLE = new Set(['flaw-merged-in', 'flaw-split-off', 'flaws-kept-apart'])

type Payload = Record<string, unknown>
const count = (value: unknown) => (Array.isArray(value) ? value.length : 1)

const SAYS: Record<string, (payload: Payload) => string> = {
  'flaw-opened': (payload) => (payload['splitFrom'] === undefined ? 'Opened' : 'Opened by a split'),
  'findings-joined': (payload) => `${count(payload['findings'])} more put here by their fingerprints`,
  'suggestion-raised': () => 'Asked whether another flaw is the same',
  'flaw-merged-in': (payload) => `Another flaw was merged in, with ${count(payload['findings'])} of its findings`,
  'flaw-merged-away': () => 'Merged into another flaw',
  'flaw-split-off': (payload) => `${count(payload['findings'])} taken out into a flaw of their own`,
  'flaws-kept-apart': () => 'Kept apart from another flaw',
  'merge-undone': () => 'The merge was undone',
  'split-undone': () => 'The split was undone',
  'kept-apart-undone': () => 'Asked again whether another flaw is the same',
  'flaw-judged': (payload) => `Judged by ${String(payload['table'] ?? 'a table')}`,
}

/** What happened to a flaw, newest first. Only the newest line that has not been undone can be undone. */
export async function flawHistory(tx: Tx, flaw: string): Promise<HistoryLine[]> {
  const rows = await tx.db
    .selectFrom('event').select(['version', 'at', 'actor', 'type', 'payload']).where('aggregate', '=', 'flaw').where('aggregate_id', '=', flaw)
    .orderBy('version', 'desc').limit(SHOWN).execute()
  const people = [...new Set(rows.flatMap((row) => (row.actor.startsWith('person:') ? [row.actor.slice(7)] : [])))]
  const names = people.length === 0 ? [] : await tx.db.selectFrom('person').select(['id', 'name']).where('id', 'in', people).execute()
  const byId = new Map(names.map((row) => [`person:${row.id}`, row.name]))
  const last = lastUndoable(rows.map((row) => ({ version: row.version, type: row.type, payload: row.payload as Payload })))
  return rows.map((row) => ({
    version: row.version, at: formatInstant(instant(row.at)), who: byId.get(row.actor) ?? (row.actor.startsWith('system:') ? 'Weir' : 'Somebody'),
    say: SAYS[row.type]?.(row.payload as Payload) ?? row.type, undoable: row.version === last,
  }))
}

/** Version of the newest deed that can be undone: a merge, a split or a "keep apart" that no later undo took back. */
export function lastUndoable(newestFirst: readonly { version: number; type: string; payload: Payload }[]): number | null {
  const undone = new Set<number>()
  for (const { version, type, payload } of newestFirst) {
    if (type.endsWith('-undone')) undone.add(Number(payload['undoes']))
    else if (UNDOABLE.has(type) && !undone.has(version)) return version
    // A finding that came later is no deed of a person and does not stand in the way of undoing one.
  }
  return null
}
