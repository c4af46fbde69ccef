import { sql } from 'kysely'
import { POLICY } from '../../../core/access/policy-table.ts'
import type { Contact } from '../../../core/cases/terms/contact.ts'
import { mayReceiveSealed } from '../../../core/cases/terms/project-contact.ts'
import type { Tx } from '../../store/connection.ts'
import type { FixedKey } from '../../store/letter.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import { loadNames } from '../docket/names.ts'
import { type LoadedProject, loadProject } from '../projects/load-project.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'

/** Whom a letter to a participant of a case goes to. */
export interface Reader {
  readonly toWords: string
  /** Null: not by mail. */
  readonly to: string | null
  /** Why there is no address, in words; null where there is one. */
  readonly why: string | null
  readonly project: LoadedProject | null
  readonly key: FixedKey | null
  /** The contact names a PGP key that is not on file. */
  readonly keyMissing: boolean
  /** May it hold what only participants may know? */
  readonly mayReceiveSealed: boolean
  /** Whether the participant has an account that answers for the project; `moved`: it answered when it was invited. */
  readonly account: Account
}

export type Account = 'none' | 'theirs' | 'moved'

/** Who acts for a participant: a letter's links do too, so whoever only keeps an organisation's people gets none. */
const SPEAKERS = POLICY.filter(
  ({ noun, relation, may }) => noun === 'case' && relation === 'party' && may.includes('decide'),
).map(({ who }) => who)

/** The reader of a participant's letters: the contact of the project it answers for, else somebody of its organisation. */
export async function readerOf(
  desk: ProjectDesk,
  tx: Tx,
  loaded: LoadedCase,
  participant: string,
  known: ReadonlyMap<string, LoadedProject> = new Map(),
): Promise<Reader | null> {
  const one = loaded.case.participants.find(({ id, leftAt }) => id === participant && leftAt === null)
  if (one === undefined || one.id === loaded.case.chair) return null
  const project = loaded.projects[participant]
  if (project !== undefined) {
    const found = known.get(project) ?? (await loadProject(desk, tx, project))
    return found === null ? null : { ...readerOfProject(found), account: accountOf(found, one.organisation) }
  }
  if (one.organisation === null) return null
  const { organisations } = await loadNames(tx, [], [one.organisation])
  const name = organisations.get(one.organisation) ?? 'a participant'
  const person = await tx.db
    .selectFrom('person')
    .select('email')
    .where('organisation_id', '=', one.organisation)
    .where('state', '=', 'active')
    .where('email', 'is not', null)
    .where('out_of_cases', '=', false)
    .where(sql<boolean>`roles && ${SPEAKERS}::text[]`)
    .orderBy('created_at')
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  const to = person?.email ?? null
  const why = to === null ? 'Nobody of this organisation has an address here; they are told in their own inbox.' : null
  // People with an account read a case's content in the case, and never in their mail.
  return { toWords: name, to, why, project: null, key: null, keyMissing: false, mayReceiveSealed: false, account: 'none' }
}

/** How a participant's account stands to the project that it was invited for; null: it has none. */
export function accountOf({ row }: Pick<LoadedProject, 'row'>, organisation: string | null): Account {
  if (organisation === null) return 'none'
  return organisation === row.organisation_id ? 'theirs' : 'moved'
}

/** The reader behind a project: its contact in force. */
export function readerOfProject(project: LoadedProject): Reader {
  const { file, row, now } = project
  const { contact } = file
  if (contact === null) return { ...NOBODY, toWords: row.name, why: 'No contact of the project is known.', project }
  const byMail = contact.route === 'mail' || contact.route === 'coordinator'
  const key = keyOf(project, contact)
  return {
    toWords: row.name,
    to: byMail ? contact.at : null,
    why: byMail ? null : `The project takes reports at ${contact.at}: hand it over there and say here that you did.`,
    project,
    key: key ?? null,
    keyMissing: key === undefined,
    mayReceiveSealed: mayReceiveSealed(file, contact, now),
    account: 'none',
  }
}

const NOBODY = { to: null, key: null, keyMissing: false, mayReceiveSealed: false, account: 'none' } as const

/** The newest key of a contact; null: it names none; undefined: it names one that is not on file. */
function keyOf({ keys }: LoadedProject, contact: Contact): FixedKey | null | undefined {
  const [named] = contact.keys
  if (named === undefined) return null
  if (named.kind === 'age') return named
  const fingerprint = named.fingerprint.replaceAll(/\s/g, '').toUpperCase()
  const filed = keys.find((one) => one.fingerprint === fingerprint)
  return filed === undefined ? undefined : { kind: 'pgp', armoured: filed.armoured, fingerprint }
}
