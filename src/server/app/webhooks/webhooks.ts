import type { ActWebhook, AddWebhook, WebhookList, WebhookOut } from '../../../contract/shapes/project.ts'
import { permits } from '../../../core/access/permits.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentOwned } from '../../../core/access/present/project.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { newId, parseId } from '../../../core/kernel/id.ts'
import { formatInstant, instant } from '../../../core/kernel/instant.ts'
import type { Ground } from '../../ground.ts'
import { DISABLED, type DisabledWhy } from '../../notify/webhooks/delivery-store.ts'
import { type PrivateHosts, parseTarget, TARGET_REFUSALS } from '../../notify/webhooks/webhook-target.ts'
import { at, inTransaction, type Tx } from '../../store/connection.ts'
import { addDelivery, isOrphaned, openWebhook, sealWebhook, type WebhookRecord } from '../../store/webhook.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'

/** Of one organisation. */
const MOST = 20

const ORPHANED =
  'Whoever set it up has left or takes part in no case, so it is told of none. Turn it off and on again, and it is yours.'

/** The prefix that receivers of Standard Webhooks know a secret by. */
const secretText = (secret: string) => `whsec_${secret}`

/** Webhooks of the asker's organisation; their secrets are not shown. */
export async function listWebhooks(ground: Ground, who: Principal): Promise<Answer<Presented<WebhookList>>> {
  const home = who.organisation
  if (home === null) return NOT_FOUND
  return await inTransaction(ground.store, 'all', async (tx) => {
    const found = await tx.db
      .selectFrom('webhook')
      .selectAll()
      .where('organisation_id', '=', home)
      .orderBy('made_at')
      .orderBy('id')
      .execute()
    const rows: WebhookOut[] = []
    for (const row of found) rows.push(await webhookOut(ground, tx, row, null))
    const view = presentOwned(who, 'webhook', home, { rows })
    return view === null ? NOT_FOUND : done(view)
  })
}

/** Adds a webhook; its secret is in this answer and in no other. */
export async function addWebhook(
  ground: Ground,
  own: PrivateHosts,
  who: Principal,
  { url }: AddWebhook,
): Promise<Answer<Presented<WebhookOut>>> {
  const { organisation: home, person } = who
  if (home === null || person === null || !mayAct(who, 'send', home)) return NOT_FOUND
  const target = parseTarget(url, own)
  if (typeof target === 'string') return denied('webhook.refused', TARGET_REFUSALS[target], target)
  const [key] = await ground.keys.allocate(1)
  if (key === undefined) throw new Error('the key store gave no key')
  const secret = freshSecret(ground)
  const answer = await inTransaction(ground.store, 'all', async (tx): Promise<Answer<Presented<WebhookOut>>> => {
    const { n } = await tx.db
      .selectFrom('webhook')
      .select((of) => of.fn.countAll<number>().as('n'))
      .where('organisation_id', '=', home)
      .executeTakeFirstOrThrow()
    if (Number(n) >= MOST) return denied('quota.exceeded', `At most ${MOST} webhooks of one organisation.`)
    const id = newId('webhook', ground.random)
    const body = sealWebhook(key.key, id, { url, secrets: [secret] }, ground.random)
    const made = { made_at: at(ground.clock()) as never, failed_since: null, why: null }
    const row = await tx.db
      .insertInto('webhook')
      .values({ id, organisation_id: home, person_id: person, key_slot: key.slot, body, state: 'active', ...made })
      .returningAll()
      .executeTakeFirstOrThrow()
    const view = presentOwned(who, 'webhook', home, await webhookOut(ground, tx, row, secret))
    return view === null ? NOT_FOUND : done(view)
  })
  if (!answer.ok) await ground.keys.erase([key.slot])
  return answer
}

