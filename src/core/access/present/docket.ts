import { permits, rulesFor, type Subject } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

// What leaves of dockets and agreements. What of a docket a seat shows was decided by core/docket; the policy is asked here once more.

/** Presents what a docket shows to somebody whom the policy lets come near it; null to anyone else. */
export function presentDocket<T extends object>(viewer: Principal, subject: Subject, view: T): Presented<T> | null {
  return subject.noun === 'docket' && permits(viewer, 'read', subject) ? presented(view) : null
}

/** Presents a list of dockets whose rows were filtered by the policy; null to whom no rule speaks. */
export function presentDockets<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'list', 'docket').length > 0 ? presented(view) : null
}

/** Presents the id of a docket to the developer who opened it. */
export function presentOpened(viewer: Principal, id: string): Presented<{ id: string }> | null {
  return rulesFor(viewer, 'send', 'docket').length > 0 ? presented({ id }) : null
}

/** Presents whom a developer can ask to those who may open dockets. */
export function presentOffices<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'send', 'docket').length > 0 ? presented(view) : null
}

/** Presents an agreement to a person of one of its two sides; null to anyone else. */
export function presentAgreement<T extends object>(
  viewer: Principal,
  sides: { readonly developer: string; readonly office: string },
  view: T,
): Presented<T> | null {
  const side = [sides.developer, sides.office].find((one) => one === viewer.organisation)
  const subject: Subject = {
    noun: 'agreement',
    stage: 'open',
    organisation: side === undefined ? null : (viewer.organisation ?? null),
    person: null,
    held: false,
  }
  return permits(viewer, 'read', subject) ? presented(view) : null
}

/** Presents a list of agreements, each of which was presented by itself. */
export function presentAgreements<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'list', 'agreement').length > 0 ? presented(view) : null
}
