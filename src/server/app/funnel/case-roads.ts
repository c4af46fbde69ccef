import type { Case, CaseFlaw, Participant } from '../../../core/cases/case.ts'
import { isBinding } from '../../../core/cases/embargo-state.ts'
import { isMaker, workOf } from '../../../core/cases/roster.ts'
import type { FlawRoad, FunnelStep } from './funnel-step.ts'

/** What the records say of a case beside the case itself. Instants are epoch milliseconds. */
export interface CaseFacts {
  /** By participant: when its report was accepted; entries of a closed case no longer say it. */
  readonly acceptedAt: ReadonlyMap<string, number>
  /** When the first letter went to somebody who makes the software. */
  readonly lettersAt: number | null
  /** Where no letter went: one waits for its turn, or for a person. */
  readonly letterWaits: 'turn' | 'person' | null
  /** By flaw: when it was passed on to another coordinator or by a project's own form. */
  readonly relayedAt: ReadonlyMap<string, number>
  /** Flaws of whose fix reporting operators, taken together, run the half or more; since when is not kept. */
  readonly patched: ReadonlySet<string>
}

/** What was known of a flaw before it was in a case. */
export interface FlawStart {
  readonly foundAt: number
  readonly confirmed: boolean
  readonly confirmedAt: number | null
}

/** The road of each flaw of a case. */
export function caseRoads(of: Case, facts: CaseFacts, starts: ReadonlyMap<string, FlawStart>): ReadonlyMap<string, FlawRoad> {
  return new Map(of.flaws.map((flaw) => [flaw.flaw, roadOf(of, flaw, facts, starts.get(flaw.flaw))]))
}

function roadOf(of: Case, flaw: CaseFlaw, facts: CaseFacts, start: FlawStart | undefined): FlawRoad {
  const makers = of.participants.filter((one) => isMaker(one.kind) && one.flaws.includes(flaw.flaw))
  const works = makers.map((one) => workOf(one, flaw.flaw))
  const took = new Map<FunnelStep, number | null>()
  if (start !== undefined) took.set('found', start.foundAt)
  if (start?.confirmed) took.set('confirmed', start.confirmedAt)
  took.set('in-a-case', flaw.addedAt)
  const sent = least([facts.lettersAt, facts.relayedAt.get(flaw.flaw) ?? null, ...works.map(({ awareAt }) => awareAt)])
  if (sent !== null) took.set('sent', sent)
  const accepting = makers.filter((one) => one.report === 'accepted' || workOf(one, flaw.flaw).fixReadyAt !== null)
  if (accepting.length > 0) took.set('accepted', least(accepting.map(({ id }) => facts.acceptedAt.get(id) ?? null)))
  const fixed = least(works.map(({ fixReadyAt }) => fixReadyAt))
  if (fixed !== null) took.set('fixed', fixed)
  if (flaw.public !== null) took.set('public', flaw.public.at)
  // Operators count too: it is in their machines that a fix is deployed.
  const deployed = least(of.participants.map((one) => workOf(one, flaw.flaw).deployedAt))
  if (deployed !== null || facts.patched.has(flaw.flaw)) took.set('deployed', deployed)
  return { took, held: of.state === 'closed' ? null : heldBy(of, took, makers, facts) }
}

function heldBy(
  of: Case,
  took: ReadonlyMap<FunnelStep, number | null>,
  makers: readonly Participant[],
  { letterWaits }: CaseFacts,
): string | null {
  if (!took.has('sent')) {
    if (letterWaits === 'turn') return 'its turn at the maintainer’s own pace; the maintainer sets it'
    return letterWaits === 'person'
      ? 'a letter lies ready; a coordinator sends it'
      : 'nobody was written to; a coordinator’s turn'
  }
  if (!took.has('accepted')) {
    const said = (state: Participant['report']) => makers.some(({ report }) => report === state)
    if (said('deferred')) return 'put off by the maintainer'
    return said('invalid') ? 'the maintainer asked for more; a coordinator’s turn' : 'no answer yet; the maintainer’s turn'
  }
  if (!took.has('fixed')) return 'a fix is being made; the maintainer’s turn'
  if (!took.has('public')) {
    if (isBinding(of.embargo.state)) return 'under an embargo that all parties agreed to'
    return 'no advisory yet; a coordinator’s turn'
  }
  return took.has('deployed') ? null : 'public and not yet run; the operators’ turn'
}

function least(instants: readonly (number | null)[]): number | null {
  return instants.reduce<number | null>((min, one) => (one !== null && (min === null || one < min) ? one : min), null)
}
