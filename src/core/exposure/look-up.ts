import type { AdvisoryIndex } from './advisory-index.ts'
import type { AdvisoryRecord } from './advisory-record.ts'
import type { Component } from './component.ts'
import { judgePackage } from './judge-package.ts'
import { judgeProducts } from './judge-products.ts'
import type { Match } from './match.ts'
import { type MatchSubject, productKeys, subjectOf, versionOf } from './match-subject.ts'
import type { PackageEntry } from './package-entry.ts'
import type { PackageIdentity } from './package-identity.ts'
import type { ReadVersion } from './read-version.ts'
import { better } from './weigh-matches.ts'

/** A record and what it means for one component. */
export interface RecordMatch {
  readonly record: AdvisoryRecord
  readonly match: Match
}

/** Every record of the index that holds the component, or might (`unknown`, with why), by id. Withdrawn records hold nothing. */
export function lookUp(index: AdvisoryIndex, component: Component): RecordMatch[] {
  return lookUpSubject(index, subjectOf(component))
}

/** `lookUp` of a component that was read already. */
export function lookUpSubject(index: AdvisoryIndex, subject: MatchSubject): RecordMatch[] {
  const entries = subject.package === null ? undefined : index.packages.get(subject.package.key)
  const byProduct = subject.cpes.length > 0 || subject.marks.length > 0
  // Most components of most inventories stand in no record.
  if (entries === undefined && subject.source === null && !byProduct) return []
  const found = new Map<AdvisoryRecord, Match>()
  if (entries !== undefined) packageMatches(entries, subject.package!, subject.version, found)
  if (subject.source !== null) bySource(index, subject.source, found)
  if (byProduct) {
    const products = productKeys(subject).flatMap((key) => index.products.get(key) ?? [])
    for (const [record, match] of judgeProducts(products, subject)) found.set(record, better(found.get(record), match))
  }
  const matches: RecordMatch[] = []
  for (const [record, match] of found) if (match.affected !== 'no') matches.push({ record, match })
  return matches.length < 2 ? matches : matches.sort(byRecord)
}

function byRecord(a: RecordMatch, b: RecordMatch): number {
  if (a.record.id !== b.record.id) return a.record.id < b.record.id ? -1 : 1
  return a.record.source < b.record.source ? -1 : a.record.source > b.record.source ? 1 : 0
}

function bySource(index: AdvisoryIndex, source: PackageIdentity, found: Map<AdvisoryRecord, Match>): void {
  const entries = index.packages.get(source.key)
  if (entries !== undefined) packageMatches(entries, source, versionOf(source), found)
}

function packageMatches(
  entries: readonly PackageEntry[],
  identity: PackageIdentity,
  version: ReadVersion | null,
  found: Map<AdvisoryRecord, Match>,
): void {
  for (const entry of entries) {
    const match = judgePackage(entry, identity, version, false)
    if (match.affected !== 'no') found.set(entry.record, better(found.get(entry.record), match))
  }
}
