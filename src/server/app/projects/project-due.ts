import type { Stewardship } from '../../../core/cases/steward/stewardship.ts'
import { changeDue, type ProjectContact } from '../../../core/cases/terms/project-contact.ts'

/** The next instant at which the clock has something to say to a project: to a change that waits, or to its stewardship; null: none. */
export function projectDue(file: ProjectContact, care: Stewardship | null): number | null {
  const own = care !== null && care.ended === null && care.state !== 'escalated' ? care.dueAt : null
  const change = changeDue(file)
  return own === null ? change : change === null ? own : Math.min(own, change)
}
