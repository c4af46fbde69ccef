import type { Id } from '../kernel/id.ts'
import { DAY, type Instant } from '../kernel/instant.ts'
import type { ScanTarget } from './scan-target.ts'

export type ClaimState = 'active' | 'released' | 'lapsed'

/** Somebody says what they scan, until when. It keeps nobody else from scanning; it lets both know that they are two. */
export interface Claim {
  readonly id: Id<'claim'>
  readonly version: number
  readonly state: ClaimState
  readonly organisation: Id<'organisation'>
  readonly target: ScanTarget
  readonly madeAt: Instant
  /** The lease ends here unless it is renewed before. */
  readonly endsAt: Instant
  readonly renewals: number
  readonly endedAt: Instant | null
}

/** The most days of one lease, the most renewals, and for how long a place rests that one organisation held to the last day. */
export const LEASE_DAYS = 14
export const RENEWALS = 3
export const REST = 7 * DAY

export type ClaimCommand =
  | { readonly do: 'renew'; readonly days: number }
  | { readonly do: 'release' }
  | { readonly do: 'clock' }

interface Of<Type extends string> {
  readonly type: Type
  readonly claim: Id<'claim'>
  readonly at: Instant
}

export type ClaimEvent =
  | (Of<'claim-made'> & {
      readonly organisation: Id<'organisation'>
      readonly target: ScanTarget
      readonly endsAt: Instant
    })
  | (Of<'claim-renewed'> & { readonly endsAt: Instant })
  | Of<'claim-released'>
  | Of<'claim-lapsed'>

/** The claim after one of its own events; null before its first. Throws on an event that its history cannot have. */
export function evolveClaim(claim: Claim | null, event: ClaimEvent): Claim {
  if (event.type === 'claim-made') {
    const { claim: id, organisation, target, at, endsAt } = event
    return { id, version: 1, state: 'active', organisation, target, madeAt: at, endsAt, renewals: 0, endedAt: null }
  }
  if (claim === null || claim.id !== event.claim) {
    throw new Error(`event ${event.type} of ${event.claim} applied to ${claim?.id ?? 'nothing'}`)
  }
  const next = { ...claim, version: claim.version + 1 }
  switch (event.type) {
    case 'claim-renewed':
      return { ...next, endsAt: event.endsAt, renewals: claim.renewals + 1 }
    case 'claim-released':
      return { ...next, state: 'released', endedAt: event.at }
    case 'claim-lapsed':
      return { ...next, state: 'lapsed', endedAt: event.at }
  }
}
