import { EXIT, Stop } from '../exit.ts'
import { counted, span, utc, whole } from '../text/figures.ts'
import { inert } from '../text/inert.ts'
import { keepingFiles } from './feed-cache.ts'
import { feedAtAddress, feedFolder, feedInFolder, isAddress } from './feed-place.ts'
import { namedFiles } from './named-files.ts'
import { ENDINGS, readFeed, takeBytes } from './read-feed.ts'
import type { RecordsRead } from './records-read.ts'
import { type VerifiedFeed, verifiedFeed } from './signed-feed.ts'

const TRUST = {
  given: 'signature good, key as given',
  seen: 'signature good, key as seen before',
  first: 'signature good, key seen for the first time: compare it',
}

/** What is known of signed feeds, and where. */
export interface FeedTrust {
  readonly key: string | undefined
  readonly state: string
  /** Where files of feeds at addresses are kept; undefined: nowhere. */
  readonly cache?: string | undefined
  readonly now: number
}

/** Reads every feed that was named into `into`; answers a line about each. Weir's own are verified first. Throws Stop. */
export async function readFeeds(
  places: readonly string[],
  into: RecordsRead,
  { key, state, cache, now }: FeedTrust,
): Promise<string[]> {
  const lines: string[] = []
  for (const place of places) {
    const folder = isAddress(place) ? null : feedFolder(place)
    if (!isAddress(place) && folder === null) {
      const before = into.files
      await readFeed([place], into)
      if (into.files === before)
        throw new Stop(EXIT.badInput, `${inert(place)} holds no file that a feed could be.`, 'See docs/exposure.md.')
      lines.push(`feed       ${inert(place, 60)}, ${counted(into.files - before, 'file')}, not signed`)
      continue
    }
    const live = folder === null ? feedAtAddress(place) : null
    const from = live === null ? feedInFolder(folder!) : cache === undefined ? live : keepingFiles(live, cache)
    const verified = await verifiedFeed(from, key, state, now)
    for (const { name, bytes } of verified.files) takeBytes(bytes, name, into)
    lines.push(...verifiedLines(verified, now), ...(folder === null ? [] : besideLines(folder, verified)))
  }
  return lines
}

function verifiedLines({ feed, key, trust, forgets }: VerifiedFeed, now: number): string[] {
  const age = now - feed.issuedAt
  return [
    `feed       ${inert(feed.origin, 50)}, ${age < 60_000 ? 'new' : `${span(age)} old`}, until ${utc(new Date(feed.expiresAt).toISOString())}`,
    `           ${TRUST[trust]}, number ${whole(feed.sequence)}`,
    ...(forgets === null ? [] : [`           ${forgets} An older one would not be noticed.`]),
    ...(trust === 'first' ? [`           ${inert(key)}`] : []),
  ]
}

/** What else lies beside a signed feed was signed by nobody: it is not read, and that is told. */
function besideLines(folder: string, { files }: VerifiedFeed): string[] {
  const signed = new Set(['feed.json', ...files.map(({ name }) => name)])
  const others = namedFiles([folder]).filter(({ name }) => !signed.has(name) && ENDINGS.test(name))
  if (others.length === 0) return []
  return [
    `           not read: ${counted(others.length, 'file')} beside it (${inert(others[0]!.name, 40)}); give them with a --feed of their own`,
  ]
}
