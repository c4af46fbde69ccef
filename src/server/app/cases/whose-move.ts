import type { Case, Participant } from '../../../core/cases/case.ts'
import { isBinding } from '../../../core/cases/embargo-state.ts'
import { mayPublish } from '../../../core/cases/publishing.ts'
import { isMaker, isReader } from '../../../core/cases/roster.ts'
import { isFixReady } from '../../../core/cases/vendor-step.ts'
import type { Instant } from '../../../core/kernel/instant.ts'

export interface Move {
  readonly whose: 'coordinator' | 'maintainer' | 'nobody'
  readonly next: string
}

/** What is to be done next in a case, and by whom. */
export function nextMove(of: Case, now: Instant): Move {
  if (of.state === 'closed') return { whose: 'nobody', next: 'The case is closed.' }
  if (of.claims.length > 0)
    return { whose: 'coordinator', next: 'Somebody says that something is public or attacked: confirm it, or look into it.' }
  const { open, state } = of.embargo
  if (open.some(({ answers }) => !answers.some(({ participant }) => participant === of.chair)) && asksChair(of))
    return { whose: 'coordinator', next: 'Answer the proposal for the end of the embargo.' }
  const invited = of.participants.filter(({ respondBy, leftAt }) => respondBy !== null && leftAt === null)
  const makers = of.participants.filter(({ kind, leftAt }) => isMaker(kind) && leftAt === null)
  if (makers.length === 0) return { whose: 'coordinator', next: 'Invite who can fix it.' }
  if (makers.some((one) => asksOf(of, one) === 'report'))
    return { whose: 'maintainer', next: 'The maintainer looks at the report.' }
  if (invited.length > 0)
    return { whose: 'maintainer', next: `${count(invited.length, 'party answers', 'parties answer')} an invitation.` }
  if (open.length > 0) return { whose: 'maintainer', next: 'The parties answer a proposal for the end of the embargo.' }
  const works = makers.flatMap((one) => (one.report === 'accepted' ? one.works : []))
  if (works.some(({ step }) => step === null || !isFixReady(step))) return { whose: 'maintainer', next: 'A fix is being made.' }
  if (makers.every(({ report }) => report === 'deferred' || report === 'closed' || report === 'invalid') && isBinding(state))
    return { whose: 'coordinator', next: 'Nobody works on a fix: decide how it goes on.' }
  return mayPublish(of, now).may
    ? { whose: 'coordinator', next: 'Publish what there is to say, then close the case.' }
    : { whose: 'nobody', next: 'Wait for the end of the embargo, or for everybody’s word.' }
}

function asksChair({ embargo, chair }: Case): boolean {
  return embargo.open.some(
    ({ proposedBy, answers }) => proposedBy !== chair && !answers.some(({ participant }) => participant === chair),
  )
}

export type Asked = 'invitation' | 'proposal' | 'report' | 'approval'

/** What is asked of that participant now; null: nothing. */
export function asksOf(of: Case, one: Participant): Asked | null {
  if (of.state === 'closed' || one.leftAt !== null || one.id === of.chair) return null
  if (one.respondBy !== null) return 'invitation'
  if (!isReader(of, one)) return null
  const unanswered = of.embargo.open.some(
    ({ proposedBy, answers }) => proposedBy !== one.id && !answers.some(({ participant }) => participant === one.id),
  )
  if (unanswered) return 'proposal'
  if (isMaker(one.kind) && ['start', 'received', 'valid'].includes(one.report)) return 'report'
  return one.works.some(({ stated }) => stated !== null) ? 'approval' : null
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`
}
