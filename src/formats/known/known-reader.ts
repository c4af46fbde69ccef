import { LIMITS, type Limits } from '../format.ts'
import { Gathered } from '../json/gathered.ts'
import { parseItem } from '../json/item.ts'
import { LineSplitter } from '../json/lines.ts'
import type { Piece } from '../json/piece.ts'
import { shapeOf } from '../json/shape.ts'
import { Splitter } from '../json/splitter.ts'
import type { KnownItem, KnownMapper, SetAside } from './known-item.ts'

/** Reads a database's file pushed to it piece by piece; memory is one item. Never throws on input. */
export interface KnownReader<T> {
  push(chunk: Uint8Array): KnownItem<T>[]
  end(): KnownItem<T>[]
}

/** Records of other people may be larger than a report's item: the largest CSAF documents have several megabytes. */
export const KNOWN_LIMITS: Limits = { ...LIMITS, itemBytes: 32 << 20, values: 2_000_000 }

interface Cutter {
  push(chunk: Uint8Array): Piece[]
  end(): Piece[]
}

/**
 * Reads a file of records: one JSON document, an array of them, or one a line, whichever it shows. `path` names the array inside
 * a document whose elements are the items (`['vulnerabilities']`), where the document itself is none.
 */
export function knownReader<T>(map: KnownMapper<T>, path?: readonly string[], limits: Limits = KNOWN_LIMITS): KnownReader<T> {
  const head = new Gathered(limits.itemBytes + 1)
  let chosen: Cutter | null = null
  let looked = 0
  const read = (piece: Piece): KnownItem<T> => itemOf(piece, map, limits)
  const choose = (bytes: Uint8Array, ended: boolean): Cutter | null => {
    const shape = path === undefined ? shapeOf(bytes, ended) : 'document'
    if (shape === null) return null
    if (shape === 'lines') return new LineSplitter(limits.itemBytes)
    const arrays = path === undefined ? [[]] : [path]
    return new Splitter({ limits, arrays, rootIsItem: path === undefined })
  }
  return {
    push(chunk) {
      if (chosen !== null) return chosen.push(chunk).map(read)
      const room = Math.max(0, limits.itemBytes + 1 - head.length)
      const held = Math.min(room, chunk.length)
      head.add(chunk, 0, held)
      const full = held < chunk.length
      // Looked at again only when a line end came or the head doubled, so that tiny chunks stay linear.
      if (!full && head.length < 2 * looked && !chunk.includes(0x0a)) return []
      looked = head.length
      const bytes = head.take()
      chosen = choose(bytes, full)
      if (chosen !== null) {
        const pieces = chosen.push(bytes)
        return (full ? [...pieces, ...chosen.push(chunk.subarray(held))] : pieces).map(read)
      }
      head.add(bytes, 0, bytes.length)
      return []
    },
    end() {
      const bytes = head.take()
      const cutter = chosen ?? choose(bytes, true) ?? new LineSplitter(limits.itemBytes)
      return [...(chosen === null ? cutter.push(bytes) : []), ...cutter.end()].map(read)
    },
  }
}

/** Reads one file that holds one record, as the archives of OSV do, one entry after the other. */
export function readKnownFile<T>(bytes: Uint8Array, name: string, map: KnownMapper<T>, limits = KNOWN_LIMITS): KnownItem<T> {
  if (bytes.length > limits.itemBytes) return { ok: false, at: name, id: null, why: 'too-large' }
  return itemOf({ at: name, bytes, refusal: null, unfinished: false }, map, limits)
}

function itemOf<T>(piece: Piece, map: KnownMapper<T>, limits: Limits): KnownItem<T> {
  const { at } = piece
  if (piece.refusal !== null) return { ok: false, at, id: null, why: whyOf(piece.refusal.code) }
  const parsed = parseItem(piece.bytes, limits, at)
  if (!parsed.ok) return { ok: false, at, id: null, why: whyOf(parsed.refusal.code) }
  return { at, ...map(parsed.value) }
}

function whyOf(code: string): SetAside {
  return code === 'item.too-large' || code === 'item.too-deep' || code === 'item.too-many' ? 'too-large' : 'not-readable'
}
