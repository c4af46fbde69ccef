import { permits, rulesFor, type Subject } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

// What leaves of advisories, and of what is passed on to others. A published advisory is everybody's; before, it is as secret as its case.

/** Presents a published advisory, or a page of them, made from what is public alone. */
export function presentAdvisory<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'read', 'advisory').length > 0 ? presented(view) : null
}

/** Presents a draft, or a published advisory with what belongs to its case, to whom the policy lets read drafts of that case. */
export function presentDraft<T extends object>(viewer: Principal, subject: Subject, view: T): Presented<T> | null {
  return subject.noun === 'advisory-draft' && permits(viewer, 'read', subject) ? presented(view) : null
}

/** Presents what is passed on of a case to those who coordinate it. */
export function presentRelay<T extends object>(viewer: Principal, subject: Subject, view: T): Presented<T> | null {
  return subject.noun === 'relay' && permits(viewer, 'list', subject) ? presented(view) : null
}
