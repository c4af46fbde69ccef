import type { Id } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'

/** Care for one package that nobody maintains: whose move it is, and until when. */
export const STEWARD_STATES = ['unassigned', 'assessing', 'active', 'escalated'] as const
export type StewardState = (typeof STEWARD_STATES)[number]

export interface Steward {
  readonly person: Id<'person'>
  readonly organisation: Id<'organisation'>
}

/** How it is known that nobody maintains it. `silent` needs the floor of days; `declared` is the maintainer's own public word. */
export type Abandonment =
  | { readonly kind: 'silent'; readonly lastSignAt: Instant | null; readonly firstLetterAt: Instant }
  | { readonly kind: 'declared'; readonly at: Instant; readonly digest: string }

export const ESCALATIONS = [
  'nobody-found',
  'assessment-overdue',
  'cannot-carry',
  'check-in-missed',
  'too-large',
  'contested',
] as const
export type Escalation = (typeof ESCALATIONS)[number]

export const STEWARD_ENDS = ['maintainer-back', 'maintainer-declined', 'not-needed', 'out-of-use'] as const
export type StewardEnd = (typeof STEWARD_ENDS)[number]

/** How a fix reaches users while nobody can release the package. None of them takes the package's name. */
export const FIX_ROUTES = ['offered-upstream', 'distributor-patch', 'patch-set', 'fork'] as const
export type FixRoute = (typeof FIX_ROUTES)[number]

export interface RoutedFix {
  readonly route: FixRoute
  /** A fork's own package, canonical purl without version; null for the other routes. */
  readonly fork: string | null
  readonly at: Instant
}

export interface Stewardship {
  /** Canonical purl without version; there is one stewardship of a package at a time. */
  readonly target: string
  readonly policy: string
  readonly state: StewardState
  readonly since: Instant
  /** When the state's time is over: escalated by then, or, once escalated, overdue for a decision. */
  readonly dueAt: Instant
  readonly abandoned: Abandonment
  readonly lead: Steward | null
  readonly coLead: Steward | null
  /** SHA-256 of the assessment that the lead handed in and that waits for a second person; null: none waits. */
  readonly assessment: string | null
  readonly escalated: Escalation | null
  readonly routes: readonly RoutedFix[]
  readonly openedAt: Instant
  /** Null until it first became active. */
  readonly activeAt: Instant | null
  readonly ended: { readonly at: Instant; readonly why: StewardEnd } | null
  readonly version: number
}

/** The stewardship's times, in days of 24 hours, as data with a version and a source. */
export interface StewardPolicy {
  readonly id: string
  readonly source: string
  /** Without a sign or an answer for at least so long before anybody may call a maintainer silent. */
  readonly silenceFloorDays: number
  readonly unassignedDays: number
  readonly assessingDays: number
  readonly checkInDays: number
  readonly escalatedDays: number
}

export const STEWARD_POLICY: StewardPolicy = {
  id: 'weir-steward/1.0.0',
  source:
    'The floor of 90 days and that no package name is ever taken are promises in the Akrites SIRT documents of 20 August 2026; the other days are this program’s own.',
  silenceFloorDays: 90,
  unassignedDays: 14,
  assessingDays: 14,
  checkInDays: 30,
  escalatedDays: 14,
}
