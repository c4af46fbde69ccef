import type { Case } from '../../../core/cases/case.ts'
import { isBinding } from '../../../core/cases/embargo-state.ts'
import type { Instant } from '../../../core/kernel/instant.ts'

/** The end of the embargo that stands; null: none stands, or it has no end. */
export function endsAt({ embargo }: Case): Instant | null {
  return isBinding(embargo.state) ? (embargo.terms?.endsAt ?? null) : null
}
