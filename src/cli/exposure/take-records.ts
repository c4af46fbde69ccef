import { Unzip, type UnzipFile, UnzipInflate } from 'fflate'
import { headKeys } from '../../formats/json/head-keys.ts'
import { decodeLoosely } from '../../formats/json/utf8.ts'
import { readCsaf } from '../../formats/known/csaf-record.ts'
import { readCveRecord } from '../../formats/known/cve-record.ts'
import { readCycloneDxVex } from '../../formats/known/cyclonedx-vex.ts'
import { epssReader } from '../../formats/known/epss.ts'
import { readFriendsOfPhpRecord } from '../../formats/known/friends-of-php-record.ts'
import { kevCsvReader, kevJsonReader } from '../../formats/known/kev.ts'
import type { Known, KnownItem, SetAside } from '../../formats/known/known-item.ts'
import type { KnownKind } from '../../formats/known/known-kind.ts'
import { knownKind } from '../../formats/known/known-kind.ts'
import { KNOWN_LIMITS, type KnownReader, knownReader, readKnownFile } from '../../formats/known/known-reader.ts'
import { readOpenVex } from '../../formats/known/openvex.ts'
import { readOsvRecord } from '../../formats/known/osv-record.ts'
import { readRubysecRecord } from '../../formats/known/rubysec-record.ts'
import { readVulnrichment } from '../../formats/known/vulnrichment.ts'
import type { RecordsRead } from './records-read.ts'

/** Takes the bytes of one feed file into `into`; what kind it is the content says. Never throws on input. */
export interface Taker {
  push(chunk: Uint8Array): void
  end(): void
}

/** What a record of one JSON item does once it is read: put where it belongs. */
type Put = (into: RecordsRead, file: string) => void

const PUTTERS: Readonly<Record<KnownKind, (value: unknown) => Known<Put>>> = {
  osv: (value) => put(readOsvRecord(value), (record, into) => into.records.push(record), 'osv'),
  rubysec: (value) => put(readRubysecRecord(value), (record, into) => into.records.push(record), 'rubysec'),
  'friends-of-php': (value) =>
    put(readFriendsOfPhpRecord(value), (record, into) => into.records.push(record), 'friends-of-php'),
  csaf: (value) =>
    put(
      readCsaf(value),
      ({ records, statements }, into) => {
        for (const record of records) into.records.push(record)
        for (const statement of statements) into.statements.push(statement)
      },
      'csaf',
    ),
  openvex: (value) => put(readOpenVex(value), addStatements, 'openvex'),
  'cyclonedx-vex': (value) => put(readCycloneDxVex(value), addStatements, 'cyclonedx-vex'),
  vulnrichment: (value) => put(readVulnrichment(value), (row, into, file) => into.enriched(file, row), 'ssvc'),
  cve: cvePut,
  // The catalogue has a reader of its own, chosen by the head of a file; within lines or archives it is one item too many.
  kev: () => ({ ok: false, id: null, why: 'wrong-shape' }),
}

function addStatements(statements: readonly RecordsRead['statements'][number][], into: RecordsRead): void {
  for (const statement of statements) into.statements.push(statement)
}

function put<T>(known: Known<T>, how: (value: T, into: RecordsRead, file: string) => void, kind: string): Known<Put> {
  if (!known.ok) return known
  return {
    ok: true,
    notes: known.notes,
    value: (into, file) => {
      how(known.value, into, file)
      into.count(kind)
    },
  }
}

/** A CVE record tells both which versions are affected and, in CISA's container, how it is judged: either is worth having. */
function cvePut(value: unknown): Known<Put> {
  const record = readCveRecord(value)
  const enriched = readVulnrichment(value)
  if (!record.ok && (!enriched.ok || enriched.value.ssvc === null)) return record
  return {
    ok: true,
    notes: record.ok ? record.notes : [],
    value: (into, file) => {
      if (record.ok) into.records.push(record.value)
      if (enriched.ok) into.enriched(file, enriched.value)
      into.count('cve')
    },
  }
}

const NOT_KNOWN: Put = () => {}

