import { DAY, type Instant, instant, parseInstant } from '../../kernel/instant.ts'
import type { AssetTags } from '../component.ts'
import type { EdgeDevice } from '../directives/edge-devices.ts'

/** Whether the assets of a class are still mended by who made them, and whether they are devices at the edge of a network. */
export interface AssetSupport {
  readonly supported: boolean | null
  readonly edge: boolean
}

const ENDED = 'ended'

/** Whether a text says when support ends: `ended`, or a day that the calendar has. */
export function isSupportEnd(text: string): boolean {
  return text === ENDED || endOf(text) !== null
}

/** The last instant of the day on which support ends; the first of all instants where it ended on a day nobody named; null: not said. */
export function supportEnd(support: string | null): Instant | null {
  return support === null ? null : support === ENDED ? instant(0) : endOf(support)
}

/** How an asset stands with its vendor now, by its tags. */
export function supportOf({ support, edge }: Pick<AssetTags, 'support' | 'edge'>, now: Instant): AssetSupport {
  const end = supportEnd(support)
  return { supported: end === null ? null : end > now, edge: edge === 'yes' }
}

/** What tags say of a device, as BOD 26-02 asks for it. */
export function edgeDeviceOf({ support, listed }: Pick<AssetTags, 'support' | 'listed'>): EdgeDevice {
  return { onCisaList: listed === 'yes' ? true : listed === 'no' ? false : null, supportEnds: supportEnd(support) }
}

function endOf(day: string): Instant | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null
  const start = parseInstant(`${day}T00:00:00Z`)
  return start === null ? null : instant(start + DAY - 1)
}
