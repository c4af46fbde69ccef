import type { KnownFlawOut } from '../../../contract/shapes/records.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentKnownFlaw } from '../../../core/access/present/record.ts'
import type { Principal } from '../../../core/access/principal.ts'
import type { AdvisoryRecord, AffectedRange } from '../../../core/exposure/advisory-record.ts'
import { foldedId } from '../../../core/exposure/aliases/flaw-names.ts'
import { cveOf, signalsOf } from '../../../core/exposure/flaw-signals.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import { type Answer, denied, done, NOT_FOUND } from '../answer.ts'
import type { KnownFlaw } from './known-book.ts'
import type { KnownDesk } from './known-desk.ts'

const MOST_PARTS = 200
const MOST_SAID = 20
const MOST_RECORDS = 200
const MOST_NAMES = 500

/** A public flaw by any of its names: what each database says of it, and why these are one flaw. */
export function readKnownFlaw({ book }: KnownDesk, principal: Principal, id: string): Answer<Presented<KnownFlawOut>> {
  if (!book.loaded) return denied('exposure.reading', 'Ask again in a moment.')
  const name = foldedId(id)
  const flaw: KnownFlaw = book.flawOf(name) ?? { primary: name, ids: [name], covers: [], joins: [], records: [], keptApart: [] }
  const cve = cveOf(flaw)
  // A CVE id of which only a catalogue speaks is known too.
  const isSaid = cve !== null && [book.signals.kev?.entries, book.signals.epss, book.signals.ssvc].some((map) => map?.has(cve))
  if (flaw.records.length === 0 && !isSaid) return NOT_FOUND
  const shown = presentKnownFlaw(principal, viewOf(book, flaw, cve))
  return shown === null ? NOT_FOUND : done(shown)
}

function viewOf(book: KnownDesk['book'], flaw: KnownFlaw, cve: string | null): KnownFlawOut {
  const { primary, ids, records } = flaw
  const signals = signalsOf(
    { primary, ids, covers: flaw.covers, records: records.map((record) => ({ record, match: NO_MATCH })) },
    book.signals,
  )
  const enriched = cve === null ? undefined : book.signals.ssvc?.get(cve)
  const entry = signals.kev?.value ?? null
  return {
    id: primary,
    names: ids.slice(0, MOST_NAMES),
    covers: flaw.covers.slice(0, MOST_NAMES),
    joined: flaw.joins.slice(0, MOST_NAMES).map((join) => ({ names: [...join.ids], by: join.by })),
    keptApart: flaw.keptApart.slice(0, MOST_NAMES).map((kept) => ({ names: [...kept.ids], by: kept.by, why: kept.why })),
    records: records.slice(0, MOST_RECORDS).map(recordOut),
    kev:
      signals.kev === null
        ? null
        : {
            listed: entry !== null,
            added: said(entry?.added ?? null),
            due: said(entry?.due ?? null),
            action: entry?.action ?? '',
            source: signals.kev.source,
          },
    epss: signals.epss === null ? null : { score: signals.epss.value, source: signals.epss.source, at: said(signals.epss.at) },
    ssvc:
      enriched === undefined || enriched.value === null
        ? null
        : {
            exploitation: enriched.value.exploitation,
            automatable: enriched.value.automatable,
            impact: enriched.value.impact,
            source: enriched.source,
            at: said(enriched.at),
          },
    severity: signals.severity === null ? null : { word: signals.severity.value, vector: signals.severity.source },
    readAs: book.readTo,
  }
}

const NO_MATCH = { affected: 'unknown', by: 'purl', fixed: null, steps: [] } as const

function recordOut(record: AdvisoryRecord): KnownFlawOut['records'][number] {
  const { affected, products } = record
  return {
    id: record.id,
    source: record.source,
    modified: said(record.modified),
    published: said(record.published),
    withdrawn: said(record.withdrawn),
    summary: record.summary.slice(0, 2000),
    aliases: record.aliases.slice(0, MOST_PARTS),
    vectors: record.vectors.slice(0, MOST_SAID),
    packages: affected.slice(0, MOST_PARTS).map(({ ecosystem, name, ranges, versions }) => ({
      ecosystem,
      name,
      says: [...ranges.map(rangeSays), ...versions].slice(0, MOST_SAID),
    })),
    products: products.slice(0, MOST_PARTS).map(({ identity, name, status }) => ({ identity, name, status })),
    more: Math.max(0, affected.length - MOST_PARTS) + Math.max(0, products.length - MOST_PARTS),
  }
}

/** For example `from 1.0.0, fixed 1.2.3`. */
function rangeSays({ kind, events, vers }: AffectedRange): string {
  if (vers !== null) return vers.slice(0, 500)
  const parts = events.slice(0, MOST_SAID).map((event) => {
    if ('introduced' in event) return `from ${event.introduced}`
    if ('fixed' in event) return `fixed ${event.fixed}`
    return 'lastAffected' in event ? `up to ${event.lastAffected}` : `below ${event.limit}`
  })
  return `${kind === 'git' ? 'commits ' : ''}${parts.join(', ')}`.slice(0, 500)
}

function said(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}
