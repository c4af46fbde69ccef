import type { Limits, ParsedItem, ReportReader } from '../format.ts'
import { Gathered } from './gathered.ts'
import { documentReader, type ItemMapper, lineReader } from './reading.ts'
import { shapeOf } from './shape.ts'

/**
 * Reads one object, an array of objects, or NDJSON, whichever the first line shows. Holds back at most `itemBytes` until it
 * knows; a first line longer than that is taken for a document.
 */
export function eitherReader(limits: Limits, map: ItemMapper): ReportReader {
  const head = new Gathered(limits.itemBytes + 1)
  let chosen: ReportReader | null = null
  const choose = (shape: 'lines' | 'document'): ReportReader =>
    shape === 'lines' ? lineReader(limits, map) : documentReader({ limits, arrays: [[]], rootIsItem: true }, map)
  // Looked at again only when a line end came or the head doubled, so that tiny chunks stay linear.
  let looked = 0
  return {
    push(chunk) {
      if (chosen) return chosen.push(chunk)
      const room = Math.max(0, limits.itemBytes + 1 - head.length)
      const held = Math.min(room, chunk.length)
      head.add(chunk, 0, held)
      const full = held < chunk.length
      if (!full && head.length < 2 * looked && !chunk.includes(0x0a) && head.length > 4096) return []
      looked = head.length
      const bytes = head.take()
      const shape = shapeOf(bytes, full)
      if (!shape) {
        head.add(bytes, 0, bytes.length)
        return []
      }
      chosen = choose(shape)
      const items: ParsedItem[] = chosen.push(bytes)
      return full ? items.concat(chosen.push(chunk.subarray(held))) : items
    },
    end() {
      if (chosen) return chosen.end()
      const bytes = head.take()
      chosen = choose(shapeOf(bytes, true) ?? 'document')
      return [...chosen.push(bytes), ...chosen.end()]
    },
  }
}
