import type { Id } from '../../kernel/id.ts'
import { permits } from '../permits.ts'
import type { Principal } from '../principal.ts'
import { type Presented, presented } from './presented.ts'

/** What a finder may be told of where their finding stands. Nothing here depends on what others sent, unless it was released. */
export type FinderState = 'received' | 'needs-info' | 'being-looked-at' | 'known-already' | 'closed'

interface Standing {
  readonly state: string
  readonly released: boolean
  readonly stage: 'open' | 'closed'
}

/** "Known already" is said only after a coordinator released it or the finder's own reproducer was confirmed. */
export function finderState({ state, released, stage }: Standing): FinderState {
  if (stage === 'closed') return 'closed'
  if (state === 'needs-info') return 'needs-info'
  if (released) return 'known-already'
  return state === 'received' ? 'received' : 'being-looked-at'
}

const SAYS: Record<FinderState, string> = {
  received: 'Received and kept. It waits to be looked at.',
  'needs-info': 'Kept, but it cannot be worked on until you add what is missing.',
  'being-looked-at': 'A person is looking at it.',
  'known-already': 'The flaw is known already. You are credited with the date of your report.',
  closed: 'Closed under its terms. The text was erased; receipt and digest remain.',
}

export function sayState(state: FinderState): string {
  return SAYS[state]
}

interface Owned {
  readonly organisation: Id<'organisation'>
  readonly stage: 'open' | 'closed'
}

/** Presents a finding to its own organisation or to those who work on flaws; null to anyone else. */
export function presentFinding<T extends object>(viewer: Principal, owned: Owned, view: T): Presented<T> | null {
  const subject = { noun: 'finding' as const, stage: owned.stage, organisation: owned.organisation, person: null, held: false }
  return permits(viewer, 'read', subject) ? presented(view) : null
}

/** Presents a report's own figures to its sender or to those who work on flaws. */
export function presentReport<T extends object>(
  viewer: Principal,
  organisation: Id<'organisation'>,
  view: T,
): Presented<T> | null {
  const subject = { noun: 'report' as const, stage: 'open' as const, organisation, person: null, held: false }
  return permits(viewer, 'read', subject) ? presented(view) : null
}

/** Presents the status behind a receipt to whoever holds it: the unguessable id is the proof. */
export function presentReceipt<T extends object>(view: T): Presented<T> {
  return presented(view)
}
