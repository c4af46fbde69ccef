import type { AdvisoryRecord } from './advisory-record.ts'
import { type PackageEntry, packageEntries } from './package-entry.ts'
import { type ProductEntry, productEntries } from './product-entry.ts'

/** All advisories, found by what they are about. Changed in place by `replaceRecord` and `removeRecord`; equal to one built anew. */
export interface AdvisoryIndex {
  readonly records: Map<string, AdvisoryRecord>
  readonly packages: Map<string, PackageEntry[]>
  readonly products: Map<string, ProductEntry[]>
}

/** One database's record: two databases may use the same id. */
export function recordKey(record: { readonly source: string; readonly id: string }): string {
  return `${record.source}\u0000${record.id}`
}

/** Builds the index of records; of two with the same source and id the later stands. Withdrawn records are kept, for `explain`. */
export function buildIndex(records: Iterable<AdvisoryRecord>): AdvisoryIndex {
  const index: AdvisoryIndex = { records: new Map(), packages: new Map(), products: new Map() }
  for (const record of records) replaceRecord(index, record)
  return index
}

/** Puts a new or changed record in; what it was about before is forgotten. Costs what the two records' own packages cost. */
export function replaceRecord(index: AdvisoryIndex, record: AdvisoryRecord): void {
  const key = recordKey(record)
  if (index.records.has(key)) removeRecord(index, record)
  index.records.set(key, record)
  if (record.withdrawn !== null) return
  for (const entry of packageEntries(record)) push(index.packages, entry.affected.key, entry)
  for (const entry of productEntries(record)) push(index.products, entry.key, entry)
}

/** Takes a record out, named by its source and id; false where there was none. */
export function removeRecord(index: AdvisoryIndex, named: { readonly source: string; readonly id: string }): boolean {
  const old = index.records.get(recordKey(named))
  if (old === undefined) return false
  index.records.delete(recordKey(named))
  for (const key of new Set(old.affected.map((affected) => affected.key))) drop(index.packages, key, old)
  for (const key of new Set(productEntries(old).map((entry) => entry.key))) drop(index.products, key, old)
  return true
}

function push<T>(into: Map<string, T[]>, key: string, entry: T): void {
  const held = into.get(key)
  if (held === undefined) into.set(key, [entry])
  else held.push(entry)
}

function drop<T extends { readonly record: AdvisoryRecord }>(
  from: Map<string, T[]>,
  key: string,
  record: AdvisoryRecord,
): void {
  const left = (from.get(key) ?? []).filter((entry) => entry.record !== record)
  if (left.length === 0) from.delete(key)
  else from.set(key, left)
}
