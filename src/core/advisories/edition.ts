import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { type Advisory, FIRST_REVISION } from './advisory.ts'
import type { AdvisoryContent } from './content.ts'

/** A published advisory at one of its revisions, as renderings take it: nothing of a draft, of people or of the case is in it. */
export interface Edition {
  readonly id: Id<'advisory'>
  readonly content: AdvisoryContent
  /** Up to this revision, the first first. */
  readonly history: readonly { readonly number: number; readonly at: Instant; readonly what: string }[]
  readonly released: Instant
  /** Of the newest revision, or of the withdrawal. */
  readonly updated: Instant
  readonly withdrawn: { readonly at: Instant; readonly reason: string; readonly rejectsCves: boolean } | null
}

/** The newest edition of an advisory, or an older one by its revision number; null where there is no such revision. */
export function editionOf(advisory: Advisory, number = advisory.revisions.length): Edition | null {
  const revision = advisory.revisions[number - 1]
  const first = advisory.revisions[0]
  if (revision === undefined || first === undefined) return null
  const isNewest = number === advisory.revisions.length
  const withdrawal = isNewest ? advisory.withdrawn : null
  const withdrawn =
    withdrawal === null ? null : { at: withdrawal.at, reason: withdrawal.reason, rejectsCves: withdrawal.rejectsCves }
  const history = advisory.revisions.slice(0, number).map(({ number, at, what }) => ({ number, at, what }))
  return {
    id: advisory.id,
    content: revision.content,
    history,
    released: first.at,
    updated: withdrawn?.at ?? revision.at,
    withdrawn,
  }
}

/** What would go out if this content were published or corrected at `now`: for an editor's preview, never for the public tree. */
export function previewOf(advisory: Advisory, content: AdvisoryContent, now: Instant): Edition {
  const history = advisory.revisions.map(({ number, at, what }) => ({ number, at, what }))
  history.push({ number: history.length + 1, at: now, what: history.length === 0 ? FIRST_REVISION : 'Corrected.' })
  return { id: advisory.id, content, history, released: history[0]?.at ?? now, updated: now, withdrawn: null }
}
