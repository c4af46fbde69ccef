import { createHash } from 'node:crypto'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import type { AdvisoryRecord } from '../../../core/exposure/advisory-record.ts'
import type { VexStatement } from '../../../core/exposure/vex/vex-statement.ts'
import type { EpssRow } from '../../../formats/known/epss.ts'
import type { KevRow } from '../../../formats/known/kev.ts'
import type { KnownEntry } from '../../../formats/known/known-entry.ts'
import type { EnrichedRow } from '../../../formats/known/vulnrichment.ts'
import type { KnownHeld } from '../../store/known.ts'
import type { KnownRow } from '../../store/known-intake.ts'

/** What a row says, read back; a body of null: it is gone. */
export type KnownSaid =
  | { readonly kind: 'record'; readonly source: string; readonly id: string; readonly body: AdvisoryRecord | null }
  | { readonly kind: 'kev'; readonly id: string; readonly body: KevRow | null }
  | { readonly kind: 'epss'; readonly id: string; readonly body: Pick<EpssRow, 'score'> | null }
  | { readonly kind: 'ssvc'; readonly id: string; readonly feed: string; readonly body: EnrichedRow | null }
  | { readonly kind: 'vex'; readonly source: string; readonly id: string; readonly body: readonly VexStatement[] | null }

const LONGEST_NAME = 300
// Where packing begins to pay.
const SHORT = 1500

/** An entry as it is kept; null where it has no name that can be kept. */
export function rowOf(entry: KnownEntry): KnownRow | null {
  switch (entry.of) {
    case 'record': {
      const { record } = entry
      return row('record', record.source, record.id, record.modified, record)
    }
    case 'kev':
      // Of a catalogue the edition says what is newer.
      return row('kev', 'cisa', entry.row.entry.cve, null, entry.row)
    case 'epss':
      // The edition says when, and ranks follow from all scores: kept with each, every row would change every day.
      return row('epss', 'first', entry.row.cve, null, { score: entry.row.score })
    case 'ssvc':
      return row('ssvc', 'vulnrichment', entry.row.cve, entry.row.at, entry.row)
    case 'vex': {
      const newest = Math.max(...entry.statements.map(({ at }) => at ?? Number.NEGATIVE_INFINITY))
      const source = entry.statements[0]?.source ?? ''
      return row('vex', source, entry.document, Number.isFinite(newest) ? newest : null, entry.statements)
    }
  }
}

function row(kind: KnownRow['kind'], source: string, id: string, modified: number | null, body: unknown): KnownRow | null {
  if (!isName(source) || !isName(id) || id === '') return null
  const plain = Buffer.from(JSON.stringify(body))
  const digest = createHash('sha256').update(plain).digest()
  return { kind, source, id, digest, modified, body: plain.length < SHORT ? plain : zstdCompressSync(plain) }
}

/** Hostile: a database keeps no NUL in a text, nor half a character, and an index no long one. */
function isName(text: string): boolean {
  return text.length <= LONGEST_NAME && text.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(text)
}

/** A row of the database as what it says. */
export function saidOf({ kind, source, id, feed, body }: KnownHeld): KnownSaid {
  const plain =
    body === null ? null : (JSON.parse((body[0] === 0x28 ? zstdDecompressSync(body) : body).toString('utf8')) as never)
  return { kind, source, id, feed, body: plain } as KnownSaid
}
