import { accept, type Decision } from '../kernel/decision.ts'
import type { Id } from '../kernel/id.ts'
import type { Instant } from '../kernel/instant.ts'
import { type ClaimEvent, RENEWALS, REST } from './claim.ts'
import type { ClaimQuota, ClaimStanding } from './claim-quota.ts'
import { isLease, leaseEnd } from './decide-claim.ts'
import type { OptOut } from './opt-out.ts'
import { isPlain } from './plain-text.ts'
import { no, type ScanRefusal } from './scan-refusal.ts'
import type { ScanTarget } from './scan-target.ts'
import { WIDE_TARGETS } from './wide-targets.ts'

export interface WantedClaim {
  readonly claim: Id<'claim'>
  readonly organisation: Id<'organisation'>
  readonly target: ScanTarget
  readonly days: number
  /** What the other side is told beside the opaque contact; null: nothing. */
  readonly reach: string | null
  /** Who of the project consented, where it wants to be asked. */
  readonly consent: string | null
}

/** What stands about the target and about the organisation. Nothing of anybody else's claims is among it. */
export interface ClaimGround {
  readonly optOuts: readonly OptOut[]
  readonly standing: ClaimStanding
  readonly quota: ClaimQuota
}

/**
 * A new claim, or why not. Judged before anybody looks whom it overlaps, and without it: a refusal tells nothing of others, and who
 * has learned of enough overlaps today learns no more.
 */
export function makeClaim(wanted: WantedClaim, ground: ClaimGround, now: Instant): Decision<ClaimEvent, ScanRefusal> {
  const { claim, organisation, target, days, reach, consent } = wanted
  const { standing, quota, optOuts } = ground
  if (!isLease(days)) return no('claim.days')
  if (![reach, consent].every((text) => text === null || isPlain(text, 200))) return no('claim.text')
  const whole = isWhole(target)
  if (whole && WIDE_TARGETS.has(target.name)) return no('target.whole-too-wide')
  if (optOuts.some(({ says }) => says.kind === 'no-scans')) return no('target.opted-out')
  if (consent === null && optOuts.some(({ says }) => says.kind === 'with-consent')) return no('target.needs-consent')
  if (standing.open >= quota.open) return no('quota.open')
  if (whole && standing.whole >= quota.whole) return no('quota.whole')
  if (standing.day >= quota.day) return no('quota.day')
  if (standing.overlaps >= quota.overlaps) return no('quota.overlaps')
  const { before } = standing
  if (before !== null && before.renewals >= RENEWALS && now < before.endedAt + REST) return no('claim.rest')
  return accept({
    type: 'claim-made' as const,
    claim,
    at: now,
    organisation,
    target,
    endsAt: leaseEnd(now, days),
  })
}

/** Whether a claim names neither a path nor a weakness class. */
export function isWhole({ path, weakness }: ScanTarget): boolean {
  return path.length === 0 && weakness === null
}
