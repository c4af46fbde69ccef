import type { LinkOut, UseLink } from '../../../contract/shapes/project.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentLink } from '../../../core/access/present/project.ts'
import { UNKNOWN_BUDGET } from '../../../core/cases/budget/budget.ts'
import type { Asker, CaseCommand } from '../../../core/cases/case-command.ts'
import { inertText } from '../../../core/cases/letters/inert-text.ts'
import { decideLink, type OneTimeLink } from '../../../core/cases/letters/one-time-link.ts'
import { readingOf } from '../../../core/cases/reading.ts'
import type { Id } from '../../../core/kernel/id.ts'
import { DAY, formatInstant, instant } from '../../../core/kernel/instant.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { type LetterBody, lockLetter, openLetter } from '../../store/letter.ts'
import { addNotice } from '../../store/notice.ts'
import { updateProject } from '../../store/project.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { storePaper } from '../cases/case-papers.ts'
import { carryOut, type Prepared } from '../cases/command-case.ts'
import { keepText } from '../cases/kept-text.ts'
import { type LoadedCase, loadCase } from '../cases/load-case.ts'
import { readClocks } from '../cases/releasing-now.ts'
import { pausedOf } from '../projects/add-project.ts'
import { headOf, loadProject } from '../projects/load-project.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { readerOf, readerOfProject } from './reader-of.ts'
import { digestOfToken } from './reply-places.ts'

const SAYS = {
  accept: 'You accept: you keep what you read secret until the date in the letter, and you take the report.',
  dispute: 'You say that this is no flaw, or not yours. Please say why.',
  ask: 'You ask a question; a person answers.',
  pause: 'You want no more letters for a while. What waits keeps its place.',
  unsubscribe: 'You want no reports for this project any more. A coordinator is told.',
} as const

interface Found {
  readonly link: OneTimeLink
  readonly case: string
  readonly party: string
  readonly project: string | null
  readonly digest: Buffer
}

/** What a link stands for; looking does nothing, for mail programs look by themselves. */
export async function readLink(desk: ProjectDesk, token: string): Promise<Answer<Presented<LinkOut>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const found = await findLink(desk, tx, token, false)
    if (found === null) return NOT_FOUND
    const { action, state, expires } = found.link
    return done(presentLink({ act: action, says: SAYS[action], expiresAt: formatInstant(expires), used: state !== 'open' }))
  })
}

/** Confirms a link: it acts once, as the contact that the letter went to. */
export async function takeLink(desk: ProjectDesk, token: string, given: UseLink): Promise<Answer<Presented<LinkOut>>> {
  try {
    return await inTransaction(desk.store, 'all', async (tx): Promise<Answer<Presented<LinkOut>>> => {
      const found = await findLink(desk, tx, token, true)
      if (found === null) return NOT_FOUND
      const { link } = found
      const { now } = await readClocks(desk, tx)
      const decision = decideLink(link, { type: 'confirm-link', action: link.action }, now)
      if (!decision.ok) return denied('link.refused', decision.say, decision.code)
      await tx.db
        .updateTable('letter_link')
        .set({ used_at: at(now) as never })
        .where('digest', '=', found.digest)
        .execute()
      const answer = await act(desk, tx, found, given)
      // Part of it may be written: none of it stays, and the link can be used again.
      if (!answer.ok) throw new Undone(answer)
      const { action, expires } = link
      return done(presentLink({ act: action, says: SAYS[action], expiresAt: formatInstant(expires), used: true }))
    })
  } catch (error) {
    if (error instanceof Undone) return error.answer
    throw error
  }
}

class Undone extends Error {
  override name = 'Undone'
  readonly answer: Exclude<Answer<never>, { ok: true }>
  constructor(answer: Exclude<Answer<never>, { ok: true }>) {
    super(answer.code)
    this.answer = answer
  }
}

/** Every text takes the same way: one digest, one look by key. */
async function findLink(desk: ProjectDesk, tx: Tx, token: string, lock: boolean): Promise<Found | null> {
  const digest = digestOfToken(desk, token.slice(0, 200))
  const query = tx.db
    .selectFrom('letter_link')
    .innerJoin('letter', 'letter.id', 'letter_link.letter_id')
    .select(['letter_link.act', 'letter_link.expires_at', 'letter_link.used_at', 'letter_link.case_id'])
    .select(['letter.id', 'letter.party_id', 'letter.project_id', 'letter.state'])
    .where('letter_link.digest', '=', digest)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (row === undefined || row.party_id === null || row.state === 'dropped') return null
  const used = row.used_at === null ? null : instant(row.used_at)
  const facts = { letter: row.id, action: row.act, expires: instant(row.expires_at) }
  const link: OneTimeLink = { ...facts, state: used === null ? 'open' : 'used', closedAt: used }
  return { link, case: row.case_id, party: row.party_id, project: row.project_id, digest }
}

