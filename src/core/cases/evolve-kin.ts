import type { Id } from '../kernel/id.ts'
import type { Case, CaseFlaw, Participant } from './case.ts'
import type { CaseEventOf, KinEvent } from './case-event.ts'
import { awareOfPublic } from './evolve-people.ts'
import { union } from './roster.ts'

/** The case after flaws came or went, word of its family, or its closing. */
export function afterKin(of: Case, event: KinEvent): Partial<Case> {
  switch (event.type) {
    case 'flaws-taken':
      return taken(of, event)
    case 'flaws-handed-over': {
      const gone = new Set(event.flaws)
      const children = event.as === 'split' ? union(of.children, [event.to]) : of.children
      const flaws = of.flaws.filter(({ flaw }) => !gone.has(flaw))
      const claims = of.claims.filter(({ flaw }) => !gone.has(flaw))
      return { children, flaws, claims, participants: of.participants.map((one) => without(one, gone)), agreedToPublish: [] }
    }
    case 'kin-to-tell':
      return {}
    case 'kin-heard':
      return event.born === 'sibling' ? { siblings: union(of.siblings, [event.kin]) } : {}
    case 'case-closed':
      return { state: 'closed', mergedInto: event.mergedInto, closedAt: event.at }
  }
}

function taken(of: Case, event: CaseEventOf<'flaws-taken'>): Partial<Case> {
  const { flaws, added, joined, at, claims = [], duties = [] } = event
  const known = new Map(of.flaws.map((flaw) => [flaw.flaw, flaw]))
  for (const flaw of flaws) known.set(flaw.flaw, both(known.get(flaw.flaw), flaw))
  const all = [...known.values()]
  const changes = new Map(joined.map(({ into, participant }) => [into, participant]))
  const people = [...of.participants.map((one) => changes.get(one.id) ?? one), ...added]
  const open = [...of.claims, ...claims].filter(({ flaw, what }) => known.get(flaw)?.[what] === null)
  const participants = people.map((one) => awareOfPublic(one, all, at))
  return { flaws: all, participants, claims: open, duties: [...of.duties, ...duties], agreedToPublish: [] }
}

function both(here: CaseFlaw | undefined, there: CaseFlaw): CaseFlaw {
  if (here === undefined) return there
  const open = { public: here.public ?? there.public, exploit: here.exploit ?? there.exploit }
  return { ...here, ...open, attacks: here.attacks ?? there.attacks, cve: here.cve ?? there.cve }
}

function without(one: Participant, gone: ReadonlySet<Id<'flaw'>>): Participant {
  const offered = one.offered.filter((flaw) => !gone.has(flaw))
  const flaws = one.flaws.filter((flaw) => !gone.has(flaw))
  const respondBy = offered.length === 0 && one.offered.length > 0 ? null : one.respondBy
  return { ...one, offered, flaws, respondBy, works: one.works.filter(({ flaw }) => !gone.has(flaw)) }
}
