import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { EXIT, Stop } from '../exit.ts'
import { object, text } from '../http/read.ts'
import { headsFile } from '../log/heads.ts'
import { inert } from '../text/inert.ts'

/** What was seen of a feed: the key that signed it, how far it had come, and the digest of what it said then. */
export interface SeenFeed {
  readonly key: string
  readonly sequence: number
  readonly sha256: string
  readonly at: string
}

/** Feeds seen before, by origin, and which origin stood at a place: an older or exchanged feed is noticed. */
export interface SeenFeeds {
  readonly feeds: Readonly<Record<string, SeenFeed>>
  readonly places: Readonly<Record<string, string>>
}

/** Where feeds are remembered for this person: the state folder of the system. */
export function feedsFile(env: Readonly<Record<string, string | undefined>>): string {
  return join(dirname(headsFile(env)), 'feeds.json')
}

/** The feeds in a file; none when there is no file. Throws Stop on a damaged one: forgetting silently would let an old feed in. */
export async function loadFeeds(path: string): Promise<SeenFeeds> {
  let json: string
  try {
    json = await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return { feeds: {}, places: {} }
    throw new Stop(EXIT.unavailable, `${inert(path)} cannot be read (${code}).`, 'Name another file with --state.')
  }
  const feeds = parseFeeds(json)
  if (feeds !== null) return feeds
  throw new Stop(
    EXIT.badInput,
    `${inert(path)} is damaged: what was seen of feeds before is not known any more.`,
    'Move it away to begin anew.',
  )
}

function parseFeeds(json: string): SeenFeeds | null {
  try {
    const value = object(JSON.parse(json))
    if (value['v'] !== 1) return null
    const feeds = Object.entries(object(value['feeds'])).map(([origin, one]): [string, SeenFeed] => {
      const { key, sequence, sha256, at } = object(one)
      const said = { key: text(key), sequence, sha256: text(sha256), at: text(at) ?? '' }
      if (said.key === null || said.sha256 === null || !Number.isSafeInteger(sequence)) throw new TypeError('no feed of ours')
      return [origin, said as SeenFeed]
    })
    const places = Object.entries(object(value['places'])).filter((one): one is [string, string] => typeof one[1] === 'string')
    return { feeds: Object.fromEntries(feeds), places: Object.fromEntries(places) }
  } catch {
    return null
  }
}

/** Remembers a verified feed; whole or not at all. */
export async function saveFeed(path: string, place: string, origin: string, seen: SeenFeed): Promise<void> {
  // Read again: another command may have remembered a feed meanwhile.
  const { feeds, places } = await loadFeeds(path)
  const held = Object.hasOwn(feeds, origin) ? feeds[origin]! : null
  const newer = held !== null && held.key === seen.key && held.sequence > seen.sequence ? held : seen
  const next = {
    v: 1,
    feeds: { ...feeds, [origin]: newer },
    places: newest({ ...withoutPlace(places, place), [place]: origin }),
  }
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await writeFile(`${path}.${process.pid}.new`, `${JSON.stringify(next, null, 1)}\n`, { mode: 0o600 })
    await rename(`${path}.${process.pid}.new`, path)
  } catch (error) {
    throw new Stop(
      EXIT.unavailable,
      `The feed cannot be remembered in ${inert(path)} (${(error as NodeJS.ErrnoException).code}).`,
      'Name another file with --state.',
    )
  }
}

const MOST_PLACES = 1000

// A pipeline copies the feed to a new folder each time: the oldest places are forgotten, the feeds themselves never.
function newest(places: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(places).slice(-MOST_PLACES))
}

function withoutPlace(places: Readonly<Record<string, string>>, place: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(places).filter(([name]) => name !== place))
}
