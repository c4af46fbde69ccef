import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Case, EmbargoProposal, EmbargoTerms, Participant } from './case.ts'
import { isBinding } from './embargo-state.ts'
import { invitationStands, isReader, participantOf, shortestOf, termsAsked } from './roster.ts'

/** What somebody is asked to agree to before they read: terms and dates, and the product's name only where the inviter chose so. */
export interface Invited {
  /** The version to be named on accepting; null: no embargo. */
  readonly terms: number | null
  readonly embargo: EmbargoTerms | EmbargoProposal | null
  readonly respondBy: Instant | null
  /** The time to answer is over; late is honoured while the terms still stand. */
  readonly late: boolean
  readonly showsProduct: boolean
}

/** What somebody reads of a case. `invited` beside content: they are offered more flaws, and told no more than that. */
export type Reading =
  | { readonly reads: 'nothing' }
  | ({ readonly reads: 'invitation' } & Invited)
  | { readonly reads: 'content'; readonly flaws: readonly Id<'flaw'>[]; readonly invited: Invited | null }

const NOTHING: Reading = { reads: 'nothing' }

/** What a participant reads at `now`; null, and whoever is not or no longer in the case, reads nothing. */
export function readingOf(of: Case, id: Id<'participant'> | null, now: Instant): Reading {
  const one = id === null ? null : participantOf(of, id)
  if (one === null || one.leftAt !== null) return NOTHING
  const invited = invitedOf(of, one, now)
  if (isReader(of, one) && one.flaws.length > 0) return { reads: 'content', flaws: one.flaws, invited }
  return invited === null ? NOTHING : { reads: 'invitation', ...invited }
}

function invitedOf(of: Case, one: Participant, now: Instant): Invited | null {
  if (one.offered.length === 0 || of.state === 'closed' || !invitationStands(of, one)) return null
  const terms = termsAsked(of)
  const { respondBy, showsProduct } = one
  const embargo = isBinding(of.embargo.state) ? of.embargo.terms : shortestOf(of.embargo.open)
  return { terms, embargo, respondBy, late: respondBy === null || respondBy <= now, showsProduct }
}

/**
 * Who takes part as one reader sees it: those who share a flaw with them, with that flaw's work alone and approved statements
 * alone. The hidden are a number. The chair, and everybody of themselves, sees all.
 */
export function participantsSeen(
  of: Case,
  viewer: Id<'participant'>,
): { readonly shown: readonly Participant[]; readonly hidden: number } {
  const one = participantOf(of, viewer)
  if (one === null || !isReader(of, one)) return { shown: [], hidden: 0 }
  if (viewer === of.chair) return { shown: of.participants, hidden: 0 }
  const own = new Set(one.flaws)
  const near = of.participants.map((other) => (other.id === viewer ? other : shared(other, own)))
  const there = near.filter(({ id, flaws, offered }) => id === viewer || flaws.length + offered.length > 0)
  const shown = there.filter(({ id, hidden }) => !hidden || id === viewer)
  return { shown, hidden: there.length - shown.length }
}

function shared(other: Participant, own: ReadonlySet<Id<'flaw'>>): Participant {
  const mine = (flaw: Id<'flaw'>) => own.has(flaw)
  const works = other.works.filter(({ flaw }) => own.has(flaw)).map((work) => ({ ...work, stated: null }))
  return { ...other, flaws: other.flaws.filter(mine), offered: other.offered.filter(mine), works }
}
