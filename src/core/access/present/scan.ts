import type { Id } from '../../kernel/id.ts'
import { permits, rulesFor } from '../permits.ts'
import type { NounKind } from '../policy-table.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

// What leaves of the scans desk. A claim goes to its own organisation and to nobody else; the other nouns are lists for whom a rule
// speaks, and what is public is put together from them.

/** Presents a claim to somebody of its organisation; null to anyone else. */
export function presentClaim<T extends object>(viewer: Principal, organisation: string, view: T): Presented<T> | null {
  const subject = {
    noun: 'claim',
    stage: 'open',
    organisation: organisation as Id<'organisation'>,
    person: null,
    held: false,
  } as const
  return permits(viewer, 'read', subject) ? presented(view) : null
}

/** Presents a page of claims, each of which was presented by itself. */
export function presentClaims<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'list', 'claim').length > 0 ? presented(view) : null
}

type Listed = Extract<NounKind, 'opt-out' | 'scan-route' | 'scan-request' | 'certificate'>

/** Presents a list or a row of what the desk tells to all who may list that noun. */
export function presentScans<T extends object>(viewer: Principal, noun: Listed, view: T): Presented<T> | null {
  return rulesFor(viewer, 'list', noun).length > 0 ? presented(view) : null
}

/** Presents whose a contact is, the map of coverage, or the public feed, to whom a rule speaks for reading it. */
export function presentScanRead<T extends object>(
  viewer: Principal,
  noun: Extract<NounKind, 'contact' | 'coverage' | 'scan-feed'>,
  view: T,
): Presented<T> | null {
  return rulesFor(viewer, 'read', noun).length > 0 ? presented(view) : null
}
