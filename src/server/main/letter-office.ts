import { chmodSync, lstatSync, rmSync } from 'node:fs'
import type { Logger } from 'pino'
import { instant } from '../../core/kernel/instant.ts'
import { eachAlone } from '../app/each-alone.ts'
import { draftLadders } from '../app/letters/ladder-drafts.ts'
import { releaseLetters, waitingProjects } from '../app/letters/release-letters.ts'
import { isKnownAddress, takeMail } from '../app/letters/take-mail.ts'
import { tellCases } from '../app/notices/tell-cases.ts'
import type { ProjectDesk } from '../app/projects/project-desk.ts'
import { sweepProjects } from '../app/projects/sweep-projects.ts'
import { sleepUntilDue } from '../jobs/due-sleeper.ts'
import type { Ear } from '../jobs/ear.ts'
import { every } from '../jobs/timer.ts'
import { type Letterbox, openLetterbox, USUAL_LETTERBOX } from '../notify/mail/letterbox.ts'
import { openPost } from '../notify/mail/post.ts'
import { sealLetter } from '../notify/mail/seal-letter.ts'
import { openBell, systemLookup, USUAL_BELL } from '../notify/webhooks/bell.ts'
import { inTransaction } from '../store/connection.ts'
import { letterQueue } from '../store/letter-queue.ts'
import { nextProjectDue, PROJECTS_DUE } from '../store/project.ts'
import { webhookQueue } from '../store/webhook-queue.ts'
import type { MailSettings } from './mail-settings.ts'

export interface LetterOffice {
  stop(): Promise<void>
}

type Tell = (what: string) => (error: unknown) => void

/** What goes out and comes in by itself: letters whose turn has come, answers by LMTP, webhooks, notices, drafts that ladders propose. */
export async function startLetterOffice(
  desk: ProjectDesk,
  mail: MailSettings,
  ear: Ear,
  log: Logger,
  tell: Tell,
): Promise<LetterOffice> {
  const ending = new AbortController()
  const now = () => instant(desk.clock())
  const running: Promise<void>[] = []
  const post = mail.post === null ? null : openPost(mail.post, { store: letterQueue(desk), now, seal: sealLetter })
  if (post !== null) running.push(post.run(ending.signal, 2_000))
  const bell = openBell({ ...USUAL_BELL, own: mail.privateWebhooks }, { store: webhookQueue(desk), now, lookup: systemLookup })
  running.push(bell.run(ending.signal, 2_000))
  let letterbox: Letterbox | null = null
  if (mail.letterbox !== null && mail.mailbox !== null) {
    const settings = { ...USUAL_LETTERBOX, listen: mail.letterbox, mailbox: mail.mailbox }
    const known = (token: string) => isKnownAddress(desk, token)
    const path = 'socket' in mail.letterbox ? mail.letterbox.socket : null
    // A process that was killed leaves its socket behind, and nobody listens there any more.
    if (path !== null && lstatSync(path, { throwIfNoEntry: false })?.isSocket()) rmSync(path)
    letterbox = await openLetterbox(settings, { known, store: (one) => takeMail(desk, one) })
    // The mail server runs as another user: of the same group.
    if (path !== null) chmodSync(path, 0o660)
  } else log.info('no answers are taken by mail')
  const next = () => inTransaction(desk.store, 'all', nextProjectDue)
  const due = { channel: PROJECTS_DUE, clock: desk.clock, next, work: () => sweepProjects(desk) }
  const turns = [
    every(1, () => tellCases(desk), tell('what happened in cases could not be told')),
    sleepUntilDue(ear, due, tell('projects could not be told the time')),
    every(30, () => releaseWaiting(desk), tell('letters that wait could not be looked through')),
    every(300, () => draftLadders(desk), tell('ladders could not be drafted')),
  ]
  return {
    async stop() {
      ending.abort()
      await Promise.all(turns.map((turn) => turn.stop()))
      await letterbox?.close()
      await Promise.all(running)
      post?.close()
    },
  }
}

/** Looks once through what waits for its turn: pauses end, weeks pass, cases close. */
export async function releaseWaiting(desk: ProjectDesk): Promise<void> {
  const projects = await inTransaction(desk.store, 'all', waitingProjects)
  await eachAlone(projects, 1, (id) => inTransaction(desk.store, 'all', (tx) => releaseLetters(desk, tx, id)))
}
