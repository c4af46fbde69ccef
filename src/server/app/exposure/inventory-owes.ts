import { setImmediate } from 'node:timers/promises'
import { matchKey } from '../../../core/exposure/assess.ts'
import type { Component } from '../../../core/exposure/component.ts'
import type { ExposureDesk } from './exposure-desk.ts'

/** Components after which others have their turn. */
const AT_ONCE = 2_000

/** What an inventory comes to before it is kept. */
export interface Owes {
  /** Keys of components that records hold. */
  readonly places: readonly string[]
  /** How many records hold them: at least as many obligations as there would be of one class of assets. */
  readonly records: number
  /** Forgets what was made ready. */
  readonly done: () => void
}

/**
 * Holds the components of an inventory against the records, whether or not another organisation has them already: how long that takes
 * tells nothing of others. What was found is taken over when the inventory is. Counting ends beyond `most` records.
 */
export async function readOwes(
  { book }: Pick<ExposureDesk, 'book'>,
  components: readonly Component[],
  most: number,
): Promise<Owes> {
  const ready: string[] = []
  const places: string[] = []
  let records = 0
  for (const [n, component] of components.entries()) {
    if (n % AT_ONCE === AT_ONCE - 1) await setImmediate()
    const key = matchKey(component)
    const matches = book.makeReady(key, component)
    ready.push(key)
    const held = matches.filter(({ match }) => match.affected === 'yes').length
    if (held === 0) continue
    places.push(key)
    records += held
    if (records > most) break
  }
  return { places, records, done: () => book.forgetReady(ready) }
}
