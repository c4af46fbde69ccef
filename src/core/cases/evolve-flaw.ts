import type { Case, CaseFlaw } from './case.ts'
import type { FlawEvent } from './case-event.ts'
import { awareOfPublic, changed } from './evolve-people.ts'

/** The case after a flaw was added, named, or something of it came into the open. */
export function afterFlaw(of: Case, event: FlawEvent): Partial<Case> {
  switch (event.type) {
    case 'flaw-added': {
      const { flaw } = event
      // Nobody but the coordinator reads a flaw that comes later, until invited to it. What was agreed was without it.
      const participants = changed(of, of.chair, (chair) => ({ ...chair, flaws: [...chair.flaws, flaw.flaw] }))
      return { flaws: [...of.flaws, flaw], participants, agreedToPublish: [] }
    }
    case 'cve-set':
      return { flaws: withFlaw(of, event.flaw, (flaw) => ({ ...flaw, cve: event.cve })) }
    case 'publicity-claimed': {
      const { participant, flaw, what, evidence, at } = event
      return { claims: [...of.claims, { participant, flaw, what, evidence, at }] }
    }
    case 'publicity-noted': {
      const { what, happened, at, by, evidence } = event
      const noted = { at: happened, notedAt: at, by, evidence }
      const flaws = withFlaw(of, event.flaw, (flaw) => ({ ...flaw, [what]: noted }))
      const claims = of.claims.filter((claim) => claim.flaw !== event.flaw || claim.what !== what)
      if (what !== 'public') return { flaws, claims }
      return { flaws, claims, participants: of.participants.map((one) => awareOfPublic(one, flaws, at)) }
    }
  }
}

function withFlaw(of: Case, id: CaseFlaw['flaw'], change: (flaw: CaseFlaw) => CaseFlaw): readonly CaseFlaw[] {
  return of.flaws.map((flaw) => (flaw.flaw === id ? change(flaw) : flaw))
}
