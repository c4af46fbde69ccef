import type { LetterKind } from '../../../core/cases/letters/letter-kind.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import type { Reader } from './reader-of.ts'

/** Letters with which a case comes to somebody; where they have an account, their inbox is where it comes. */
const INVITING: readonly string[] = ['invitation', 'emergency'] satisfies LetterKind[]

/** Whether a letter of that kind goes to that reader by showing in their inbox, mailed or not. */
export function isShown({ account }: Reader, kind: string): boolean {
  return account === 'theirs' && INVITING.includes(kind)
}

/** Whether whom a letter would show the case to does not answer for the project any more. */
export function isAstray({ account }: Reader, kind: string): boolean {
  return account === 'moved' && INVITING.includes(kind)
}

/** Whether a letter that shows in an inbox is mailed as well: mail is set up, and the address is proved to be the maintainer's. */
export function isMailedToo(desk: ProjectDesk, { to, keyMissing, mayReceiveSealed }: Reader): boolean {
  return desk.mailbox !== null && to !== null && !keyMissing && mayReceiveSealed
}