function readItem(value: unknown): Known<Put> {
  const kind = knownKind(value)
  return kind === null ? { ok: true, value: NOT_KNOWN, notes: [] } : PUTTERS[kind](value)
}

/** The taker of a file; `head` holds its first bytes, unpacked. */
export function takerOf(head: Uint8Array, file: string, into: RecordsRead): Taker {
  into.files++
  if (head[0] === 0x50 && head[1] === 0x4b) return zipTaker(file, into)
  let first = 0
  while (first < head.length && (head[first]! <= 0x20 || head[first]! >= 0xef)) first++
  if (head[first] === 0x7b || head[first] === 0x5b) {
    const { outer } = headKeys(head)
    if (outer.has('catalogVersion')) return readerTaker(kevJsonReader(), file, into, (row) => into.kev(file, row))
    return readerTaker(knownReader(readItem), file, into, (value, at) => taken(value, at, file, into))
  }
  const columns = headerOf(head)
  if (columns.has('cveid') && columns.has('dateadded'))
    return readerTaker(kevCsvReader(), file, into, (row) => into.kev(file, row))
  if (columns.has('cve') && columns.has('epss')) return readerTaker(epssReader(), file, into, (row) => into.epss(file, row))
  into.setAside({ file, at: '', id: null, why: 'not-known' })
  return { push: () => {}, end: () => {} }
}

function headerOf(head: Uint8Array): ReadonlySet<string> {
  const lines = decodeLoosely(head.subarray(0, 4096)).split('\n', 5)
  const header = lines.find((line) => line.trim() !== '' && !line.startsWith('#')) ?? ''
  return new Set(
    header.split(',').map((name) =>
      name
        .replaceAll('"', '')
        .replace(/^\ufeff/, '')
        .trim()
        .toLowerCase(),
    ),
  )
}

function taken(value: Put, at: string, file: string, into: RecordsRead): void {
  if (value === NOT_KNOWN) into.setAside({ file, at, id: null, why: 'not-known' })
  else value(into, file)
}

function readerTaker<T>(reader: KnownReader<T>, file: string, into: RecordsRead, take: (value: T, at: string) => void): Taker {
  const each = (items: readonly KnownItem<T>[]): void => {
    for (const item of items) {
      if (item.ok) take(item.value, item.at)
      else into.setAside({ file, at: item.at, id: item.id, why: item.why })
    }
  }
  return { push: (chunk) => each(reader.push(chunk)), end: () => each(reader.end()) }
}

const MOST_ENTRIES = 2_000_000
const MOST_ENTRY = KNOWN_LIMITS.itemBytes

/** An archive of one record a file, as OSV publishes them. Hostile: an entry has at most 32 MiB, an archive 2 million entries. */
function zipTaker(file: string, into: RecordsRead): Taker {
  let entries = 0
  let broken = false
  const aside = (at: string, why: SetAside) => into.setAside({ file, at, id: null, why })
  const open = (entry: UnzipFile): void => {
    entries++
    if (entries > MOST_ENTRIES || !entry.name.endsWith('.json')) return
    let parts: Uint8Array[] = []
    let held = 0
    entry.ondata = (error, data, final) => {
      if (error) return aside(entry.name, 'not-readable')
      held += data.length
      if (held <= MOST_ENTRY) parts.push(data)
      else parts = []
      if (!final) return
      if (held > MOST_ENTRY) return aside(entry.name, 'too-large')
      const item = readKnownFile(parts.length === 1 ? parts[0]! : joined(parts, held), entry.name, readItem)
      if (item.ok) taken(item.value, item.at, file, into)
      else into.setAside({ file, at: item.at, id: item.id, why: item.why })
    }
    entry.start()
  }
  const unzip = new Unzip(open)
  unzip.register(UnzipInflate)
  const push = (chunk: Uint8Array, final: boolean): void => {
    if (broken) return
    try {
      unzip.push(chunk, final)
    } catch {
      broken = true
      aside('', 'not-readable')
    }
  }
  return { push: (chunk) => push(chunk, false), end: () => push(new Uint8Array(0), true) }
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
