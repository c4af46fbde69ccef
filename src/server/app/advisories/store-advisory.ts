import { hash } from 'node:crypto'
import type { Advisory } from '../../../core/advisories/advisory.ts'
import type { AdvisoryEvent } from '../../../core/advisories/advisory-event.ts'
import { type Edition, editionOf } from '../../../core/advisories/edition.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import { openInterval } from '../../ledger/open-interval.ts'
import { putAdvisory, putAdvisoryEntry } from '../../store/advisory.ts'
import type { Tx } from '../../store/connection.ts'
import { appendEvents } from '../../store/events.ts'
import type { DataKey } from '../../store/keys/key-store.ts'
import { type AdvisoryBody, sealAdvisory } from './advisory-body.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { editionFiles } from './edition-files.ts'

export interface AdvisoryChange {
  readonly body: AdvisoryBody
  readonly case: string
  readonly key: DataKey
  readonly now: Instant
  readonly events: readonly AdvisoryEvent[]
}

const OUT = ['advisory-published', 'advisory-corrected', 'advisory-withdrawn']

/**
 * Stores an advisory after a command, in the running transaction: the sealed body, what everyone reads once it is out, what
 * happened into the outbox, and for what goes out an entry of the ledger with the digest of every file.
 */
export async function storeAdvisory(desk: AdvisoryDesk, tx: Tx, change: AdvisoryChange): Promise<void> {
  const { body, key, now, events } = change
  const { advisory } = body
  const edition = storable(editionOf(advisory))
  await putAdvisory(tx, {
    id: advisory.id,
    version: advisory.version,
    state: advisory.state,
    case: change.case,
    slot: key.slot,
    body: sealAdvisory(key.key, body, desk.random),
    public: edition,
    releaseAt: advisory.release,
    publishedAt: edition?.released ?? null,
    changedAt: now,
  })
  await appendEvents(
    tx,
    events.map((event, n) => ({
      aggregate: 'advisory' as const,
      aggregate_id: advisory.id,
      version: advisory.version - events.length + n + 1,
      type: event.type,
      at: event.at,
      actor: event.by === null ? 'system:advisory' : `person:${event.by}`,
      payload: {},
    })),
  )
  if (edition !== null && events.some(({ type }) => OUT.includes(type))) await commitEdition(desk, tx, advisory, edition)
}

/** What the records hold as JSON has no NUL; every rendering shows one as U+FFFD anyway. */
function storable(edition: Edition | null): Edition | null {
  const plain = (_: string, value: unknown) => (typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value)
  return edition === null ? null : (JSON.parse(JSON.stringify(edition, plain)) as Edition)
}

async function commitEdition(desk: AdvisoryDesk, tx: Tx, { id, version }: Advisory, edition: Edition): Promise<void> {
  const statement = statementOf(desk, edition)
  const entry = `${id}/${version}`
  const interval = await openInterval(tx, desk.keys)
  const { bytes, position } = interval.commit(entry, statement)
  const place = { interval: interval.index, position, commitment: bytes }
  await putAdvisoryEntry(tx, { id: entry, advisory: id, version, statement, ...place })
}

/** What the ledger holds of an edition: its revision, and the SHA-256 of every file of it as it was published. */
function statementOf({ publisher }: AdvisoryDesk, edition: Edition) {
  return {
    type: 'weir/advisory/1',
    advisory: edition.id,
    revision: edition.history.at(-1)?.number ?? 1,
    released: formatInstant(edition.released),
    updated: formatInstant(edition.updated),
    withdrawn: edition.withdrawn !== null,
    files: editionFiles(edition, publisher).map(({ path, text }) => ({ path, sha256: hash('sha256', text, 'hex') })),
  }
}
