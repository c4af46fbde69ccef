import { DAY, type Instant } from '../../kernel/instant.ts'
import type { Anchor, Condition, EmbargoPolicy } from './embargo-rule.ts'

export type Severity = 'none' | 'low' | 'medium' | 'high' | 'critical'

/** A policy together with the party of the case that brings it. */
export interface ChosenPolicy {
  readonly policy: EmbargoPolicy
  /** Id of the participant. */
  readonly party: string
}

/** An end that parties agreed on among themselves; `acceptedBy` are those whose own default it replaces. */
export interface Negotiated {
  readonly at: Instant
  /** When technical details follow; null: with the end. */
  readonly detailsAt: Instant | null
  readonly acceptedBy: readonly string[]
}

/** What is known when an end is computed. Null stands for "nobody has said"; what is assumed then is marked in the lines. */
export interface EmbargoFacts {
  readonly reportedAt: Instant
  readonly validatedAt: Instant | null
  readonly ownedAt: Instant | null
  readonly fixReadyAt: Instant | null
  /** Users can have the patch. */
  readonly patchAt: Instant | null
  /** Attacks are known since then; false: judged, and none; null: not judged, taken as none. */
  readonly exploited: { readonly since: Instant } | false | null
  /** Null: not judged; under exploitation taken as critical, for those who are attacked cannot wait for a judgement. */
  readonly severity: Severity | null
  /** Null: taken as found by people, since what is made public cannot be taken back. */
  readonly aiFound: boolean | null
  /** The maintainer is at work on it. Null: taken as no. */
  readonly engaged: boolean | null
  readonly requestedExtension: { readonly days: number; readonly exceptional: boolean } | null
  readonly receiverDefault: ChosenPolicy | null
  readonly negotiated: Negotiated | null
}

/** One fact that a line rests on. */
export interface Input {
  readonly name: string
  readonly value: Instant | number | boolean | string | null
  readonly assumed: boolean
}

const LAST = 8_640_000_000_000_000

/** That instant and so many times 24 hours, never past the last instant there is; days below 0 count as none. */
export function daysAfter(at: Instant, days: number): Instant {
  return Math.min(LAST, at + Math.max(0, days) * DAY) as Instant
}

/** From when a rule counts, and the facts that say so; null: that has not happened yet. */
export function anchored(
  from: Anchor,
  facts: EmbargoFacts,
): { readonly at: Instant | null; readonly inputs: readonly Input[] } {
  const { reportedAt, validatedAt, ownedAt, fixReadyAt, patchAt, exploited } = facts
  switch (from) {
    case 'report':
      return { at: reportedAt, inputs: [known('reportedAt', reportedAt)] }
    case 'owned': {
      const at = validatedAt === null || ownedAt === null ? null : (Math.max(validatedAt, ownedAt) as Instant)
      return { at, inputs: [known('validatedAt', validatedAt), known('ownedAt', ownedAt)] }
    }
    case 'fix':
      return { at: fixReadyAt, inputs: [known('fixReadyAt', fixReadyAt)] }
    case 'patch':
      return { at: patchAt, inputs: [known('patchAt', patchAt)] }
    case 'exploited': {
      const since = exploited ? exploited.since : null
      const at = since === null ? null : (Math.max(since, reportedAt) as Instant)
      return { at, inputs: [known('reportedAt', reportedAt), known('exploitedSince', since)] }
    }
  }
}

/** Whether a condition is met, and on which facts that rests. */
export function meets(
  only: Condition | null,
  facts: EmbargoFacts,
): { readonly met: boolean; readonly inputs: readonly Input[] } {
  if (only === null) return { met: true, inputs: [] }
  const { exploited, severity } = facts
  const attacked = { name: 'exploited', value: Boolean(exploited), assumed: exploited === null }
  if (only === 'exploited') return { met: Boolean(exploited), inputs: [attacked] }
  const grave = { name: 'severity', value: severity ?? 'critical', assumed: severity === null }
  return { met: Boolean(exploited) && grave.value === 'critical', inputs: [attacked, grave] }
}

function known(name: string, value: Instant | null): Input {
  return { name, value, assumed: false }
}
