import type { Instant } from '../../kernel/instant.ts'
import type { Start } from './clock.ts'
import type { Obligation } from './obligation.ts'
import { inputsKey } from './rule-input.ts'

/** A date as it is kept: small, and enough to know that it changed. The whole reason is computed again where people read. */
export interface Dating {
  readonly directive: string
  readonly row: number | null
  readonly tier: string
  readonly days: number | null
  readonly rank: number
  readonly start: Start | null
  readonly since: Instant | null
  readonly due: Instant | null
  /** The inputs in one line; a star marks what was assumed. */
  readonly inputs: string
}

/** What of an obligation is kept. */
export function datingOf({ directive, row, tier, start, since, due, inputs }: Obligation): Dating {
  return { directive, row, tier: tier.key, days: tier.days, rank: tier.rank, start, since, due, inputs: inputsKey(inputs) }
}

/** Whether two datings say the same. */
export function sameDating(a: Dating, b: Dating): boolean {
  return (
    a.due === b.due &&
    a.tier === b.tier &&
    a.row === b.row &&
    a.since === b.since &&
    a.start?.at === b.start?.at &&
    a.start?.because === b.start?.because &&
    a.inputs === b.inputs &&
    a.directive === b.directive
  )
}

/** Whether `b` leaves less time than `a`, or is the more urgent with the same. */
export function isTighter(a: Dating, b: Dating): boolean {
  const was = a.due ?? Number.POSITIVE_INFINITY
  const is = b.due ?? Number.POSITIVE_INFINITY
  return is < was || (is === was && b.rank > a.rank)
}
