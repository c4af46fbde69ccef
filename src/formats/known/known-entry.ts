import type { AdvisoryRecord } from '../../core/exposure/advisory-record.ts'
import type { VexStatement } from '../../core/exposure/vex/vex-statement.ts'
import { readCsaf } from './csaf-record.ts'
import { readCveRecord } from './cve-record.ts'
import { readCycloneDxVex } from './cyclonedx-vex.ts'
import type { EpssRow } from './epss.ts'
import { readFriendsOfPhpRecord } from './friends-of-php-record.ts'
import type { KevRow } from './kev.ts'
import type { Known, KnownItem, SetAside } from './known-item.ts'
import { type KnownKind, knownKind } from './known-kind.ts'
import { readOpenVex } from './openvex.ts'
import { readOsvRecord, type WantsPackage } from './osv-record.ts'
import { readRubysecRecord } from './rubysec-record.ts'
import { type EnrichedRow, readVulnrichment } from './vulnrichment.ts'

/** The kinds of files that are taken in, as people name them. */
export const FEED_KINDS = ['osv', 'csaf', 'cve', 'kev', 'epss', 'ssvc', 'vex', 'rubysec', 'friendsofphp'] as const
export type FeedKind = (typeof FEED_KINDS)[number]

/** One thing that an item of a feed says; an item may say several. */
export type KnownEntry =
  | { readonly of: 'record'; readonly record: AdvisoryRecord }
  | { readonly of: 'kev'; readonly row: KevRow }
  | { readonly of: 'epss'; readonly row: EpssRow }
  | { readonly of: 'ssvc'; readonly row: EnrichedRow }
  | { readonly of: 'vex'; readonly document: string; readonly statements: readonly VexStatement[] }

/** Why an item is not taken: what its reader says, or that it is of no kind that is read, or of another than was announced. */
export type NotTaken = SetAside | 'not-known' | 'other-kind'

export type FeedItem =
  | { readonly ok: true; readonly at: string; readonly kind: FeedKind; readonly entries: readonly KnownEntry[] }
  | { readonly ok: false; readonly at: string; readonly id: string | null; readonly why: NotTaken }

/** An item of any JSON format, with its kind; what is of no known format is told apart from what is broken. */
export interface ReadItem {
  readonly kind: FeedKind | null
  readonly entries: readonly KnownEntry[]
}

const READERS: Readonly<Record<KnownKind, (value: unknown, wants: WantsPackage | null) => Known<ReadItem>>> = {
  osv: (value, wants) => mapped(readOsvRecord(value, 'osv', wants), 'osv', (record) => [{ of: 'record', record }]),
  rubysec: (value) => mapped(readRubysecRecord(value), 'rubysec', (record) => [{ of: 'record', record }]),
  'friends-of-php': (value) => mapped(readFriendsOfPhpRecord(value), 'friendsofphp', (record) => [{ of: 'record', record }]),
  csaf: (value) =>
    mapped(readCsaf(value), 'csaf', ({ id, records, statements }) => [
      ...records.map((record): KnownEntry => ({ of: 'record', record })),
      ...vexOf(id, statements),
    ]),
  openvex: (value) => vexFile(readOpenVex(value)),
  'cyclonedx-vex': (value) => vexFile(readCycloneDxVex(value)),
  vulnrichment: (value) => mapped(readVulnrichment(value), 'ssvc', (row) => [{ of: 'ssvc', row }]),
  cve: readCve,
  // The catalogue has a reader of its own, chosen by the head of a file: within lines or archives it is one item too many.
  kev: () => ({ ok: false, id: null, why: 'wrong-shape' }),
}

/** Reads one JSON item whatever its format is; of OSV records about other packages than `wants` their names only. Never throws. */
export function readKnownItem(value: unknown, wants: WantsPackage | null = null): Known<ReadItem> {
  const kind = knownKind(value)
  return kind === null ? { ok: true, value: { kind: null, entries: [] }, notes: [] } : READERS[kind](value, wants)
}

/** What became of one JSON item. A VEX document without an id cannot be kept and replaced; who only reads it once may take it. */
export function feedItem(item: KnownItem<ReadItem>, nameless = false): FeedItem {
  if (!item.ok) return item
  const { kind, entries } = item.value
  if (kind === 'vex' && !nameless && entries.some((entry) => entry.of === 'vex' && entry.document === ''))
    return { ok: false, at: item.at, id: null, why: 'no-id' }
  return kind === null ? { ok: false, at: item.at, id: null, why: 'not-known' } : { ok: true, at: item.at, kind, entries }
}

function mapped<T>(known: Known<T>, kind: FeedKind, entries: (value: T) => readonly KnownEntry[]): Known<ReadItem> {
  return known.ok ? { ...known, value: { kind, entries: entries(known.value) } } : known
}

function vexFile(known: Known<readonly VexStatement[]>): Known<ReadItem> {
  if (!known.ok) return known
  const [first] = known.value
  if (first === undefined) return { ok: false, id: null, why: 'names-nothing' }
  return mapped(known, 'vex', (list) => vexOf(first.document, list))
}

function vexOf(document: string, statements: readonly VexStatement[]): readonly KnownEntry[] {
  return statements.length === 0 ? [] : [{ of: 'vex', document, statements }]
}

/** A CVE record tells both which versions are affected and, in CISA's container, how it is judged: either is worth having. */
function readCve(value: unknown): Known<ReadItem> {
  const record = readCveRecord(value)
  const enriched = readVulnrichment(value)
  const judged: readonly KnownEntry[] = enriched.ok && enriched.value.ssvc !== null ? [{ of: 'ssvc', row: enriched.value }] : []
  if (record.ok) return mapped(record, 'cve', (own) => [{ of: 'record', record: own }, ...judged])
  return judged.length === 0 ? record : { ok: true, value: { kind: 'cve', entries: judged }, notes: [] }
}
