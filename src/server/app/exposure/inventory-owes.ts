import { setImmediate } from 'node:timers/promises'
import { matchKey } from '../../../core/exposure/assess.ts'
import type { Component } from '../../../core/exposure/component.ts'
import type { ExposureDesk } from './exposure-desk.ts'

/** Components after which others have their turn. */
const AT_ONCE = 2_000

/**
 * How many records hold components that an organisation did not have yet: at least as many obligations as there would be of one class
 * of assets. Counting ends beyond `most`.
 */
export async function newlyOwed(
  { book, known }: Pick<ExposureDesk, 'book' | 'known'>,
  organisation: string,
  components: readonly Component[],
  most: number,
): Promise<number> {
  let owed = 0
  for (const [n, component] of components.entries()) {
    if (n % AT_ONCE === AT_ONCE - 1) await setImmediate()
    const held = known.lookUp(component).filter(({ match }) => match.affected === 'yes').length
    if (held === 0 || book.holders(matchKey(component)).has(organisation)) continue
    owed += held
    if (owed > most) break
  }
  return owed
}
