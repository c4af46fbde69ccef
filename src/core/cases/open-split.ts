import { accept } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import { DAY, type Instant, instant } from '../kernel/instant.ts'
import type { Case, Embargo, Participant } from './case.ts'
import type { Asker } from './case-command.ts'
import { no } from './case-refusal.ts'
import { isDigestOrNull, isInstantOrNull } from './command-shape.ts'
import { isBinding } from './embargo-state.ts'
import { isEarlier, isReader } from './roster.ts'
import type { CaseDecision } from './turn.ts'

export interface SplitAsked {
  /** A fresh id for the case that is split off. */
  readonly case: Id<'case'>
  readonly flaws: readonly Id<'flaw'>[]
  /** `inherit`, or an earlier end with the digest of what it would reveal about the other cases. */
  readonly end: 'inherit' | { readonly endsAt: Instant; readonly weighing: string }
}

/** The child of a case, with its flaws, people and terms; the parent's `hand-over` goes with it in one transaction. */
export function openSplit(parent: Case, asked: SplitAsked, asker: Asker, now: Instant): CaseDecision {
  if (asker.kind !== 'person' || !asker.coordinator) return no('asker.not-coordinator')
  if (parent.state !== 'open') return no('case.closed')
  const wanted = new Set(asked.flaws)
  const flaws = parent.flaws.filter(({ flaw }) => wanted.has(flaw))
  if (flaws.length === 0 || flaws.length !== wanted.size) return no('flaw.none')
  if (flaws.length === parent.flaws.length) return no('split.all')
  const embargo = inheritedBy(parent, asked, now)
  if (typeof embargo === 'string') return no(embargo)
  const { coordinator, chair, deployedFrom } = parent
  const participants = parent.participants.flatMap((one) => partOf(parent, one, wanted, embargo, now))
  return accept({
    type: 'case-opened',
    case: asked.case,
    at: now,
    by: asker.person,
    coordinator,
    chair,
    openedBy: asker.person,
    flaws: flaws.map((flaw) => ({ ...flaw, from: parent.id })),
    participants,
    embargo,
    deployedFrom,
    parent: parent.id,
    siblings: parent.children,
    claims: parent.claims.filter(({ flaw }) => wanted.has(flaw)),
  })
}

// Terms that bind go along; a proposal does not, for it was made for all the flaws.
function inheritedBy({ embargo }: Case, { end }: SplitAsked, now: Instant) {
  const open: Embargo['open'] = []
  if (!isBinding(embargo.state) || embargo.terms === null) {
    const state = embargo.state === 'exited' ? ('exited' as const) : ('none' as const)
    return end === 'inherit' ? { ...embargo, state, open, inherited: null } : ('embargo.not-binding' as const)
  }
  const { terms } = embargo
  const kept: Embargo = { ...embargo, state: 'active', open, inherited: terms.endsAt }
  if (end === 'inherit') return kept
  if (!isInstantOrNull(end.endsAt) || !isDigestOrNull(end.weighing)) return 'command.malformed' as const
  if (end.weighing === null) return 'embargo.weighing-needed' as const
  if (end.endsAt <= now) return 'embargo.past' as const
  if (!isEarlier(end.endsAt, terms.endsAt)) return 'split.later' as const
  const newest = embargo.newest + 1
  const earlier = { ...terms, version: newest, startsAt: now, endsAt: end.endsAt }
  return { ...kept, newest, terms: earlier, history: [...embargo.history, terms] }
}

function partOf(
  parent: Case,
  one: Participant,
  wanted: ReadonlySet<Id<'flaw'>>,
  { state, terms }: Embargo,
  now: Instant,
): readonly Participant[] {
  if (one.leftAt !== null) return []
  const flaws = one.flaws.filter((flaw) => wanted.has(flaw))
  const offered = one.offered.filter((flaw) => wanted.has(flaw))
  if (flaws.length + offered.length === 0) return []
  const works = one.works.filter(({ flaw }) => wanted.has(flaw))
  // After an end, what was asked before it stands no more, here neither.
  const invitedTo = isBinding(state) ? (terms?.version ?? null) : state === 'exited' ? one.invitedTo : null
  const respondBy = offered.length > 0 ? one.respondBy : null
  const kept = { ...one, flaws, offered, works, respondBy }
  if (isReader(parent, one) && flaws.length > 0) return [{ ...kept, invitedTo }]
  // Here nothing was agreed to yet, whatever was for the other flaws.
  const all = [...flaws, ...offered]
  const asked = { admittedAt: null, agreedTo: null, flaws: [], offered: all }
  if (one.consent === 'declined') return [{ ...kept, ...asked }]
  const again = one.respondBy ?? instant(now + 7 * DAY)
  return [{ ...kept, ...asked, consent: 'invited', invitedTo, respondBy: again }]
}