/** Gives a new secret (the old one signs beside it until the next time), turns off or on, or rings once for a test. */
export async function actWebhook(
  ground: Ground,
  who: Principal,
  text: string,
  { do: what }: ActWebhook,
): Promise<Answer<Presented<WebhookOut>>> {
  const id = parseId('webhook', text)
  const home = who.organisation
  if (id === null || home === null || !mayAct(who, 'decide', home)) return NOT_FOUND
  return await inTransaction(ground.store, 'all', async (tx) => {
    const row = await tx.db
      .selectFrom('webhook')
      .selectAll()
      .where('id', '=', id)
      .where('organisation_id', '=', home)
      .forUpdate()
      .executeTakeFirst()
    if (row === undefined) return NOT_FOUND
    const secret = what === 'rotate' ? freshSecret(ground) : null
    const set = secret === null ? changes(what, row, who.person ?? row.person_id) : { body: rotated(ground, row, secret) }
    const after = await tx.db.updateTable('webhook').set(set).where('id', '=', id).returningAll().executeTakeFirstOrThrow()
    if (what === 'turn-on')
      await tx.db
        .updateTable('delivery')
        .set({ next_at: at(ground.clock()) as never, attempts: 0, first_tried_at: null, lease: null })
        .where('webhook_id', '=', id)
        .where('done_at', 'is', null)
        .execute()
    if (what === 'test')
      await addDelivery(
        tx,
        { webhook: id, sequence: after.sequence },
        { kind: 'webhook.test', thing: null, at: ground.clock() },
        ground.random,
      )
    const view = presentOwned(who, 'webhook', home, await webhookOut(ground, tx, after, secret))
    return view === null ? NOT_FOUND : done(view)
  })
}

/** Whoever turns it on answers for it from then on. */
function changes(what: ActWebhook['do'], { sequence, state }: WebhookRecord, person: string) {
  if (what === 'turn-off') return { state: 'off' as const, why: null }
  if (what === 'turn-on') return { state: 'active' as const, why: null, failed_since: null, person_id: person }
  return { sequence: sequence + 1, state }
}

function rotated(ground: Ground, row: WebhookRecord, secret: string): Buffer {
  const [key] = ground.keys.get([row.key_slot])
  if (!key) throw new Error('the key of a webhook is not there')
  const { url, secrets } = openWebhook(key, row)
  return sealWebhook(key, row.id, { url, secrets: [secret, ...secrets.slice(0, 1)] }, ground.random)
}

function freshSecret({ random }: Pick<Ground, 'random'>): string {
  return Buffer.from(random(32)).toString('base64')
}

function mayAct(who: Principal, action: 'send' | 'decide', home: NonNullable<Principal['organisation']>): boolean {
  return permits(who, action, { noun: 'webhook', stage: 'open', organisation: home, person: null, held: false })
}

async function webhookOut(ground: Ground, tx: Tx, row: WebhookRecord, secret: string | null): Promise<WebhookOut> {
  const [key] = ground.keys.get([row.key_slot])
  const { n } = await tx.db
    .selectFrom('delivery')
    .select((of) => of.fn.countAll<number>().as('n'))
    .where('webhook_id', '=', row.id)
    .where('done_at', 'is', null)
    .executeTakeFirstOrThrow()
  const why = row.why !== null && Object.hasOwn(DISABLED, row.why) ? DISABLED[row.why as DisabledWhy] : null
  const { orphaned } = await tx.db
    .selectFrom('webhook')
    .select(isOrphaned('webhook').as('orphaned'))
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow()
  const stopped = orphaned && row.state === 'active' ? ORPHANED : null
  const failing = row.failed_since === null ? null : `It fails since ${formatInstant(instant(row.failed_since))}.`
  return {
    id: row.id,
    url: key ? openWebhook(key, row).url : '',
    state: row.state,
    says: why ?? stopped ?? failing ?? (row.state === 'off' ? 'It is turned off.' : 'It is told what happens.'),
    waiting: Number(n),
    madeAt: formatInstant(instant(row.made_at)),
    secret: secret === null ? null : secretText(secret),
  }
}
