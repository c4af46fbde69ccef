import type { RecordSource, RecordSources } from '../../../contract/shapes/exposure.ts'
import type { Presented } from '../../../core/access/present/presented.ts'
import { presentRecords } from '../../../core/access/present/record.ts'
import type { Principal } from '../../../core/access/principal.ts'
import { formatInstant, type Instant } from '../../../core/kernel/instant.ts'
import { importsTaken } from '../../store/known.ts'
import { type Answer, done, NOT_FOUND } from '../answer.ts'
import type { KnownDesk } from './known-desk.ts'

const MOST_FEEDS = 1000

/** What was taken in: by feed the newest file of each with what of it was set aside, and what is held by database. */
export async function listRecords(desk: KnownDesk, principal: Principal): Promise<Answer<Presented<RecordSources>>> {
  const rows = (await importsTaken(desk.store, MOST_FEEDS)).map((row): RecordSource => {
    const counts = row.counts as { readonly items: number; readonly setAsideCount: number }
    return {
      source: row.feed,
      kind: row.kind as RecordSource['kind'],
      count: counts.items - counts.setAsideCount,
      newest: said(row.newest),
      takenAt: formatInstant(row.taken_at as Instant),
      whole: row.whole,
      setAside: row.set_aside as RecordSource['setAside'],
      setAsideCount: counts.setAsideCount,
    }
  })
  const { book } = desk
  const editions = (['kev', 'epss'] as const).flatMap((kind) => {
    const edition = book.editions[kind]
    return edition === null ? [] : [{ kind, source: edition.source, asOf: said(edition.asOf) }]
  })
  const view = { rows, flaws: book.flaws, held: heldIn(desk), editions, loaded: book.loaded, version: book.readTo }
  const shown = presentRecords(principal, view)
  return shown === null ? NOT_FOUND : done(shown)
}

function heldIn({ book }: KnownDesk): RecordSources['held'] {
  const by = new Map<string, { count: number; newest: Instant | null }>()
  for (const { source, modified } of book.records) {
    const held = by.get(source) ?? { count: 0, newest: null }
    held.count++
    if (modified !== null && modified > (held.newest ?? Number.NEGATIVE_INFINITY)) held.newest = modified
    by.set(source, held)
  }
  return [...by]
    .map(([source, { count, newest }]) => ({ source, count, newest: said(newest) }))
    .sort((a, b) => b.count - a.count || (a.source < b.source ? -1 : 1))
    .slice(0, MOST_FEEDS)
}

function said(at: number | null): string | null {
  return at === null ? null : formatInstant(at as Instant)
}
