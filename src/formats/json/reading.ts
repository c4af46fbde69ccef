import type { Finding } from '../../core/findings/finding.ts'
import type { ItemRefusal, NeedsCode, RefusalCode } from '../../core/findings/refusal.ts'
import type { Limits, ParsedItem, ReportReader } from '../format.ts'
import { parseItem } from './item.ts'
import { LineSplitter } from './lines.ts'
import type { Piece } from './piece.ts'
import { Splitter, type SplitterOptions } from './splitter.ts'

/** What a format makes of one item's JSON. */
export type Mapped =
  | { readonly ok: true; readonly finding: Finding; readonly key: string | null; readonly needs: readonly NeedsCode[] }
  | { readonly ok: false; readonly refusal: ItemRefusal }

/** Turns the JSON of the item at `at` into a finding or a refusal; never throws on input. */
export type ItemMapper = (value: unknown, at: string) => Mapped

export function refuseItem(
  code: RefusalCode,
  where: string,
  mend: string,
): { readonly ok: false; readonly refusal: ItemRefusal } {
  return { ok: false, refusal: { code, where, mend } }
}

/** Reads the items of one JSON document. */
export function documentReader(options: SplitterOptions, map: ItemMapper): ReportReader {
  return reader(new Splitter(options), options.limits, map)
}

/** Reads a JSON value a line (NDJSON). */
export function lineReader(limits: Limits, map: ItemMapper): ReportReader {
  return reader(new LineSplitter(limits.itemBytes), limits, map)
}

interface Cutter {
  push(chunk: Uint8Array): Piece[]
  end(): Piece[]
}

function reader(cutter: Cutter, limits: Limits, map: ItemMapper): ReportReader {
  const read = (piece: Piece): ParsedItem => itemOf(piece, limits, map)
  return { push: (chunk) => cutter.push(chunk).map(read), end: () => cutter.end().map(read) }
}

function itemOf(piece: Piece, limits: Limits, map: ItemMapper): ParsedItem {
  const { at, bytes: raw } = piece
  if (piece.refusal) return { ok: false, at, raw, refusal: piece.refusal }
  const parsed = parseItem(raw, limits, at)
  if (!parsed.ok) {
    const cut = piece.unfinished && parsed.refusal.code === 'item.not-json'
    return { ok: false, at, raw, refusal: cut ? cutOff(at) : parsed.refusal }
  }
  const mapped = map(parsed.value, at)
  if (!mapped.ok) return { ok: false, at, raw, refusal: mapped.refusal }
  return { ok: true, at, raw, finding: mapped.finding, key: mapped.key, needs: mapped.needs }
}

function cutOff(at: string): ItemRefusal {
  return { code: 'report.truncated', where: at, mend: 'The last line breaks off; send the whole file.' }
}
