import type { Id } from '../kernel/id.ts'
import type { Case, FlawWork } from './case.ts'
import { type FlawHistory, ordersOf } from './orders.ts'
import { isMaker, workOf } from './roster.ts'

/** How many makers say what of one flaw; silence is counted as silence, and an invitation not answered yet as waiting. */
export interface StatusTally {
  readonly affected: number
  readonly 'not-affected': number
  readonly 'under-investigation': number
  readonly fixed: number
  readonly silent: number
  readonly waiting: number
}

/** The statuses of one flaw over all makers that were asked about it and are still in the case. */
export function statusTally(of: Case, flaw: Id<'flaw'>): StatusTally {
  const tally = { affected: 0, 'not-affected': 0, 'under-investigation': 0, fixed: 0, silent: 0, waiting: 0 }
  for (const one of of.participants) {
    if (one.leftAt !== null || !isMaker(one.kind)) continue
    if (one.flaws.includes(flaw)) tally[workOf(one, flaw).status?.status ?? 'silent']++
    else if (one.offered.includes(flaw)) tally.waiting++
  }
  return tally
}

/** One maker's and one flaw's history, and for each of the twelve desired orders whether it held. */
export interface Disclosure {
  readonly participant: Id<'participant'>
  readonly flaw: Id<'flaw'>
  readonly history: FlawHistory
  readonly orders: readonly (boolean | null)[]
}

/** How well disclosure went, for each maker × flaw of which anything is known. */
export function disclosureOf(of: Case): readonly Disclosure[] {
  const open = new Map(of.flaws.map((flaw) => [flaw.flaw, flaw]))
  const historyOf = ({ flaw, awareAt, fixReadyAt, deployedAt }: FlawWork): FlawHistory => {
    const known = open.get(flaw)
    const seen = { public: known?.public?.at ?? null, exploit: known?.exploit?.at ?? null, attacks: known?.attacks?.at ?? null }
    return { aware: awareAt, 'fix-ready': fixReadyAt, deployed: deployedAt, ...seen }
  }
  return of.participants
    .filter(({ kind }) => isMaker(kind))
    .flatMap(({ id: participant, works }) =>
      works.map((work) => {
        const history = historyOf(work)
        return { participant, flaw: work.flaw, history, orders: ordersOf(history) }
      }),
    )
}
