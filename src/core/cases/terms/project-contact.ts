import type { Id } from '../../kernel/id.ts'
import { type Instant, instant } from '../../kernel/instant.ts'
import { type Contact, sameContact, subjectOf } from './contact.ts'
import { type Proof, proofState } from './proof.ts'

/** A change of contact that waits. The old contact has been told and can stop it. */
export interface PendingChange {
  readonly to: Contact
  readonly by: string
  readonly proposedAt: Instant
  readonly dueAt: Instant
}

/** An organisation with accounts that proved itself and is to maintain the project in place of another, which was told and can stop it. */
export interface PendingMove {
  readonly to: string
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
  /** Whose accounts maintain it; null: nobody with an account was proved. */
  readonly organisation: string | null
  readonly move: PendingMove | null
  readonly proofs: readonly Proof[]
}

/** The subject under which an organisation with accounts proves itself. */
export const accountSubject = (organisation: string): string => `${ACCOUNT}${organisation}`

/** The organisation that such a subject stands for; null: it is the subject of a contact. */
export function accountOf(subject: string): string | null {
  return subject.startsWith(ACCOUNT) ? subject.slice(ACCOUNT.length) : null
}

const ACCOUNT = 'organisation:'

/** The next instant at which the clock has something to say to it; null: nothing waits. */
export function changeDue({ change, move }: Pick<ProjectContact, 'change' | 'move'>): Instant | null {
  if (change === null || move === null) return (change ?? move)?.dueAt ?? null
  return instant(Math.min(change.dueAt, move.dueAt))
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
