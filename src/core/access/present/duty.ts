import type { Id } from '../../kernel/id.ts'
import { permits, rulesFor } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

// The public duties leave to everyone. What an organisation set itself leaves to those of it who keep such duties, and to nobody else.

/** Presents what is public of the duties: a list, a row, a history, a file. */
export function presentDuties<T extends object>(viewer: Principal, view: T): Presented<T> | null {
  return rulesFor(viewer, 'read', 'duty').length > 0 ? presented(view) : null
}

/** Presents duties of one organisation to whom it lets keep them; null to anyone else. */
export function presentOwnDuties<T extends object>(viewer: Principal, organisation: string, view: T): Presented<T> | null {
  const subject = {
    noun: 'own-duty',
    stage: 'open',
    organisation: organisation as Id<'organisation'>,
    person: null,
    held: false,
  } as const
  return permits(viewer, 'list', subject) ? presented(view) : null
}
