import { accept } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { type Agreement, agreedTerms } from './agreement.ts'
import { DOCKET_KINDS, type DocketKind, type Planned } from './docket.ts'
import type { Asker } from './docket-command.ts'
import type { DocketEvent } from './docket-event.ts'
import { no } from './docket-refusal.ts'
import { policyOf } from './policy.ts'
import type { DocketDecision } from './turn.ts'
import { isPlanned, termsProblem } from './written.ts'

export interface DocketAsked {
  readonly docket: Id<'docket'>
  readonly kind: DocketKind
  readonly developer: Id<'organisation'>
  readonly office: Id<'organisation'>
  readonly policy: string
  readonly planned: Planned | null
  /** The standing agreement under which the docket is opened: its terms are the docket's first, signed already. */
  readonly agreement: Agreement | null
}

/** A developer asks; nobody can ask in its place. Whoever asks becomes its lead. The office's first officer takes the seat later. */
export function openDocket(asked: DocketAsked, asker: Asker, now: Instant): DocketDecision {
  const { docket, kind, developer, office, agreement, planned } = asked
  if (asker.kind !== 'person' || asker.party !== 'developer' || asker.organisation !== developer)
    return no('asker.not-developer')
  if (developer === office) return no('docket.one-side')
  if (!DOCKET_KINDS.includes(kind)) return no('docket.wrong-kind')
  const policy = policyOf(asked.policy)
  if (policy === null) return no('policy.unknown')
  if (!policy.inForce) return no('policy.not-in-force')
  if (planned !== null && !isPlanned(planned)) return no('instant.malformed')
  const base = { docket, at: now, by: asker.person }
  const head = { kind, developer, office, agreement: agreement?.id ?? null, policy: policy.id }
  const events: DocketEvent[] = [
    { type: 'docket-opened', ...base, ...head },
    { type: 'person-seated', ...base, person: asker.person, organisation: developer, seat: 'developer-lead' },
  ]
  if (planned !== null) events.push({ type: 'release-planned', ...base, planned: { at: planned.at, zone: planned.zone } })
  if (agreement === null) return accept(...events)
  if (agreement.developer !== developer || agreement.office !== office) return no('agreement.other-sides')
  const terms = agreedTerms(agreement, now)
  if (terms === null) return no('agreement.not-in-force')
  const problem = termsProblem(terms.facts, policy)
  if (problem !== null) return no(problem)
  return accept<DocketEvent>(...events, { type: 'terms-offered', ...base, terms: { ...terms, version: 1 } })
}
