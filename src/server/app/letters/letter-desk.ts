import type { ActLetter, DraftLetter, LetterList, LetterOut } from '../../../contract/shapes/case.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentOwned } from '../../../core/access/present/project.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { type Id, parseId } from '../../../core/kernel/id.ts'
import { isNearCase } from '../../store/case.ts'
import { inTransaction, type Tx } from '../../store/connection.ts'
import { lettersOfCase, lockLetter } from '../../store/letter.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { type LoadedCase, loadCase, loadCases } from '../cases/load-case.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { obeyLetter } from './act-letter.ts'
import { type KnownProjects, letterView, projectsOf } from './letter-view.ts'
import { makeLetter } from './make-letter.ts'

/** Letters of a case, the newest first, for the organisation that coordinates it. */
export async function listLetters(desk: ProjectDesk, who: Principal, text: string): Promise<Answer<Presented<LetterList>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await coordinated(desk, tx, who, 'list', text)
    if (loaded === null) return NOT_FOUND
    const found = await lettersOfCase(tx, loaded.case.id)
    const known = await projectsOf(desk, tx, found)
    const rows: LetterOut[] = []
    for (const row of found) rows.push(...(await viewOf(desk, tx, loaded, row, known)))
    const view = presentOwned(who, 'letter', loaded.case.coordinator, { rows })
    return view === null ? NOT_FOUND : done(view)
  })
}

const SHOWN = 100

/** Letters over all cases that want a person: drafts, and those that came back or of which nobody knows. */
export async function waitingLetters(desk: ProjectDesk, who: Principal): Promise<Answer<Presented<LetterList>>> {
  const home = who.organisation
  if (home === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const found = await tx.db
      .selectFrom('letter')
      .innerJoin('case_file', 'case_file.id', 'letter.case_id')
      .selectAll('letter')
      .where('case_file.coordinator_id', '=', home)
      .where('case_file.stage', '=', 'open')
      .where('letter.state', 'in', ['draft', 'unsure', 'bounced', 'refused'])
      .orderBy('letter.made_at', 'desc')
      .limit(SHOWN)
      .execute()
    const cases = await loadCases(
      desk,
      tx,
      found.map(({ case_id }) => case_id),
    )
    const known = await projectsOf(desk, tx, found)
    const rows: LetterOut[] = []
    for (const row of found) {
      const loaded = cases.get(row.case_id)
      if (loaded !== undefined) rows.push(...(await viewOf(desk, tx, loaded, row, known)))
    }
    const view = presentOwned(who, 'letter', home, { rows })
    return view === null ? NOT_FOUND : done(view)
  })
}

/** Makes a draft from a template; nothing is sent. */
export async function draftLetter(
  desk: ProjectDesk,
  who: Principal,
  text: string,
  { template, party, text: words }: DraftLetter,
): Promise<Answer<Presented<LetterOut>>> {
  return await inTransaction(desk.store, 'all', async (tx) => {
    const loaded = await coordinated(desk, tx, who, 'send', text, true)
    if (loaded === null) return NOT_FOUND
    if (loaded.case.state === 'closed') return denied('case.closed')
    const { person } = who
    const made = await makeLetter(desk, tx, loaded, {
      kind: template,
      participant: party,
      words,
      person,
      step: null,
      next: null,
    })
    return made.ok ? await shown(desk, tx, who, loaded, made.value) : made
  })
}

/** Writes, sends, drops or settles a letter. A person sends, and no machine without one. */
export async function actLetter(
  desk: ProjectDesk,
  who: Principal,
  text: string,
  act: ActLetter,
): Promise<Answer<Presented<LetterOut>>> {
  const id = parseId('letter', text)
  const { person } = who
  if (id === null || person === null) return NOT_FOUND
  return await inTransaction(desk.store, 'all', async (tx) => {
    const found = await tx.db.selectFrom('letter').select('case_id').where('id', '=', id).executeTakeFirst()
    const loaded = found === undefined ? null : await coordinated(desk, tx, who, 'decide', found.case_id, true)
    const row = loaded === null ? undefined : await lockLetter(tx, id)
    if (loaded === null || row === undefined) return NOT_FOUND
    if (loaded.case.state === 'closed') return denied('case.closed')
    if (row.version !== act.version) return denied('letter.changed', 'Load it again and decide on what you see then.')
    const answer = await obeyLetter(desk, tx, loaded, row, act, person)
    return answer.ok ? await shown(desk, tx, who, loaded, id) : answer
  })
}

async function shown(
  desk: ProjectDesk,
  tx: Tx,
  who: Principal,
  loaded: LoadedCase,
  id: string,
): Promise<Answer<Presented<LetterOut>>> {
  const row = await lockLetter(tx, id)
  const [out] = row === undefined ? [] : await viewOf(desk, tx, loaded, row)
  const view = out === undefined ? null : presentOwned(who, 'letter', loaded.case.coordinator, out)
  return view === null ? NOT_FOUND : done(view)
}

async function viewOf(
  desk: ProjectDesk,
  tx: Tx,
  loaded: LoadedCase,
  row: Parameters<typeof letterView>[3],
  known?: KnownProjects,
): Promise<LetterOut[]> {
  const view = await letterView(desk, tx, loaded, row, known)
  return view === null ? [] : [view]
}

async function coordinated(
  desk: ProjectDesk,
  tx: Tx,
  who: Principal,
  action: 'list' | 'send' | 'decide',
  text: string,
  lock = false,
): Promise<LoadedCase | null> {
  const id = parseId('case', text)
  if (id === null || !(await isNearCase(tx, who.organisation, id))) return null
  const loaded = await loadCase(desk, tx, id, lock)
  if (loaded === null) return null
  const organisation = loaded.case.coordinator as Id<'organisation'>
  const subject = { noun: 'letter', stage: 'open', organisation, person: null, held: false } as const
  return permits(who, action, subject) ? loaded : null
}
