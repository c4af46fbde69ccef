import type { Case } from '../../../core/cases/case.ts'
import { type Id, parseId } from '../../../core/kernel/id.ts'

/** The advisory by which a flaw of the case became public; null where it became so by other ways, or is not. */
export function publishedAs({ flaws }: Case): Id<'advisory'> | null {
  for (const { public: noted } of flaws) {
    const id = noted === null ? null : parseId('advisory', noted.evidence)
    if (id !== null) return id
  }
  return null
}
