import { accept } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Embargo, Participant } from './case.ts'
import type { Asker } from './case-command.ts'
import { no } from './case-refusal.ts'
import { freshFlaw, isCve, MOST_FLAWS } from './command-flaw.ts'
import { isInstantOrNull } from './command-shape.ts'
import type { CaseDecision } from './turn.ts'

export interface CaseAsked {
  readonly case: Id<'case'>
  readonly coordinator: Id<'organisation'>
  /** A fresh id for the coordinator's own part in the case. */
  readonly chair: Id<'participant'>
  readonly flaws: readonly { readonly flaw: Id<'flaw'>; readonly cve: string | null }[]
  /** No embargo may end later; null: no such limit. */
  readonly latest: Instant | null
  /** From which share of what runs a fix counts as deployed: above 0, at most 1. */
  readonly deployedFrom: number
}

/** A coordinator makes a case of one flaw or several. The coordinator has accepted the report by doing so. */
export function openCase(asked: CaseAsked, asker: Asker, now: Instant): CaseDecision {
  if (asker.kind !== 'person' || !asker.coordinator) return no('asker.not-coordinator')
  const { coordinator, chair, latest, deployedFrom } = asked
  if (!isInstantOrNull(latest) || !(deployedFrom > 0 && deployedFrom <= 1)) return no('command.malformed')
  if (asked.flaws.length === 0) return no('case.no-flaws')
  if (asked.flaws.length > MOST_FLAWS) return no('case.full')
  if (!asked.flaws.every(({ cve }) => isCve(cve))) return no('cve.malformed')
  const ids = asked.flaws.map(({ flaw }) => flaw)
  if (new Set(ids).size !== ids.length) return no('flaw.exists')
  return accept({
    type: 'case-opened',
    case: asked.case,
    at: now,
    by: asker.person,
    coordinator,
    chair,
    openedBy: asker.person,
    flaws: asked.flaws.map(({ flaw, cve }) => freshFlaw(flaw, now, cve)),
    participants: [chairOf(chair, coordinator, ids, now)],
    embargo: { ...NO_EMBARGO, latest },
    deployedFrom,
    parent: null,
    siblings: [],
  })
}

const NO_EMBARGO: Embargo = {
  state: 'none',
  terms: null,
  open: [],
  history: [],
  newest: 0,
  latest: null,
  inherited: null,
  ended: null,
}

function chairOf(id: Id<'participant'>, organisation: Id<'organisation'>, flaws: readonly Id<'flaw'>[], now: Instant) {
  const invited = { invitedBy: id, invitedAt: now, invitedTo: null, showsProduct: true, respondBy: null, offered: [] }
  const chair: Participant = {
    id,
    organisation,
    kind: 'coordinator',
    tier: 0,
    report: 'accepted',
    consent: 'no-embargo',
    agreedTo: null,
    hidden: false,
    ...invited,
    admittedAt: now,
    flaws,
    works: [],
    leftAt: null,
  }
  return chair
}
