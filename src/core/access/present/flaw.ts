import { rulesFor } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

// What leaves of a flaw. Only those who may read flaws get any of it; the viewer is asked here once more, so that a route that
// forgot to ask gives nothing away.

/** Presents a line, a page or a list about flaws to a viewer who may read them; null to anyone else. */
export function presentFlaw<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'read', 'flaw').length > 0 ? presented(view) : null
}

/** Presents messages about a flaw to those who may read its thread. */
export function presentThread<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'read', 'thread').length > 0 ? presented(view) : null
}
