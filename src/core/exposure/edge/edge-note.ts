import { accept, type Decision, refuse } from '../../kernel/decision.ts'
import type { Instant } from '../../kernel/instant.ts'

/** What can be said of a device or, of finding devices, of the organisation. */
export type EdgeDeed = 'reported' | 'removed' | 'process'

/** One thing that was said, in the order it was said: the record is this list and never loses an entry. */
export interface EdgeNote {
  readonly at: Instant
  readonly by: string | null
  readonly deed: EdgeDeed
  readonly how: 'done' | 'reopened'
  /** The evidence, or why it is open again. */
  readonly says: string
}

export interface EdgeCommand {
  readonly deed: EdgeDeed
  readonly how: EdgeNote['how']
  readonly says: string
}

export type EdgeRefusal = 'edge.not-asked' | 'edge.done-already' | 'edge.not-done' | 'edge.too-many' | 'edge.no-words'

const MOST_NOTES = 200

/** Whether a deed stands as done, with the note that says so; null: it is open. */
export function doneBy(notes: readonly EdgeNote[], deed: EdgeDeed): EdgeNote | null {
  const last = notes.findLast((note) => note.deed === deed)
  return last?.how === 'done' ? last : null
}

/** Takes a word on a deed, or says why not. `asked`: the deeds that the table asks of this device, or of the organisation, now. */
export function decideEdge(
  notes: readonly EdgeNote[],
  { deed, how, says }: EdgeCommand,
  asked: ReadonlySet<EdgeDeed>,
  { by, now }: { readonly by: string | null; readonly now: Instant },
): Decision<EdgeNote, EdgeRefusal> {
  const held = doneBy(notes, deed)
  if (says.trim() === '') return refuse('edge.no-words', 'Say how one can tell, or why it is open again.')
  if (how === 'done' && !asked.has(deed)) return refuse('edge.not-asked', 'The directive does not ask this here.')
  if (how === 'done' && held !== null) return refuse('edge.done-already', 'It is done already; open it again to say otherwise.')
  if (how === 'reopened' && held === null) return refuse('edge.not-done', 'It is open.')
  if (notes.length >= MOST_NOTES) return refuse('edge.too-many', `A device keeps at most ${MOST_NOTES} entries of its history.`)
  return accept<EdgeNote>({ at: now, by, deed, how, says })
}