async function act(desk: ProjectDesk, tx: Tx, found: Found, given: UseLink): Promise<Answer<null>> {
  const { action } = found.link
  const loaded = await loadCase(desk, tx, found.case, true)
  if (loaded === null || loaded.case.state === 'closed')
    return denied('link.refused', 'What this was about is closed.', 'case.closed')
  const row = await lockLetter(tx, found.link.letter)
  const letter = row === undefined ? null : openLetter(desk.keys, row)
  if (letter === null || !(await isStillContact(desk, tx, found, loaded, letter)))
    return denied('link.refused', 'This project names another contact now, and nothing was done.', 'contact.changed')
  const text = inertText(given.text).trim()
  if (action === 'pause' || action === 'unsubscribe') await quieten(desk, tx, found, loaded, given.days)
  else if (action === 'ask') {
    if (text === '') return denied('request.invalid', 'Write what you want to know.', 'text')
  } else {
    const answer =
      action === 'accept'
        ? await takeOn(desk, tx, loaded, found.party, letter.terms)
        : await dispute(desk, tx, loaded, found.party, text)
    if (!answer.ok) return answer
  }
  const after = (await loadCase(desk, tx, found.case, true)) ?? loaded
  if (text !== '') {
    const paper = {
      kind: 'message' as const,
      title: `Answer by link: ${action}`,
      participant: found.party,
      person: null,
      flaws: [],
    }
    await storePaper(desk, tx, after, { ...paper, readers: [after.case.chair], content: Buffer.from(text), at: null })
  }
  const { coordinator: organisation, id } = loaded.case
  await addNotice(tx, desk.random, { organisation, case: id, kind: `link-${action}`, thing: found.link.letter, at: loaded.now })
  return done(null)
}

/** Whoever has this link read the mail at the address of its letter: it speaks for the project while reports go there. */
async function isStillContact(
  desk: ProjectDesk,
  tx: Tx,
  { party, project }: Found,
  loaded: LoadedCase,
  letter: LetterBody,
): Promise<boolean> {
  const reader = await readerOf(desk, tx, loaded, party)
  if (reader !== null) return letter.to === reader.to
  // Who has left the case may still be the project's contact, and say what its project wants.
  const found = project === null ? null : await loadProject(desk, tx, project)
  return found === null || letter.to === readerOfProject(found).to
}

/** Agrees to the terms where that is asked, as the letter told them and to no others; and accepts the report once it is read. */
async function takeOn(
  desk: ProjectDesk,
  tx: Tx,
  loaded: LoadedCase,
  party: string,
  terms: number | null,
): Promise<Answer<null>> {
  let now = loaded
  const participant = party as Id<'participant'>
  const reading = readingOf(now.case, participant, now.now)
  const invited = reading.reads === 'invitation' ? reading : reading.reads === 'content' ? reading.invited : null
  if (invited !== null) {
    const told = await tell(desk, tx, now, party, { command: { do: 'accept-invitation', participant, terms } })
    if (!told.ok) return told
    now = told.value
  } else if (reading.reads === 'nothing')
    return denied('link.refused', 'Nothing is asked of you in this case now.', 'participant.not-asked')
  if (reading.reads !== 'content') return done(null)
  for (const move of ['receive', 'validate', 'accept'] as const) {
    const told = await tell(desk, tx, now, party, { command: { do: 'judge-report', participant, move, reason: null } })
    // Steps that were taken before are refused by core, and that is no harm here.
    if (told.ok) now = told.value
  }
  return done(null)
}

async function dispute(desk: ProjectDesk, tx: Tx, loaded: LoadedCase, party: string, text: string): Promise<Answer<null>> {
  if (text === '') return denied('request.invalid', 'Say why.', 'text')
  const participant = party as Id<'participant'>
  const kept = keepText(loaded.texts, text)
  if (!kept.ok) return kept
  const { digest: reason, texts } = kept.value
  const received = await tell(desk, tx, loaded, party, {
    command: { do: 'judge-report', participant, move: 'receive', reason: null },
  })
  const command = { do: 'judge-report', participant, move: 'invalidate', reason } as const
  const told = await tell(desk, tx, received.ok ? received.value : loaded, party, { command, body: { texts } })
  // Who has not agreed to the terms reads nothing to dispute: the words go to the coordinator all the same.
  return told.ok || readingOf(loaded.case, participant, loaded.now).reads !== 'content' ? done(null) : told
}

async function tell(
  desk: ProjectDesk,
  tx: Tx,
  loaded: LoadedCase,
  party: string,
  prepared: Prepared & { readonly command: CaseCommand },
): Promise<Answer<LoadedCase>> {
  const asker: Asker = { kind: 'contact', participant: party as Id<'participant'> }
  const told = await carryOut(desk, tx, loaded, asker, prepared)
  if (!told.ok) return told
  const after = await loadCase(desk, tx, loaded.case.id, true)
  return after === null ? denied('case.closed') : done(after)
}

/** A pause for so many days, or no reports at all any more. */
async function quieten(desk: ProjectDesk, tx: Tx, { project, link }: Found, { now }: LoadedCase, days: number): Promise<void> {
  const loaded = project === null ? null : await loadProject(desk, tx, project, true)
  if (loaded === null) return
  const { terms } = loaded
  const stated = terms.pace ?? { ...UNKNOWN_BUDGET, pausedUntil: null }
  const next =
    link.action === 'unsubscribe'
      ? { ...terms, optOut: { ...terms.optOut, reports: true } }
      : { ...terms, pace: { ...stated, pausedUntil: formatInstant(instant(now + days * DAY)) } }
  await updateProject(tx, headOf(loaded, { terms: next, pausedUntil: pausedOf(next) }))
}
