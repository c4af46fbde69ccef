import { accept } from '../kernel/decision.ts'
import type { Instant } from '../kernel/instant.ts'
import { newestTerms, termsInForce } from './decide-terms.ts'
import type { Docket, Planned } from './docket.ts'
import type { DocketEvent } from './docket-event.ts'
import { no } from './docket-refusal.ts'
import { type CommandOf, type DocketDecision, type SidedTurn, stamp, type Turn } from './turn.ts'
import { ungranted, windowEnd } from './window.ts'
import { isFuture, isPlanned } from './written.ts'

const DOWNTIME_MAX = 2000

/** One side proposes the instant of the opening, or agrees to the one that stands. Another instant is a new proposal. */
export function agreeOpening(turn: SidedTurn, { at: opens }: CommandOf<'agree-opening'>): DocketDecision {
  const { docket, party, asker, now } = turn
  const terms = newestTerms(docket)
  if (terms === null) return no('terms.none')
  if (terms.facts.opensBy !== 'agreed-instant') return no('opening.not-by-instant')
  if (!isFuture(opens, now) || (docket.planned !== null && opens >= docket.planned.at)) return no('opening.past')
  const stands = docket.window?.proposed ?? null
  const signature = { opens, party, person: asker.person }
  if (stands === null || stands.at !== opens)
    return accept({ type: 'opening-proposed' as const, ...stamp(turn), days: terms.facts.days, ...signature })
  if (stands.signed[party] !== null) return no('opening.signed-already')
  return accept({ type: 'opening-agreed' as const, ...stamp(turn), ...signature })
}

/** The first authenticated call opens the window where the terms say so; calls after it change nothing. */
export function firstCall(turn: Turn, { since = null }: CommandOf<'first-call'>): DocketDecision {
  const { docket, now } = turn
  if (docket.state === 'window-open') return accept()
  const terms = termsInForce(docket)
  if (terms === null) return no('terms.unsigned')
  if (terms.facts.opensBy !== 'first-call') return no('window.not-by-call')
  return opened(turn, since !== null && since < now ? since : now)
}

function opened(turn: Turn, opens: Instant): DocketDecision {
  const { docket, policy } = turn
  const { planned } = docket
  const days = termsInForce(docket)?.facts.days ?? 0
  if (planned !== null && planned.at <= opens) return no('window.release-reached')
  const endsAt = windowEnd({ opensAt: opens, days, granted: 0, planned }, policy)
  return accept({ type: 'window-opened' as const, ...stamp(turn), opens, days, endsAt })
}

/** The agreed instant has come: the window counts from it and not from the tick that noticed. */
export function openIfDue(turn: Turn): readonly DocketEvent[] {
  const { docket, now } = turn
  const opens = docket.window?.agreedAt ?? null
  if (docket.state !== 'access-ready' || opens === null || opens > now) return []
  if (termsInForce(docket)?.facts.opensBy !== 'agreed-instant') return []
  const decision = opened(turn, opens)
  return decision.ok ? decision.events : []
}

/** The end, by the clock that the caller decided on; once closed, a window stays closed whatever any clock says later. */
export function closeIfDue(turn: Turn): readonly DocketEvent[] {
  const { docket, now } = turn
  const endsAt = docket.window?.endsAt ?? null
  if (docket.state !== 'window-open' || endsAt === null || now < endsAt) return []
  return [{ type: 'window-closed', ...stamp(turn), why: 'end' }]
}

/** The developer ends its access early. */
export function endWindow(turn: Turn): DocketDecision {
  return accept({ type: 'window-closed' as const, ...stamp(turn), why: 'early' as const })
}

/** The endpoint does not answer; that is shown, and lengthens nothing by itself. */
export function endpointDown(turn: Turn): DocketDecision {
  if (isDown(turn.docket)) return accept()
  if (turn.docket.downtime.length >= DOWNTIME_MAX) return no('docket.full')
  return accept({ type: 'downtime-began' as const, ...stamp(turn) })
}

/** The endpoint answers again; where the terms say that down time extends, the end moves as far as it may. */
export function endpointUp(turn: Turn): DocketDecision {
  const { docket, now } = turn
  const since = docket.downtime.at(-1)
  if (since === undefined || since.to !== null) return accept()
  const granted = termsInForce(docket)?.facts.downtimeExtends === true ? Math.max(0, now - since.from - since.granted) : 0
  const ended: DocketEvent = { type: 'downtime-ended', ...stamp(turn), granted }
  return accept(ended, ...movedEnd(turn, docket.planned, granted, 'downtime'))
}

/** The developer grants down time: as much of it as was logged and not granted yet, never past the policy's maximum. */
export function grantDowntime(turn: Turn, command: CommandOf<'grant-downtime'>): DocketDecision {
  const { docket, now } = turn
  const milliseconds = Math.min(command.milliseconds, ungranted(docket, now))
  if (!Number.isInteger(milliseconds) || milliseconds < 1) return no('downtime.none')
  const granted: DocketEvent = { type: 'downtime-granted', ...stamp(turn), milliseconds }
  return accept(granted, ...movedEnd(turn, docket.planned, milliseconds, 'downtime'))
}

/**
 * The developer's own planned release to other trusted partners: always the developer's to set and to move. Earlier shortens an
 * open window, later lengthens it to no more than its own days.
 */
export function planRelease(turn: Turn, { planned }: CommandOf<'plan-release'>): DocketDecision {
  if (!isPlanned(planned)) return no('instant.malformed')
  const kept = { at: planned.at, zone: planned.zone }
  return accept<DocketEvent>({ type: 'release-planned', ...stamp(turn), planned: kept }, ...movedEnd(turn, kept, 0, 'release'))
}

function movedEnd(turn: Turn, planned: Planned | null, more: number, why: 'release' | 'downtime'): readonly DocketEvent[] {
  const { docket, policy } = turn
  const { window } = docket
  if (docket.state !== 'window-open' || window === null || window.openedAt === null) return []
  const { openedAt: opensAt, days, granted } = window
  const endsAt = windowEnd({ opensAt, days, granted: granted + more, planned }, policy)
  return endsAt === window.endsAt ? [] : [{ type: 'window-end-moved', ...stamp(turn), endsAt, why }]
}

function isDown({ downtime }: Docket): boolean {
  return downtime.at(-1)?.to === null
}
