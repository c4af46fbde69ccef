import type { Id } from '../../kernel/id.ts'
import type { Instant } from '../../kernel/instant.ts'
import { type Contact, sameContact, subjectOf } from './contact.ts'
import { type Proof, proofState } from './proof.ts'

/** A change of contact that waits. The old contact has been told and can stop it. */
export interface PendingChange {
  readonly to: Contact
  readonly by: string
  readonly proposedAt: Instant
  readonly dueAt: Instant
}

/** What only the project's maintainer can change; a coordinator entered it from the package's own records. */
export interface ProjectPlaces {
  readonly repository: string | null
  readonly domains: readonly string[]
  readonly purls: readonly string[]
}

/** Whom reports of one project go to, and what was proved of them. */
export interface ProjectContact {
  readonly project: Id<'project'>
  readonly places: ProjectPlaces
  readonly contact: Contact | null
  readonly change: PendingChange | null
  readonly proofs: readonly Proof[]
}

/** Whether this subject has a proof that holds. */
export function isProved(file: ProjectContact, subject: string, now: Instant): boolean {
  return file.proofs.some((proof) => proof.subject === subject && proofState(proof, now) === 'proved')
}

/**
 * Whether sealed things of the project may go to this contact: only to the contact in force, in address and keys, while its proof
 * holds. While a change is due and not yet made, nobody gets anything.
 */
export function mayReceiveSealed(file: ProjectContact, contact: Contact, now: Instant): boolean {
  if (file.contact === null || !sameContact(file.contact, contact)) return false
  if (file.change !== null && now >= file.change.dueAt) return false
  return isProved(file, subjectOf(contact), now)
}
