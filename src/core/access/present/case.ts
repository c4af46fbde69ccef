import { permits, rulesFor, type Subject } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

// What leaves of cases. What of a case its viewer reads was decided by core/cases; the policy is asked here once more.

/** Presents what a case shows to somebody whom the policy lets come near it; null to anyone else. */
export function presentCase<T extends object>(viewer: Principal, subject: Subject, view: T): Presented<T> | null {
  return subject.noun === 'case' && permits(viewer, 'read', subject) ? presented(view) : null
}

/** Presents a list of cases, or of their dates, whose rows were filtered by the policy; null to whom no rule speaks. */
export function presentCases<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'list', 'case').length > 0 ? presented(view) : null
}

/** Presents the id of a case to the coordinator who opened it. */
export function presentOpenedCase(viewer: Principal, id: string): Presented<{ id: string }> | null {
  return rulesFor(viewer, 'send', 'case').length > 0 ? presented({ id }) : null
}
