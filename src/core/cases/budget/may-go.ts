import { type Instant, instant } from '../../kernel/instant.ts'
import { type Budget, type Sendings, weekFree } from './budget.ts'
import { type OffsetAt, quietUntil } from './quiet-hours.ts'

/** Why a case has to wait; a sentence for finder and maintainer alike. */
export const WAITS = {
  'budget.paused': 'The maintainer has paused until an instant.',
  'budget.paused-until-notice': 'The maintainer has paused until further notice.',
  'budget.nothing': 'The maintainer takes no cases at present.',
  'budget.open-full': 'As many cases are open as the maintainer takes at once; the next goes when one is closed.',
  'budget.week-full': 'As many cases were sent in the last seven days as the maintainer takes in a week.',
  'budget.quiet': 'It is quiet time at the maintainer’s.',
} as const

export type WaitCode = keyof typeof WAITS

export type MayGo =
  | { readonly go: true; readonly by: 'budget' }
  /** The first message then carries no details: it asks for a way to give them. */
  | { readonly go: true; readonly by: 'emergency' }
  | {
      readonly go: false
      /** The first reason; the others may last longer. */
      readonly why: WaitCode
      readonly says: string
      /** The first instant at which clocks alone let it go; null where it takes a person: a case closed, a pause ended. */
      readonly next: Instant | null
    }

/**
 * Whether one more case may go to the maintainer now. An emergency (the flaw is actively exploited) always may; it counts
 * afterwards like any other.
 */
export function mayGoNow(budget: Budget, sent: Sendings, now: Instant, offsetAt: OffsetAt, emergency = false): MayGo {
  if (emergency) return { go: true, by: 'emergency' }
  if (budget.pausedUntil === 'further-notice') return wait('budget.paused-until-notice', null)
  const week = weekFree(budget.perWeek, sent.sentAt, now)
  if (week === null || budget.openAtOnce <= 0) return wait('budget.nothing', null)
  const paused = budget.pausedUntil ?? now
  const clear = clearAt(budget, instant(Math.max(now, paused, week)), offsetAt)
  const full = sent.open >= budget.openAtOnce
  if (!full && clear <= now) return { go: true, by: 'budget' }
  const why = now < paused ? 'budget.paused' : full ? 'budget.open-full' : now < week ? 'budget.week-full' : 'budget.quiet'
  return wait(why, full ? null : clear)
}

/** The first instant from `at` on that is not quiet; nothing but quiet hours can take away again what was free. */
export function clearAt(budget: Budget, at: Instant, offsetAt: OffsetAt): Instant {
  return budget.quiet === null ? at : quietUntil(budget.quiet, at, offsetAt)
}

function wait(why: WaitCode, next: Instant | null): MayGo {
  return { go: false, why, says: WAITS[why], next }
}
