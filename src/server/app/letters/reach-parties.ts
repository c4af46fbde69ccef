import { at, type Tx } from '../../store/connection.ts'
import type { LetterBody, LetterRecord } from '../../store/letter.ts'
import { noteSending } from '../../store/letter-counts.ts'
import { sealLetterBody } from '../../store/letter-queue.ts'
import { addNotice } from '../../store/notice.ts'
import { lineUp } from '../../store/webhook.ts'
import { loadCase } from '../cases/load-case.ts'
import { storeParties } from '../cases/store-case.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'

/** Lets a letter go by showing in its reader's inbox: no mail is needed for it. */
export async function showLetter(desk: ProjectDesk, tx: Tx, row: LetterRecord, body: LetterBody, now: number): Promise<void> {
  const gone = { ...body, to: null, key: null, date: now, says: 'Shown in their inbox.' }
  await tx.db
    .updateTable('letter')
    .set({
      state: 'sent',
      send_at: at(now) as never,
      sent_at: at(now) as never,
      version: row.version + 1,
      body: sealLetterBody(desk, row, gone),
    })
    .where('id', '=', row.id)
    .execute()
  await reachParties(desk, tx, row, now)
}

/**
 * Keeps that a project was written to about a case, and lets the case come to those who answer for the project with an account: its
 * invitation is theirs to read from now on, and they are told of it for the first time.
 */
export async function reachParties(
  desk: ProjectDesk,
  tx: Tx,
  { project_id: project, case_id: id }: Pick<LetterRecord, 'project_id' | 'case_id'>,
  now: number,
): Promise<void> {
  if (project === null) return
  const loaded = await loadCase(desk, tx, id, true)
  await noteSending(tx, project, id, now)
  if (loaded === null) return
  const { case: of, held, projects } = loaded
  await storeParties(tx, loaded, loaded.now)
  for (const one of of.participants) {
    const { organisation } = one
    if (organisation === null || !held.has(one.id) || projects[one.id] !== project) continue
    const kind = 'participant-invited'
    await addNotice(tx, desk.random, { organisation, case: id, kind, thing: null, at: now })
    await lineUp(tx, [organisation], of.coordinator, { kind: `case.${kind}`, thing: id, at: now }, desk.random)
  }
}
