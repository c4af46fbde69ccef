import type { Instant } from '../../../kernel/instant.ts'
import type { ItemState, ObligationItem } from './item.ts'

/** The state at an instant: a deferral whose end has come is over, whether or not its event is stored yet. */
export function standingAt(item: Pick<ObligationItem, 'state' | 'deferral'>, now: Instant): ItemState {
  return item.state === 'deferred' && item.deferral !== null && item.deferral.until <= now ? 'open' : item.state
}

/** Whether something is still to be done by the due instant, which has passed. Nothing stores this. */
export function isLate(item: Pick<ObligationItem, 'state' | 'deferral' | 'dating'>, now: Instant): boolean {
  return standingAt(item, now) === 'open' && item.dating.due !== null && item.dating.due < now
}

/** The state of each asset at an instant: what was said of the very asset last, unless the whole is settled. Reads the parts once. */
export function assetStandings(item: ObligationItem, now: Instant): (asset: string) => ItemState {
  const whole = standingAt(item, now)
  const own = new Map<string, ItemState>()
  for (const part of item.parts) for (const asset of part.assets) own.set(asset, part.how)
  return (asset) => (whole === 'open' || whole === 'deferred' ? (own.get(asset) ?? whole) : whole)
}
