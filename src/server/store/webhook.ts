import { type Selectable, sql } from 'kysely'
import { newId, type Random } from '../../core/kernel/id.ts'
import type { WebhookTable } from './case-tables.ts'
import { at, type Tx } from './connection.ts'
import { openJson, sealJson } from './keys/seal.ts'

export type WebhookRecord = Selectable<WebhookTable>

/** What a webhook's row keeps sealed: where it goes, and one secret, or two while it changes. */
export interface WebhookBody {
  readonly url: string
  /** Base64; the newest first. */
  readonly secrets: readonly string[]
}

const place = (id: string) => `webhook/${id}/body`

/** A webhook's body, sealed for its row. */
export function sealWebhook(key: Uint8Array, id: string, body: WebhookBody, random: Random): Buffer {
  return sealJson(key, body, place(id), random)
}

/** The body that a row holds. */
export function openWebhook(key: Uint8Array, row: Pick<WebhookRecord, 'id' | 'body'>): WebhookBody {
  return openJson<WebhookBody>(key, row.body, place(row.id))
}

/** Whether whoever set up a webhook has left, or is kept out of cases: what they chose to be called is told of none any more. */
export function isOrphaned(webhook: string) {
  return sql<boolean>`exists (select from person maker where maker.id = ${sql.ref(`${webhook}.person_id`)}
    and (maker.state = 'left' or maker.out_of_cases))`
}

/** Something that happened, in closed words and ids. */
export interface Told {
  readonly kind: string
  readonly thing: string | null
  readonly at: number
}

/**
 * Puts what happened in line for every webhook of those organisations that is on or will be; each gets its next number. Of the
 * `coordinator`, whose house knows of no case but for those who coordinate, only what one of these set up; and nothing that somebody
 * set up who takes part in no case any more.
 */
export async function lineUp(
  tx: Tx,
  organisations: readonly string[],
  coordinator: string,
  told: Told,
  random: Random,
): Promise<void> {
  if (organisations.length === 0) return
  const rows = await tx.db
    .updateTable('webhook')
    .set((of) => ({ sequence: of('sequence', '+', 1) }))
    .where('organisation_id', 'in', [...organisations])
    .where('state', '=', 'active')
    .where(sql<boolean>`not ${isOrphaned('webhook')}`)
    .where(sql<boolean>`(webhook.organisation_id <> ${coordinator} or exists (select from person maker
      where maker.id = webhook.person_id and 'coordinator' = any(maker.roles)))`)
    .returning(['id', 'sequence'])
    .execute()
  for (const { id, sequence } of rows) await addDelivery(tx, { webhook: id, sequence }, told, random)
}

/** One delivery under a number that was taken for it. */
export async function addDelivery(
  tx: Tx,
  to: { readonly webhook: string; readonly sequence: number },
  { kind, thing, at: when }: Told,
  random: Random,
): Promise<void> {
  await tx.db
    .insertInto('delivery')
    .values({
      webhook_id: to.webhook,
      sequence: to.sequence,
      id: newId('delivery', random),
      kind,
      thing,
      at: at(when) as never,
      next_at: at(when) as never,
      lease: null,
      first_tried_at: null,
      done_at: null,
    })
    .execute()
}
