import type { Instant } from '../kernel/instant.ts'
import type { Case } from './case.ts'
import { CASE_REFUSALS, type CaseRefusal } from './case-refusal.ts'
import { isBinding } from './embargo-state.ts'
import { signatoriesOf } from './roster.ts'

/** Whether an advisory on the case may be published, and why or why not. */
export type MayPublish =
  | { readonly may: true; readonly because: 'no-embargo' | 'ended' | 'all-agreed' }
  | { readonly may: false; readonly reasons: readonly { readonly code: CaseRefusal; readonly say: string }[] }

/** Whether everybody whom the embargo binds has agreed to publish. */
export function allAgreed(of: Case): boolean {
  const agreed = new Set(of.agreedToPublish.map(({ participant }) => participant))
  return signatoriesOf(of).every(({ id }) => agreed.has(id))
}

/**
 * Whether the case may go out at `now`, which is the earlier of the clocks the caller knows. An embargo that never was or has
 * ended permits it, and so does everybody's word; none of them makes anybody a reader.
 */
export function mayPublish(of: Case, now: Instant): MayPublish {
  const not = (code: CaseRefusal): MayPublish => ({ may: false, reasons: [{ code, say: CASE_REFUSALS[code] }] })
  if (of.flaws.length === 0) return not('case.no-flaws')
  const { state, terms } = of.embargo
  if (!isBinding(state)) return { may: true, because: state === 'exited' ? 'ended' : 'no-embargo' }
  if (terms !== null && terms.endsAt !== null && terms.endsAt <= now) return { may: true, because: 'ended' }
  return allAgreed(of) ? { may: true, because: 'all-agreed' } : not('embargo.stands')
}
