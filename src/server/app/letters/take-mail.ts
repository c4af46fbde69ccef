import { parseId } from '../../../core/kernel/id.ts'
import type { InMail } from '../../notify/mail/in-mail.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { letterSent, openLetter } from '../../store/letter.ts'
import { sealLetterBody } from '../../store/letter-queue.ts'
import { addNotice } from '../../store/notice.ts'
import { countPapers, MOST_PAPERS, storePaper } from '../cases/case-papers.ts'
import { type LoadedCase, loadCase } from '../cases/load-case.ts'
import { readClocks } from '../cases/releasing-now.ts'
import type { ProjectDesk } from '../projects/project-desk.ts'
import { type Correspondent, correspondentOf } from './reply-places.ts'

/** Whether an opaque address stands for somebody now. */
export async function isKnownAddress(desk: ProjectDesk, token: string): Promise<boolean> {
  return await inTransaction(desk.store, 'all', async (tx) => (await correspondentOf(desk, tx, token)) !== null)
}

/**
 * Stores a mail that came to an opaque address, once for each key: an answer as a paper of its case for the coordinator, a bounce at
 * its letter. Nothing in a mail changes a case by itself, for its sender proves nothing.
 */
export async function takeMail(desk: ProjectDesk, mail: InMail): Promise<void> {
  await inTransaction(desk.store, 'all', async (tx) => {
    const first = await correspondentOf(desk, tx, mail.token)
    if (first === null) throw new Unknown()
    const { now } = await readClocks(desk, tx)
    const fresh = await tx.db
      .insertInto('mail_taken')
      .values({ key: Buffer.from(mail.key, 'hex'), at: at(now) as never })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst()
    if (fresh === undefined) return
    if (parseId('project', first.case) !== null) return await takeForProject(desk, tx, first)
    const { from, loaded } = await homeOf(desk, tx, mail.token, first)
    // A case that is closed keeps nothing more; the address is answered as long as it is known.
    if (loaded === null || loaded.case.state === 'closed') return
    if (mail.kind === 'bounce' && mail.bounce?.action !== 'delivered' && mail.bounce?.action !== 'delayed')
      await takeBounce(desk, tx, loaded, from, mail)
    else await takeReply(desk, tx, loaded, from, mail)
  })
}

class Unknown extends Error {
  override name = 'Unknown'
  constructor() {
    super('a mail came for an address that is not known any more')
  }
}

// Cases that are merged into each other while one mail waits for them.
const MOST_MOVES = 10

/**
 * The case of an address, locked, and whom it stands for now: until the lock was there the case may have gone into another one, or
 * whom it stood for may have left. It throws where it stands for nobody any more, so that nothing is kept and the sender is told.
 */
async function homeOf(desk: ProjectDesk, tx: Tx, token: string, first: Correspondent) {
  let from = first
  for (let move = 0; move < MOST_MOVES; move++) {
    const loaded = await loadCase(desk, tx, from.case, true)
    const now = await correspondentOf(desk, tx, token, true)
    if (now === null) throw new Unknown()
    if (now.case === from.case) return { from: now, loaded }
    from = now
  }
  throw new Error('the case of an address changed again and again')
}

const TITLES = { reply: 'Answer by mail', auto: 'Answer of a machine', bounce: 'Report of a mail server' } as const

async function takeReply(desk: ProjectDesk, tx: Tx, loaded: LoadedCase, { party }: Correspondent, mail: InMail): Promise<void> {
  const { case: of } = loaded
  // Whoever knows an address could fill a disk with it: past this nothing is kept, and the coordinator is told each time.
  const room = MOST_PAPERS - (await countPapers(tx, of.id))
  // Until a coordinator has looked, nobody else reads what came by mail.
  const readers = [of.chair]
  const base = { participant: party, person: null, flaws: [], readers, at: null }
  const content = Buffer.from(mail.text.slice(0, 80_000) || '(without text)')
  if (room > 0)
    await storePaper(desk, tx, loaded, {
      kind: mail.kind === 'reply' ? 'reply' : 'machine',
      title: TITLES[mail.kind],
      ...base,
      content,
    })
  for (const file of mail.files.slice(0, Math.max(0, room - 1)))
    await storePaper(desk, tx, loaded, { kind: 'file', title: file.name, ...base, content: file.bytes })
  await addNotice(tx, desk.random, {
    organisation: of.coordinator,
    case: of.id,
    kind: `mail-${mail.kind}`,
    thing: null,
    at: loaded.now,
  })
}

/** The letter came back: it says so, and the ladder goes on to another contact. */
async function takeBounce(desk: ProjectDesk, tx: Tx, loaded: LoadedCase, from: Correspondent, mail: InMail): Promise<void> {
  const { case: of, now } = loaded
  const row = await letterSent(tx, from, mail.bounce?.messageId ?? null)
  const body = row === undefined ? null : openLetter(desk.keys, row)
  if (row === undefined || body === null) return await takeReply(desk, tx, loaded, from, mail)
  const says = `It came back${mail.bounce?.status ? ` (${mail.bounce.status})` : ''}: nobody reads mail at this address.`
  await tx.db
    .updateTable('letter')
    .set({ state: 'bounced', version: row.version + 1, body: sealLetterBody(desk, row, { ...body, says, cameBackAt: now }) })
    .where('id', '=', row.id)
    .execute()
  await addNotice(tx, desk.random, {
    organisation: of.coordinator,
    case: of.id,
    kind: 'letter-bounced',
    thing: row.id,
    at: now,
  })
}

/** Whoever reads the present contact's mail answered about a change of contact: a coordinator looks. */
async function takeForProject(desk: ProjectDesk, tx: Tx, { case: project }: Correspondent): Promise<void> {
  const row = await tx.db
    .selectFrom('project')
    .leftJoin('person', 'person.id', 'project.entered_by')
    .select('person.organisation_id')
    .where('project.id', '=', project)
    .executeTakeFirst()
  const { now } = await readClocks(desk, tx)
  if (row?.organisation_id)
    await addNotice(tx, desk.random, {
      organisation: row.organisation_id,
      case: null,
      kind: 'contact-answered',
      thing: project,
      at: now,
    })
}
