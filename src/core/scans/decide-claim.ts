import { accept, type Decision } from '../kernel/decision.ts'
import { DAY, type Instant, instant } from '../kernel/instant.ts'
import { type Claim, type ClaimCommand, type ClaimEvent, LEASE_DAYS, RENEWALS } from './claim.ts'
import { no, type ScanRefusal } from './scan-refusal.ts'

type ClaimDecision = Decision<ClaimEvent, ScanRefusal>

/** What a command of its own organisation, or the clock, does to a claim. A lease that is over by `now` is over, told or not. */
export function decideClaim(claim: Claim, command: ClaimCommand, now: Instant): ClaimDecision {
  const base = { claim: claim.id, at: now }
  const over = now >= claim.endsAt
  if (command.do === 'clock') {
    return claim.state === 'active' && over ? accept({ type: 'claim-lapsed' as const, ...base }) : accept()
  }
  // Released twice is released; what has lapsed needs no release.
  if (command.do === 'release' && claim.state !== 'active') return accept()
  if (command.do === 'release') return accept({ type: 'claim-released' as const, ...base })
  if (claim.state !== 'active' || over) return no('claim.not-active')
  if (!isLease(command.days)) return no('claim.days')
  if (claim.renewals >= RENEWALS) return no('claim.renewals')
  return accept({ type: 'claim-renewed' as const, ...base, endsAt: leaseEnd(now, command.days) })
}

export function isLease(days: number): boolean {
  return Number.isInteger(days) && days >= 1 && days <= LEASE_DAYS
}

/** The end of a lease of that many days that begins now. A renewal counts from now, so that none can be stored up. */
export function leaseEnd(now: Instant, days: number): Instant {
  return instant(now + days * DAY)
}
