import type { CaseEvent } from '../../../core/cases/case-event.ts'
import { HOUR, SECOND } from '../../../core/kernel/instant.ts'
import type { MissedCount } from './funnel-step.ts'

/** Later than this by our own clock counts as missed. */
const OUR_END = SECOND
const OUR_LETTER = HOUR

/** Dates of each sort, as cases are read one after the other: what was due, and how much later it was kept. */
export class KeptDates {
  readonly #sorts = {
    'ends on the second': { whose: 'ours', what: 'embargo ended within a second of its end', of: 0, missed: 0, longest: 0 },
    'letter in the hour': { whose: 'ours', what: 'letter sent within an hour of its turn', of: 0, missed: 0, longest: 0 },
    invitation: { whose: 'others', what: 'invitation answered by its day', of: 0, missed: 0, longest: 0 },
    proposal: { whose: 'others', what: 'proposed end answered by its day', of: 0, missed: 0, longest: 0 },
  } satisfies Record<string, Sort>

  /** Reads the events of one case, the oldest first. */
  read(events: readonly CaseEvent[]): void {
    let endsAt: number | null = null
    for (const event of events) {
      if (event.type === 'embargo-accepted' || event.type === 'embargo-revised') endsAt = event.terms.endsAt
      if (event.type === 'embargo-ended' && event.why === 'end' && endsAt !== null)
        count(this.#sorts['ends on the second'], event.at - endsAt, OUR_END)
      if (event.type === 'invitation-accepted') count(this.#sorts.invitation, 0, 0)
      // Silence has no end that could be measured.
      if (event.type === 'invitation-declined') count(this.#sorts.invitation, event.silent ? null : 0, 0)
      if (event.type === 'embargo-answered') count(this.#sorts.proposal, 0, 0)
      if (event.type === 'proposal-rejected' && event.why === 'silence') count(this.#sorts.proposal, null, 0)
    }
  }

  /** One letter of a person's: its turn, and when it went; null where it has not gone yet by `now`. */
  letter(turnAt: number, sentAt: number | null, now: number): void {
    if (sentAt !== null || now - turnAt > OUR_LETTER)
      count(this.#sorts['letter in the hour'], (sentAt ?? now) - turnAt, OUR_LETTER)
  }

  get counts(): readonly MissedCount[] {
    return Object.values<Sort>(this.#sorts).map(({ longest, ...one }) => ({
      ...one,
      longestHours: longest > 0 ? Math.round((longest / HOUR) * 10) / 10 : null,
    }))
  }
}

interface Sort {
  readonly whose: 'ours' | 'others'
  readonly what: string
  of: number
  missed: number
  longest: number
}

/** `late`: by how many milliseconds; null: never kept. */
function count(sort: Sort, late: number | null, allowed: number): void {
  sort.of++
  if (late !== null && late <= allowed) return
  sort.missed++
  sort.longest = Math.max(sort.longest, late ?? 0)
}
