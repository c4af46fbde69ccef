import type { Instant } from '../kernel/instant.ts'
import type { AdvisoryRecord, AffectedProduct, AffectedRange, RangeEvent } from './advisory-record.ts'
import type { Component } from './component.ts'
import { packageKey } from './package-key.ts'

// Made-up advisories and components for the tests of this desk.

export function record(id: string, over: Partial<AdvisoryRecord> = {}): AdvisoryRecord {
  const none = { modified: null, published: null, withdrawn: null, summary: '', vectors: [], affected: [], products: [] }
  return { id, aliases: [], source: 'osv', ...none, ...over }
}

/** An advisory about one package with ranges of events. */
export function about(ecosystem: string, name: string, ranges: readonly (readonly RangeEvent[])[], versions: string[] = []) {
  return record(`${name}-1`, {
    affected: [{ key: packageKey(ecosystem, name), ecosystem, name, ranges: ranges.map(eventRange), versions }],
  })
}

export function eventRange(events: readonly RangeEvent[]): AffectedRange {
  return { kind: 'ecosystem', events, vers: null }
}

export function component(purl: string | null, over: Partial<Component> = {}): Component {
  return { purl, cpes: [], group: null, name: 'x', version: null, type: null, marks: [], place: '/0', ...over }
}

export function product(identity: string, over: Partial<AffectedProduct> = {}): AffectedProduct {
  return { identity, name: 'x', vendor: null, status: 'affected', range: null, remedy: null, ...over }
}

export const NOON = Date.UTC(2026, 10, 21, 12) as Instant
