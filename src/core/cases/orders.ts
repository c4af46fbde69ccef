import type { Instant } from '../kernel/instant.ts'
import type { FlawMove } from './rules.ts'

/** One desired order: `before` ahead of `after`. */
export interface DesiredOrder {
  readonly before: FlawMove
  readonly after: FlawMove
  /** In how many of the 70 possible histories it holds by chance; the rarer, the more skill it shows. */
  readonly of70: number
}

/** The twelve desired orders, rarest first. */
export const DESIRED_ORDERS: readonly DesiredOrder[] = [
  { before: 'deployed', after: 'public', of70: 11 },
  { before: 'deployed', after: 'attacks', of70: 19 },
  { before: 'exploit', after: 'attacks', of70: 25 },
  { before: 'deployed', after: 'exploit', of70: 28 },
  { before: 'fix-ready', after: 'public', of70: 28 },
  { before: 'fix-ready', after: 'attacks', of70: 38 },
  { before: 'public', after: 'attacks', of70: 41 },
  { before: 'fix-ready', after: 'exploit', of70: 50 },
  { before: 'aware', after: 'public', of70: 51 },
  { before: 'public', after: 'exploit', of70: 51 },
  { before: 'aware', after: 'attacks', of70: 57 },
  { before: 'aware', after: 'exploit', of70: 66 },
]

/** When each of the six happened at one vendor and flaw; null: it has not. */
export type FlawHistory = Readonly<Record<FlawMove, Instant | null>>

/** For each desired order whether it held; null where neither side happened, or both at one instant. */
export function ordersOf(history: FlawHistory): readonly (boolean | null)[] {
  return DESIRED_ORDERS.map(({ before, after }) => {
    const first = history[before] ?? Number.POSITIVE_INFINITY
    const second = history[after] ?? Number.POSITIVE_INFINITY
    return first === second ? null : first < second
  })
}

/** The history of a sequence of moves, as instants that count its steps from 1. */
export function historyOf(moves: readonly FlawMove[]): FlawHistory {
  const when = (move: FlawMove) => (moves.includes(move) ? ((moves.indexOf(move) + 1) as Instant) : null)
  const open = { public: when('public'), exploit: when('exploit'), attacks: when('attacks') }
  return { aware: when('aware'), 'fix-ready': when('fix-ready'), deployed: when('deployed'), ...open }
}
