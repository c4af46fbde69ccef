import type { LetterOut } from '../../../contract/shapes/case.ts'
import type { LetterKind } from '../../../core/cases/letters/letter-kind.ts'
import { readiness } from '../../../core/cases/terms/readiness.ts'
import type { Tx } from '../../store/connection.ts'
import type { LoadedCase } from '../cases/load-case.ts'
import { readsOf } from '../cases/reads-of.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { isAstray, isShown } from './letter-way.ts'
import type { Reader } from './reader-of.ts'
import { caseContent } from './report-facts.ts'

type Missing = LetterOut['missing']

/** Letters that a project's terms are held against: those that bring a report, or ask for the consent to bring it. */
const REPORTS: readonly LetterKind[] = ['invitation', 'first-report', 'patch-offer']

export interface Letter {
  readonly kind: LetterKind
  readonly participant: string | null
  readonly text: string
  readonly sealed: boolean
  readonly scopeRead: boolean
  readonly byHand: boolean
}

/** Everything that keeps a letter from being sent as it stands, each with its sentence; none: a person may send it. */
export async function checkLetter(
  desk: ProjectDesk,
  tx: Tx,
  loaded: LoadedCase,
  reader: Reader | null,
  letter: Letter,
): Promise<Missing> {
  if (reader === null) return [SAYS['reader.gone']]
  const { kind, sealed } = letter
  if (letter.byHand) return [SAYS['step.by-hand']]
  const missing: Missing = []
  if (isAstray(reader, kind)) missing.push(SAYS['account.moved'])
  if (!isShown(reader, kind)) missing.push(...mailMissing(desk, reader))
  if (sealed && reader.project === null) missing.push(SAYS['reader.account'])
  else if (sealed && !reader.mayReceiveSealed) missing.push(SAYS['contact.unproved'])
  const one = loaded.case.participants.find(({ id }) => id === letter.participant)
  if (sealed && kind !== 'needs-info' && (one === undefined || readsOf(loaded.case, one, loaded.now) !== 'content'))
    missing.push(SAYS['consent.none'])
  if (kind === 'emergency' && !loaded.case.flaws.some(({ attacks }) => attacks !== null)) missing.push(SAYS['attacks.none'])
  if (reader.project !== null && REPORTS.includes(kind)) {
    const { facts } = await caseContent(desk, tx, loaded)
    const characters = [...letter.text].length
    const ready = readiness(reader.project.terms, { ...facts, characters, scopeRead: letter.scopeRead })
    if (!ready.ready) missing.push(...ready.missing)
  }
  return missing
}

function mailMissing({ mailbox }: ProjectDesk, { to, why, keyMissing }: Reader): Missing {
  const missing: Missing = []
  if (to === null) missing.push({ code: 'route.not-mail', says: why ?? SAYS['reader.gone'].says })
  else if (mailbox === null) missing.push(SAYS['mail.none'])
  if (keyMissing) missing.push(SAYS['key.not-on-file'])
  return missing
}

const SAYS = {
  'step.by-hand': { code: 'step.by-hand', says: 'This step is a person’s own doing: do it, then say here that you did.' },
  'reader.gone': { code: 'reader.gone', says: 'The reader takes no part in this case any more.' },
  'account.moved': {
    code: 'account.moved',
    says: 'Another account answers for this project now: invite the project anew.',
  },
  'mail.none': { code: 'mail.none', says: 'This instance sends no mail; its operator sets WEIR_SMTP and WEIR_MAIL_FROM.' },
  'key.not-on-file': {
    code: 'key.not-on-file',
    says: 'The contact names a PGP key that is not on file; nothing goes in plain instead.',
  },
  'reader.account': { code: 'reader.account', says: 'Who has an account reads this in the case, and not by mail.' },
  'contact.unproved': {
    code: 'contact.unproved',
    says: 'The contact is not proved to be the maintainer; nothing sealed goes there.',
  },
  'consent.none': { code: 'consent.none', says: 'The reader has not agreed to the terms of this case yet.' },
  'attacks.none': { code: 'attacks.none', says: 'An emergency is a flaw that is attacked, and nobody confirmed that here.' },
} as const
