import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { RecordsTaken } from '../../../contract/shapes/records.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentRecords } from '../../../core/access/present/record.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { FEED_HEAD, type FeedFile, feedFile } from '../../../formats/known/feed-file.ts'
import type { FeedKind } from '../../../formats/known/known-entry.ts'
import { type KnownEnd, KnownIntake } from '../../store/known-intake.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import { UnpackError, unpack } from '../findings/unpack.ts'
import type { KnownDesk } from './known-desk.ts'
import { KnownReading } from './known-reading.ts'
import { type Pace, steadyBody, TooSlow } from './steady-body.ts'

/** One upload of one file. */
export interface KnownFile {
  readonly source: AsyncIterable<Uint8Array>
  /** By which name it is known: a later file of that name takes its place. */
  readonly feed: string
  /** Null: items say themselves what they are. */
  readonly kind: FeedKind | null
  /** Whether what it does not list is gone; null: catalogues are whole, other files are not. */
  readonly whole: boolean | null
}

/** Bytes after unpacking. */
const MOST_BYTES = 32 * 2 ** 30
const MOST_AT_ONCE = 2
/** Whoever sends more slowly gives the place to others. */
const PACE = { bytes: 256 << 10, ms: 60_000 }
const STEP = 1 << 16
/** Bytes after which others have their turn. */
const TURN = 1 << 20
/** Weir's own advisories come by no file. */
export const OWN_FEED = 'weir'

/** Takes a file of other people's records in: all that can be read of it at once, or, where the upload breaks off, nothing. */
export async function importKnown(
  desk: KnownDesk,
  principal: Principal,
  file: KnownFile,
  pace: Pace = PACE,
): Promise<Answer<Presented<RecordsTaken>>> {
  if (desk.taking.now >= MOST_AT_ONCE)
    return denied('server.unavailable', 'Other files are being taken in; send it again when they are done.')
  desk.taking.now++
  try {
    const taken = await takeKnown(desk, { ...file, source: steadyBody(file.source, pace) }, principal.person)
    if (!taken.ok) return taken
    // Whoever sent it reads it as soon as they have the answer; other processes a moment later.
    // Should that fail, it is in all the same: whoever follows the database tells of it and tries again.
    await desk.follower.follow().catch(() => {})
    const shown = presentRecords(principal, taken.value)
    return shown === null ? NOT_FOUND : done(shown)
  } catch (error) {
    if (error instanceof TooSlow) return denied('request.invalid', 'Nothing was taken: it came too slowly.')
    if (!(error instanceof UnpackError)) throw error
    return denied(error.code === 'report.too-large' ? 'request.too-large' : 'report.not-decodable', 'Nothing was taken.')
  } finally {
    desk.taking.now--
  }
}

/** The same for whoever asks no policy: the server itself. */
export async function takeKnown(
  desk: Pick<KnownDesk, 'store' | 'clock'>,
  file: KnownFile,
  person: string | null,
): Promise<Answer<RecordsTaken>> {
  const chunks = unpack(file.source, MOST_BYTES)[Symbol.asyncIterator]()
  const head = await headOf(chunks)
  const reader = feedFile(head)
  if (reader === null)
    return denied(
      'report.unknown-format',
      'Nothing was taken: it is neither JSON, nor a zip of it, nor a table of KEV or EPSS.',
    )
  const whole = file.whole ?? reader.catalogue !== null
  const intake = await KnownIntake.open(desk.store, whole)
  try {
    const reading = new KnownReading(file.kind, reader.catalogue, intake, desk.clock())
    const digest = await readAll(reader, head, chunks, reading)
    const end = endOf(file.feed, whole, person, desk.clock(), digest, reading)
    const counts = await intake.end(end)
    return done(reading.taken(end, counts))
  } finally {
    await intake.close()
    await chunks.return?.(undefined)
  }
}

async function headOf(chunks: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  let held = 0
  while (held < FEED_HEAD) {
    const next = await chunks.next()
    if (next.done) break
    parts.push(next.value)
    held += next.value.length
  }
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts)
}

async function readAll(
  reader: FeedFile,
  head: Uint8Array,
  chunks: AsyncIterator<Uint8Array>,
  reading: KnownReading,
): Promise<Buffer> {
  const hash = createHash('sha256')
  let sinceTurn = 0
  const push = async (bytes: Uint8Array) => {
    hash.update(bytes)
    for (let at = 0; at < bytes.length; at += STEP) {
      const step = bytes.subarray(at, at + STEP)
      await reading.take(reader.push(step))
      sinceTurn += step.length
      if (sinceTurn < TURN) continue
      sinceTurn = 0
      await setImmediate()
    }
  }
  await push(head)
  for (let next = await chunks.next(); !next.done; next = await chunks.next()) await push(next.value)
  await reading.take(reader.end())
  await reading.flush()
  return hash.digest()
}

function endOf(
  feed: string,
  whole: boolean,
  person: string | null,
  now: number,
  digest: Buffer,
  reading: KnownReading,
): KnownEnd {
  const { catalogue, newest } = reading
  const kept = whole ? reading.keeps : null
  return {
    feed,
    digest,
    kind: reading.kind,
    whole,
    person,
    now,
    newest,
    catalogue: catalogue === null ? null : { ...catalogue, asOf: catalogue.asOf ?? newest },
    remove: whole && kept === null ? { spared: reading.spared } : null,
    setAside: reading.aside,
    counts: (counts) => reading.counts(whole, counts),
  }
}
