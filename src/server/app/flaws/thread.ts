import type { MessageOut, Thread } from '../../../contract/shapes/flaw.ts'
import { rulesFor } from '../../../core/access/permits.ts'
import { presentThread } from '../../../core/access/present/flaw.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { open, seal } from '../../store/keys/seal.ts'
import { mayList, scopeFor } from '../../store/predicate.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'

const SHOWN = 500

/** Messages about one flaw, oldest first. Sealed with keys of their own: erasing the flaw erases them. */
export async function readThread(ground: Ground, who: Principal, flaw: string): Promise<Answer<Presented<Thread>>> {
  return await inTransaction(ground.store, scopeFor(who, 'read', 'thread'), async (tx) => {
    if (!(await exists(tx, who, flaw))) return NOT_FOUND
    const rows = await tx.db
      .selectFrom('message')
      .innerJoin('person', 'person.id', 'message.person_id')
      .innerJoin('organisation', 'organisation.id', 'message.organisation_id')
      .selectAll('message')
      .select(['person.name as person_name', 'organisation.name as organisation_name'])
      .where('message.subject', '=', flaw)
      .orderBy('message.at')
      .orderBy('message.id')
      .limit(SHOWN)
      .execute()
    const keys = ground.keys.get(rows.map((row) => row.key_slot))
    const messages: MessageOut[] = rows.map((row, i) => ({
      id: row.id,
      at: formatInstant(instant(row.at)),
      who: row.person_name,
      organisation: row.organisation_name,
      mine: row.person_id === who.person,
      text: keys[i] ? open(keys[i], row.body, `message/${row.id}/body`).toString('utf8') : 'Erased under its terms',
    }))
    const view = presentThread(who, { messages, canWrite: who.person !== null && rulesFor(who, 'write', 'thread').length > 0 })
    return view === null ? NOT_FOUND : done(view)
  })
}

/** Adds a message; only people write, and what was written is not changed. */
export async function writeThread(
  ground: Ground,
  who: Principal,
  flaw: string,
  text: string,
): Promise<Answer<Presented<Thread>>> {
  const { person, organisation } = who
  if (person === null || organisation === null) return NOT_FOUND
  const written = await inTransaction(ground.store, scopeFor(who, 'write', 'thread'), async (tx) => {
    if (!(await exists(tx, who, flaw))) return false
    const id = newId('message', ground.random)
    const [key] = await ground.keys.allocate(1)
    const body = seal(key!.key, Buffer.from(text), `message/${id}/body`, ground.random)
    await tx.db
      .insertInto('message')
      .values({
        subject: flaw,
        id,
        person_id: person,
        organisation_id: organisation,
        at: at(ground.clock()) as never,
        key_slot: key!.slot,
        body,
      })
      .execute()
    return true
  })
  return written ? await readThread(ground, who, flaw) : NOT_FOUND
}

async function exists(tx: Tx, who: Principal, flaw: string): Promise<boolean> {
  if (parseId('flaw', flaw) === null) return false
  const row = await tx.db
    .selectFrom('flaw')
    .select('id')
    .where('id', '=', flaw)
    .where(mayList(who, 'read', 'thread', { stage: 'flaw.stage' }))
    .executeTakeFirst()
  return row !== undefined
}
