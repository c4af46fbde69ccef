import { type AdvisoryIndex, buildIndex } from '../../core/exposure/advisory-index.ts'
import { familyOfKey } from '../../core/exposure/package-key.ts'
import type { VexStatement } from '../../core/exposure/vex/vex-statement.ts'
import type { WantsPackage } from '../../formats/known/osv-record.ts'
import { EXIT, Stop } from '../exit.ts'
import { inert } from '../text/inert.ts'
import type { ExposureOptions } from './exposure-options.ts'
import { readFeeds } from './feed-given.ts'
import { readFeed } from './read-feed.ts'
import { RecordsRead } from './records-read.ts'
import { asideLines } from './tally-lines.ts'
import { WhyAsked } from './why-asked.ts'

/** Everything that feeds and options say of flaws, read when inventories ask for it. */
export class RecordsGiven {
  readonly #options: ExposureOptions
  readonly #now: number
  records = new RecordsRead()
  index: AdvisoryIndex = buildIndex([])
  statements: readonly VexStatement[] = []
  why: WhyAsked | null = null
  /** Kinds of packages that the feed speaks of at all. */
  families: ReadonlySet<string> = new Set()
  /** How long reading took. */
  milliseconds = 0

  constructor(options: ExposureOptions, now: number) {
    this.#options = options
    this.#now = now
  }

  /** Reads all of it; of OSV records about other packages than those wanted their names only. Answers lines about it; throws Stop. */
  async read(wanted: ReadonlySet<string> | null): Promise<string[]> {
    const began = performance.now()
    const families = new Set<string>()
    const wants = (key: string) => {
      families.add(familyOfKey(key))
      return wanted!.has(key)
    }
    const { read, lines } = await readRecords(this.#options, this.#now, wanted === null ? null : wants)
    this.records = read
    this.index = buildIndex(read.records)
    for (const key of this.index.packages.keys()) families.add(familyOfKey(key))
    this.families = families
    if (this.#options.why !== undefined) this.why = new WhyAsked(this.#options.why, read.records)
    this.statements = await readStatements(this.#options.vex ?? [])
    this.milliseconds = performance.now() - began
    return [...lines, ...asideLines(read)]
  }
}

async function readRecords(
  options: ExposureOptions,
  now: number,
  wants: WantsPackage | null,
): Promise<{ read: RecordsRead; lines: string[] }> {
  const read = new RecordsRead(wants)
  const lines = await readFeeds(feedsNamed(options), read, {
    key: options.feedKey,
    state: options.state,
    cache: options.cache,
    now,
  })
  for (const [kind, file] of [
    ['kev', options.kev],
    ['epss', options.epss],
    ['ssvc', options.ssvc],
  ] as const) {
    if (file === undefined) continue
    const before = (read.counts.get(kind) ?? 0) + (kind === 'ssvc' ? (read.counts.get('cve') ?? 0) : 0)
    await readFeed([file], read)
    const after = (read.counts.get(kind) ?? 0) + (kind === 'ssvc' ? (read.counts.get('cve') ?? 0) : 0)
    if (after === before)
      throw new Stop(EXIT.badInput, `${inert(file)} holds nothing of ${kind.toUpperCase()} that can be read.`)
  }
  if (read.records.length === 0)
    throw new Stop(
      EXIT.badInput,
      'No advisory can be read from the feed.',
      'Without any, everything would look well. See docs/exposure.md.',
    )
  return { read, lines }
}

async function readStatements(files: readonly string[]): Promise<readonly VexStatement[]> {
  const read = new RecordsRead()
  for (const file of files) {
    const before = read.statements.length
    await readFeed([file], read)
    if (read.statements.length === before)
      throw new Stop(EXIT.badInput, `${inert(file)} holds no VEX statement that can be read.`)
  }
  return read.statements
}

/** The feeds that were named. Throws Stop where none was: without any, everything would look well. */
export function feedsNamed({ feed }: ExposureOptions): readonly string[] {
  if (feed !== undefined) return feed
  throw new Stop(
    EXIT.badInput,
    'No feed of advisories was named.',
    'Give --feed with a folder or file of OSV records, or the address of a Weir server. Where to get records: docs/exposure.md.',
  )
}
