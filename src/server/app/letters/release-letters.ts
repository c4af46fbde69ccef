import { actionsIn } from '../../../core/cases/letters/link-places.ts'
import { linkToken } from '../../../core/cases/letters/link-token.ts'
import { replyAddress } from '../../../core/cases/letters/reply-address.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { at, type Tx } from '../../store/connection.ts'
import { type LetterBody, type LetterRecord, lockLetter, openLetter } from '../../store/letter.ts'
import { linkEnds, linkMac, sealLetterBody } from '../../store/letter-queue.ts'
import { readClocks } from '../cases/releasing-now.ts'
import { loadProject } from '../projects/load-project.ts'
import { type InLine, loadPace, mayGoFirst, mayGoLater } from '../projects/pace.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { isAstray, isMailedToo, isShown } from './letter-way.ts'
import { reachParties, showLetter } from './reach-parties.ts'
import { accountOf, readerOfProject } from './reader-of.ts'
import { digestOfToken, replyPlaces } from './reply-places.ts'

/**
 * Lets letters to a project go whose turn has come: first letters of cases in the order of the line as far as the pace has room,
 * emergencies at once, later ones outside of pauses and quiet hours. What was proved of the contact is asked once more for each.
 */
export async function releaseLetters(desk: ProjectDesk, tx: Tx, project: string): Promise<number> {
  const loaded = await loadProject(desk, tx, project, true)
  if (loaded === null) return 0
  const { now } = loaded
  const pace = await loadPace(tx, project, loaded.terms)
  const go: InLine[] = []
  let { sent } = pace
  const count = () => {
    sent = { ...sent, open: sent.open + 1, sentAt: [...sent.sentAt, now] }
  }
  for (const one of pace.line.filter(({ template }) => template === 'emergency')) {
    go.push(one)
    count()
  }
  for (const one of pace.line.filter(({ template }) => template !== 'emergency')) {
    if (!mayGoFirst({ budget: pace.budget, sent }, now, false).go) break
    go.push(one)
    count()
  }
  const quiet = !mayGoLater(pace, now).go
  go.push(...pace.later.filter(({ first, template }) => template === 'emergency' || (!first && !quiet)))
  let released = 0
  for (const { id } of go) {
    const row = await lockLetter(tx, id)
    const body = row === undefined ? null : openLetter(desk.keys, row)
    if (row === undefined || body === null || row.state !== 'queued') continue
    const account = accountOf(loaded, await organisationOf(tx, row))
    const reader = { ...readerOfProject(loaded), account }
    if (isAstray(reader, row.template)) {
      await backToDraft(desk, tx, row, { ...body, says: 'Another account answers for the project now.' })
      continue
    }
    if (isShown(reader, row.template) && !isMailedToo(desk, reader)) {
      await showLetter(desk, tx, row, body, now)
      released++
      continue
    }
    if (reader.to === null || reader.keyMissing || (body.sealed && !reader.mayReceiveSealed)) {
      const says = 'The contact changed since it was sent on its way; look at it again.'
      await backToDraft(desk, tx, row, { ...body, to: reader.to, says })
      continue
    }
    await releaseLetter(desk, tx, row, { ...body, to: reader.to, key: reader.key })
    released++
  }
  return released
}

async function organisationOf(tx: Tx, { case_id, party_id }: LetterRecord): Promise<string | null> {
  const row = await tx.db
    .selectFrom('case_party')
    .select('organisation_id')
    .where('case_id', '=', case_id)
    .where('id', '=', party_id ?? '')
    .executeTakeFirst()
  return row?.organisation_id ?? null
}

async function backToDraft(desk: ProjectDesk, tx: Tx, row: LetterRecord, body: LetterBody): Promise<void> {
  await tx.db
    .updateTable('letter')
    .set({ state: 'draft', asked_at: null, version: row.version + 1, body: sealLetterBody(desk, row, body) })
    .where('id', '=', row.id)
    .execute()
}

/** Fixes what the message is made of, once for all times it may be tried, and hands it to the process that sends. */
export async function releaseLetter(desk: ProjectDesk, tx: Tx, row: LetterRecord, body: LetterBody): Promise<void> {
  const { mailbox } = desk
  if (mailbox === null) return
  const { now } = await readClocks(desk, tx)
  const places = await replyPlaces(desk, tx, { case: row.case_id, party: row.party_id ?? '' })
  const messageId = `<${Buffer.from(desk.random(18)).toString('hex')}@${mailbox.domain}>`
  const fixed: LetterBody = {
    ...body,
    date: now,
    from: { name: desk.name, address: `${mailbox.local}@${mailbox.domain}` },
    replyTo: replyAddress(places.reply, mailbox),
    returnPath: replyAddress(places.bounce, mailbox),
    says: 'On its way.',
  }
  await tx.db
    .updateTable('letter')
    .set({
      message_id: messageId,
      send_at: at(now) as never,
      version: row.version + 1,
      body: sealLetterBody(desk, row, fixed),
    })
    .where('id', '=', row.id)
    .execute()
  if (row.party_id === null) return
  await reachParties(desk, tx, row, now)
  const expires = linkEnds(now)
  for (const action of actionsIn(body.text, body.site, body.reference)) {
    const token = linkToken(linkMac(desk), { letter: row.id, action, expires: instant(expires) })
    await tx.db
      .insertInto('letter_link')
      .values({
        digest: digestOfToken(desk, token),
        case_id: row.case_id,
        letter_id: row.id,
        act: action,
        expires_at: at(expires) as never,
        used_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
}

/** Projects for which something waits: pauses end, weeks pass, cases close. Returns how many letters went on their way. */
export async function waitingProjects(tx: Tx): Promise<string[]> {
  const rows = await tx.db
    .selectFrom('letter')
    .select('project_id')
    .distinct()
    .where('state', '=', 'queued')
    .where('send_at', 'is', null)
    .where('project_id', 'is not', null)
    .execute()
  return rows.flatMap(({ project_id }) => project_id ?? [])
}
