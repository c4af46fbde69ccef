import type { Instant } from '../../core/kernel/instant.ts'
import { headKeys } from '../json/head-keys.ts'
import { decodeLoosely } from '../json/utf8.ts'
import { epssReader } from './epss.ts'
import { feedArchive } from './feed-archive.ts'
import { kevCsvReader, kevJsonReader } from './kev.ts'
import { type FeedItem, type FeedKind, feedItem, type KnownEntry, readKnownItem } from './known-entry.ts'
import type { KnownItem } from './known-item.ts'
import { type KnownReader, knownReader } from './known-reader.ts'
import type { WantsPackage } from './osv-record.ts'
import { statedTime } from './stated-time.ts'

/** Reads one file of other people's records pushed to it piece by piece; memory is one item. Never throws on input. */
export interface FeedFile {
  /** What its head says of the whole; null where items say themselves what they are. */
  readonly catalogue: Catalogue | null
  push(chunk: Uint8Array): FeedItem[]
  end(): FeedItem[]
}

/** What a catalogue says of itself, by which one edition is newer than another. */
export interface Catalogue {
  readonly kind: 'kev' | 'epss'
  readonly label: string | null
  readonly asOf: Instant | null
}

/** First bytes from which a file's kind is told. */
export const FEED_HEAD = 1 << 16

/**
 * The reader of a file by its first bytes, unpacked; null where it is of no kind that is read here. `nameless`: VEX without an id too;
 * `wants`: of OSV records about other packages their names only.
 */
export function feedFile(head: Uint8Array, nameless = false, wants: WantsPackage | null = null): FeedFile | null {
  const map = (value: unknown) => readKnownItem(value, wants)
  if (head[0] === 0x50 && head[1] === 0x4b) return { catalogue: null, ...feedArchive(undefined, map) }
  let first = 0
  while (first < head.length && (head[first]! <= 0x20 || head[first]! >= 0xef)) first++
  if (head[first] === 0x7b || head[first] === 0x5b) {
    if (headKeys(head).outer.has('catalogVersion'))
      return catalogueFile(kevJsonReader(), kevHead(head), (row) => ({ of: 'kev', row }))
    return { catalogue: null, ...reading(knownReader(map), (item) => feedItem(item, nameless)) }
  }
  const text = decodeLoosely(head.subarray(0, 4096))
  const columns = headerOf(text)
  if (columns.has('cveid') && columns.has('dateadded')) {
    const none = { kind: 'kev', label: null, asOf: null } as const
    return catalogueFile(kevCsvReader(), none, (row) => ({ of: 'kev', row }))
  }
  if (columns.has('cve') && columns.has('epss'))
    return catalogueFile(epssReader(), epssHead(text), (row) => ({ of: 'epss', row }))
  return null
}

function catalogueFile<T>(reader: KnownReader<T>, catalogue: Catalogue, entry: (row: T) => KnownEntry): FeedFile {
  const kind: FeedKind = catalogue.kind
  return {
    catalogue,
    ...reading(reader, (item) => (item.ok ? { ok: true, at: item.at, kind, entries: [entry(item.value)] } : item)),
  }
}

function reading<T>(reader: KnownReader<T>, made: (item: KnownItem<T>) => FeedItem): Pick<FeedFile, 'push' | 'end'> {
  return { push: (chunk) => reader.push(chunk).map(made), end: () => reader.end().map(made) }
}

function kevHead(head: Uint8Array): Catalogue {
  const text = decodeLoosely(head.subarray(0, 4096))
  const before = text.slice(0, Math.max(0, text.indexOf('"vulnerabilities"')) || text.length)
  const said = (name: string): string | null =>
    new RegExp(`"${name}"\\s{0,9}:\\s{0,9}"([^"\\\\]{1,40})"`).exec(before)?.[1] ?? null
  return { kind: 'kev', label: said('catalogVersion'), asOf: statedTime(said('dateReleased') ?? '') }
}

function epssHead(text: string): Catalogue {
  const asOf = statedTime(/^#[^\n]{0,200}score_date:([^,\s]{1,40})/.exec(text)?.[1] ?? '')
  return { kind: 'epss', label: /^#[^\n]{0,200}?model_version:([\w.-]{1,40})/.exec(text)?.[1] ?? null, asOf }
}

function headerOf(text: string): ReadonlySet<string> {
  const header = text.split('\n', 5).find((line) => line.trim() !== '' && !line.startsWith('#')) ?? ''
  const plain = (name: string) =>
    name
      .replaceAll('"', '')
      .replace(/^\ufeff/, '')
      .trim()
      .toLowerCase()
  return new Set(header.split(',').map(plain))
}
