import { createHash } from 'node:crypto'
import { type FeedFile, openFeed, parseFeed, type SignedFeed } from '../../ledger/feed-manifest.ts'
import { formatKey } from '../../ledger/key.ts'
import { EXIT, Stop } from '../exit.ts'
import { object, text } from '../http/read.ts'
import { givenKey, verifySignature } from '../log/trust.ts'
import { span } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import type { FeedPlace } from './feed-place.ts'
import { loadFeeds, type SeenFeed, type SeenFeeds, saveFeed } from './feed-state.ts'

/** Clocks of two machines differ; a feed from further ahead than this is not of now. */
const SKEW = 10 * 60_000
const MANIFEST_BYTES = 1 << 20
const MOST_BYTES = 512 << 20

/** A feed of Weir's that was verified. */
export interface VerifiedFeed {
  readonly feed: SignedFeed
  readonly key: string
  /** Where the key came from: decides how much its word is worth. */
  readonly trust: 'given' | 'seen' | 'first'
  readonly files: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** Why it is not remembered, where it cannot be; only with a key that was given. */
  readonly forgets: string | null
}

/**
 * Reads and verifies Weir's own feed at a place: signature, sequence against the last one seen, age, digest of every file. Throws Stop
 * with exit 3 on one that is unsigned, altered, expired, rolled back or signed by another key; nothing of it is used then.
 */
export async function verifiedFeed(
  place: FeedPlace,
  given: string | undefined,
  state: string,
  now: number,
  again = false,
): Promise<VerifiedFeed> {
  const bytes = await place.read('feed.json', MANIFEST_BYTES)
  if (bytes === null)
    throw new Stop(
      EXIT.refused,
      `There is no signed feed at ${inert(place.name)}.`,
      'A server has it below its address, in feed/feed.json.',
    )
  const { note, claimed } = wrapped(bytes)
  const origin = note === null ? null : (parseFeed(note)?.origin ?? null)
  if (note === null || origin === null) throw refused(place, 'it is not signed in the way of Weir', 'feed.form')
  const seen = await loadFeeds(state)
  const before = Object.hasOwn(seen.feeds, origin) ? seen.feeds[origin]! : null
  const { key, trust } = chooseKey(place, origin, given, before, claimed, seen)
  const opened = openFeed(note, givenKey(key), verifySignature)
  if (!opened.ok) throw refused(place, opened.say, opened.code)
  const digest = createHash('sha256').update(note).digest('hex')
  checkTime(place, opened.feed, now)
  checkSequence(place, opened.feed, digest, before, key)
  const files = []
  for (const file of opened.feed.files) {
    const bytes = await fileOf(place, file)
    // It was replaced between two reads: the next manifest names the next file.
    if (bytes === null && place.isLive && !again) return verifiedFeed(place, given, state, now, true)
    if (bytes === null) throw refused(place, `${file.path} is not what was signed`, 'feed.altered', ALTERED)
    files.push({ name: file.path, bytes })
  }
  const seenNow = { key, sequence: opened.feed.sequence, sha256: digest, at: new Date(now).toISOString() }
  let forgets: string | null = null
  try {
    await saveFeed(state, place.name, origin, seenNow)
  } catch (error) {
    // Who gives the key trusts nothing that would have to be remembered; that an older feed goes unnoticed is told.
    if (trust !== 'given' || !(error instanceof Stop)) throw error
    forgets = error.message
  }
  return { feed: opened.feed, key, trust, files, forgets }
}

function wrapped(bytes: Uint8Array): { readonly note: string | null; readonly claimed: string | null } {
  try {
    const value = object(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return { note: text(value['note']), claimed: text(value['key']) }
  } catch {
    return { note: null, claimed: null }
  }
}

function chooseKey(
  place: FeedPlace,
  origin: string,
  given: string | undefined,
  before: SeenFeed | null,
  claimed: string | null,
  seen: SeenFeeds,
): { readonly key: string; readonly trust: VerifiedFeed['trust'] } {
  if (given !== undefined) return { key: formatKey(givenKey(given)), trust: 'given' }
  const stood = Object.hasOwn(seen.places, place.name) ? seen.places[place.name]! : null
  if (stood !== null && stood !== origin)
    throw refused(
      place,
      `the feed of ${inert(stood, 80)} stood there before, now it is that of ${inert(origin, 80)}`,
      'feed.exchanged',
      'If its operator announced a new key, give it with --feed-key.',
    )
  if (before !== null) return { key: before.key, trust: 'seen' }
  if (claimed === null) throw refused(place, 'it names no key', 'feed.form', 'Give the key with --feed-key.')
  return { key: formatKey(givenKey(claimed)), trust: 'first' }
}

function checkTime(place: FeedPlace, { issuedAt, expiresAt }: SignedFeed, now: number): void {
  if (now > expiresAt)
    throw refused(
      place,
      `it expired ${days(now - expiresAt)} ago and is ${days(now - issuedAt)} old`,
      'feed.expired',
      'Fetch it again; if it stays old, ask its operator whether the instance still runs.',
    )
  if (issuedAt > now + SKEW)
    throw refused(
      place,
      `it is dated ${days(issuedAt - now)} ahead of this machine’s clock`,
      'feed.from-the-future',
      'Is the clock of this machine right?',
    )
}

function days(milliseconds: number): string {
  const whole = Math.floor(milliseconds / 86_400_000)
  return whole >= 2 ? `${whole} d` : span(milliseconds)
}

function checkSequence(place: FeedPlace, feed: SignedFeed, digest: string, before: SeenFeed | null, key: string): void {
  if (before === null || before.key !== key) return
  if (feed.sequence < before.sequence)
    throw refused(
      place,
      `it is an older one (${feed.sequence}) than was seen on ${before.at.slice(0, 10)} (${before.sequence})`,
      'feed.rolled-back',
      'Fetch the newest; somebody may be holding it back.',
    )
  if (feed.sequence === before.sequence && digest !== before.sha256)
    throw refused(place, 'two different feeds bear the same number', 'feed.two-faces', 'Tell others: its operator signed both.')
}

const ALTERED = 'Fetch both files again; a copy may have been made while it changed.'

async function fileOf(place: FeedPlace, { path, bytes, sha256 }: FeedFile): Promise<Uint8Array | null> {
  if (bytes > MOST_BYTES) throw refused(place, `${path} has more than 512 MiB`, 'feed.too-large')
  const read = await place.read(path, bytes, sha256)
  return read?.length === bytes && createHash('sha256').update(read).digest('hex') === sha256 ? read : null
}

function refused(place: FeedPlace, why: string, code: string, mend: string | null = null): Stop {
  return new Stop(EXIT.refused, `The feed at ${inert(place.name)} is refused: ${why} (${code}).`, mend)
}
