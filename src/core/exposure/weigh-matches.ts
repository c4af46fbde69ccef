import { versionOrder } from '../kernel/version-order.ts'
import type { Match } from './match.ts'

/** What several packages or products of one record come to: the surer answer, and of two ends the newer, for both must be passed. */
export function better(one: Match | undefined, other: Match): Match {
  if (one === undefined) return other
  const [first, second] = rank(one) <= rank(other) ? [one, other] : [other, one]
  if (first.affected !== second.affected || first.fixed === null || second.fixed === null) return first
  return { ...first, fixed: laterOf(first, second) }
}

function rank(match: Match): number {
  return match.affected === 'yes' ? 0 : match.affected === 'unknown' ? 1 : 2
}

function laterOf(one: Match, other: Match): string | null {
  const rule = one.steps.at(-1)?.rule ?? ''
  const key = one.steps.find(({ step }) => step === 'same-package')?.with[0] ?? ''
  const order = versionOrder(key.slice(0, key.indexOf('/'))) ?? versionOrder(rule)
  return order?.compare(one.fixed ?? '', other.fixed ?? '') === -1 ? other.fixed : one.fixed
}
