import type { Id } from '../../kernel/id.ts'
import { permits, rulesFor } from '../permits.ts'
import type { NounKind } from '../policy-table.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

// What leaves of projects, letters, notices and webhooks. What a project says of itself goes to whom a rule speaks; the rest belongs to
// one organisation: the coordinator's letters, each organisation's notices and webhooks.

/** Presents a project, or a list of projects whose rows were cut for the viewer; null to whom no rule speaks. */
export function presentProject<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'read', 'project').length > 0 ? presented(view) : null
}

/** Presents the maintainer's inbox, which was put together from projects of the viewer's own organisation. */
export function presentInbox<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'list', 'inbox').length > 0 ? presented(view) : null
}

type Owned = Extract<NounKind, 'letter' | 'notice' | 'webhook'>

/** Presents something of one organisation, or a list of such things, to somebody of it whom a rule lets list them. */
export function presentOwned<T extends object>(
  viewer: Principal,
  noun: Owned,
  organisation: string,
  view: T,
): Presented<T> | null {
  const own = { stage: 'open', organisation: organisation as Id<'organisation'>, person: null, held: false } as const
  return permits(viewer, 'list', { noun, ...own }) ? presented(view) : null
}

/** Presents what a one-time link stands for to whoever holds it: the unguessable token is the proof. */
export function presentLink<T extends object>(view: T): Presented<T> {
  return presented(view)
}
