import type { Id } from '../kernel/id.ts'
import type { Case, FlawWork, Participant, ParticipantKind } from './case.ts'
import type { Asker } from './case-command.ts'
import { isBinding } from './embargo-state.ts'
import type { Publicity } from './publicity.ts'

type Ptp = Id<'participant'>
type Flaw = Id<'flaw'>

/** Kinds that make, ship or fix the software, and so have a step and a status per flaw. */
const MAKERS: readonly ParticipantKind[] = ['maintainer', 'vendor', 'distributor']

/** Whether v-f-d and a status are kept of this kind. */
export function isMaker(kind: ParticipantKind): boolean {
  return MAKERS.includes(kind)
}

/** The participant of that id, also one who left; null where there is none. */
export function participantOf(of: Case, id: Ptp): Participant | null {
  return of.participants.find((one) => one.id === id) ?? null
}

/** Whether the asker may speak for that participant: for the chair the coordinators do, for others whoever was given it. */
export function speaksFor(of: Case, asker: Asker, id: Ptp): boolean {
  if (asker.kind === 'contact') return asker.participant === id && id !== of.chair
  if (asker.kind !== 'person') return false
  return id === of.chair ? asker.coordinator : asker.participants.includes(id)
}

/** Whether content is read now: admitted, not left, and, while an embargo binds, bound by it. */
export function isReader(of: Case, { admittedAt, leftAt, consent }: Participant): boolean {
  return admittedAt !== null && leftAt === null && (!isBinding(of.embargo.state) || consent === 'signatory')
}

/** Those bound by the embargo and still in the case. */
export function signatoriesOf(of: Case): readonly Participant[] {
  return of.participants.filter(({ consent, leftAt }) => consent === 'signatory' && leftAt === null)
}

/** What is open of each flaw, as the eight states have it. */
export function publicityOf(flaw: Case['flaws'][number]): Publicity {
  return `${flaw.public ? 'P' : 'p'}${flaw.exploit ? 'X' : 'x'}${flaw.attacks ? 'A' : 'a'}`
}

/** The version that an invitation is about now: terms that bind, else the shortest proposal; null where neither stands. */
export function termsAsked({ embargo }: Case): number | null {
  if (isBinding(embargo.state)) return embargo.terms?.version ?? null
  return shortestOf(embargo.open)?.number ?? null
}

/**
 * Whether what was asked of somebody still stands. While an embargo can still come or binds, whoever is only being asked may be
 * shown what changed; once it has ended for good, only an invitation made after that end counts: an end opens nothing.
 */
export function invitationStands(of: Case, one: Participant): boolean {
  if (one.invitedTo === termsAsked(of)) return true
  return of.embargo.state !== 'exited' && (one.consent === 'invited' || isReader(of, one))
}

/** The offer that ends first; of equal ones the older. */
export function shortestOf(open: Case['embargo']['open']): Case['embargo']['open'][number] | null {
  return open.reduce<(typeof open)[number] | null>(
    (best, one) => (best === null || isEarlier(one.endsAt, best.endsAt) ? one : best),
    null,
  )
}

/** Whether one end comes before another; null is open-ended and comes last. */
export function isEarlier(one: number | null, other: number | null): boolean {
  return (one ?? Number.POSITIVE_INFINITY) < (other ?? Number.POSITIVE_INFINITY)
}

/** The work of that participant on that flaw, blank where nothing was told. */
export function workOf({ kind, works }: Participant, flaw: Flaw): FlawWork {
  const none = { awareAt: null, fixReadyAt: null, deployedAt: null, deployed: null, stated: null, status: null }
  return works.find((one) => one.flaw === flaw) ?? { flaw, step: isMaker(kind) ? 'vfd' : null, ...none }
}

/** The first list and what of the second is not in it, in order. */
export function union<T>(one: readonly T[], other: readonly T[]): readonly T[] {
  return other.length === 0 ? one : [...new Set([...one, ...other])]
}
