import type { Case, Participant } from '../../../core/cases/case.ts'
import { readingOf } from '../../../core/cases/reading.ts'
import type { Instant } from '../../../core/kernel/instant.ts'

export type Reads = 'nothing' | 'invitation' | 'content'

/** What a participant reads of a case at `now`, in one word. */
export function readsOf(of: Case, one: Participant, now: Instant): Reads {
  return readingOf(of, one.id, now).reads
}
