import { LETTERS } from '../../../core/cases/letters/letter-tables.ts'
import { renderLetter } from '../../../core/cases/letters/render-letter.ts'
import type { Contact } from '../../../core/cases/terms/contact.ts'
import { newId } from '../../../core/kernel/id.ts'
import type { Instant } from '../../../core/kernel/instant.ts'
import { at, type Tx } from '../../store/connection.ts'
import { insertLetter, type LetterBody, lockLetter } from '../../store/letter.ts'
import { sealLetterBody } from '../../store/letter-queue.ts'
import type { LoadedProject } from '../projects/load-project.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { newReference } from './letter-text.ts'
import { readerOfProject } from './reader-of.ts'
import { releaseLetter } from './release-letters.ts'

/** Tells the present contact that somebody asks for another one. Whoever asked sends it by asking: it must not wait for anybody. */
export async function tellOldContact(
  desk: ProjectDesk,
  tx: Tx,
  project: LoadedProject,
  old: Contact,
  dueAt: Instant,
): Promise<void> {
  const reader = readerOfProject({ ...project, file: { ...project.file, contact: old } })
  const [key] = reader.to === null || desk.mailbox === null ? [] : await desk.keys.allocate(1)
  if (reader.to === null || key === undefined) return
  const reference = newReference(desk.random)
  const zone = project.terms.pace?.quiet?.zone ?? 'UTC'
  const facts = { clearinghouse: desk.name, reference, site: desk.site, links: {}, software: project.row.name }
  const written = renderLetter(LETTERS['contact-change'], { ...facts, nextStepAt: { at: dueAt, zone } })
  if (!written.ok) return
  const id = newId('letter', desk.random)
  const { subject, text } = written
  const fixed = {
    from: null,
    replyTo: null,
    returnPath: null,
    date: null,
    sealed: false,
    byHand: false,
    scopeRead: false,
    terms: null,
    says: '',
  }
  // A key that is not on file keeps nothing back here: this letter names a project and a date, and must arrive.
  const body: LetterBody = {
    ...fixed,
    subject,
    text,
    reference,
    site: desk.site,
    to: reader.to,
    toWords: reader.toWords,
    key: reader.key,
  }
  const { id: home } = project.row
  const row = {
    case_id: home,
    id,
    party_id: null,
    project_id: home,
    template: 'contact-change',
    key_slot: key.slot,
    step: null,
  }
  const sealed = sealLetterBody(desk, { id, key_slot: key.slot }, { ...body, key: null })
  await insertLetter(tx, { ...row, body: sealed, madeAt: project.now, person: null })
  await tx.db
    .updateTable('letter')
    .set({ state: 'queued', asked_at: at(project.now) as never, send_at: at(project.now) as never })
    .where('id', '=', id)
    .execute()
  const queued = await lockLetter(tx, id)
  if (queued !== undefined) await releaseLetter(desk, tx, queued, body)
}
