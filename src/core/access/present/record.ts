import { rulesFor } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

// What other people's databases say of flaws is public; which files an instance took in, and what of them not, is for whoever works here.

/** Presents what was taken in, to whoever may look at that. */
export function presentRecords<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'list', 'record').length > 0 ? presented(view) : null
}

/** Presents a public flaw with its records, to whoever is signed in. */
export function presentKnownFlaw<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'read', 'record').length > 0 ? presented(view) : null
}
