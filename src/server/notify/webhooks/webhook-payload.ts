import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'

/** What a webhook tells: a closed word, when, and ids. Who wants to know more asks the API, which asks who is asking. */
export interface WebhookPayload {
  /** For example `case.embargo-ended`. */
  readonly type: string
  readonly at: Instant
  /** Counts up for one target; a gap means that something is still on its way. */
  readonly sequence: number
  /** Ids and closed words by name, for example `case` and `state`. */
  readonly facts: Readonly<Record<string, string>>
}

const TYPE = /^[a-z]{1,20}(?:[.-][a-z]{1,20}){0,5}$/
const NAME = /^[a-z]{1,20}(?:-[a-z]{1,20}){0,3}$/
const ID = /^[a-z]{3,4}_[0-9a-hjkmnp-tv-z]{24}$/
const MOST_FACTS = 20

/** The bytes of a payload; null where it holds anything but ids and closed words, for nothing else may leave by this door. */
export function payloadBytes({ type, at, sequence, facts }: WebhookPayload): Uint8Array | null {
  const entries = Object.entries(facts).sort(([a], [b]) => (a < b ? -1 : 1))
  const plain =
    entries.length <= MOST_FACTS && entries.every(([name, value]) => NAME.test(name) && (ID.test(value) || NAME.test(value)))
  if (!TYPE.test(type) || !plain || !Number.isSafeInteger(sequence)) return null
  return new TextEncoder().encode(
    JSON.stringify({ type, timestamp: formatInstant(at), sequence, data: Object.fromEntries(entries) }),
  )
}
