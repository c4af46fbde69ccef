import { Gathered } from '../json/gathered.ts'
import type { InventoryLimits, InventoryReader } from './inventory.ts'
import { ItemSink } from './item-sink.ts'
import { UnicodeFront } from './unicode-front.ts'

/** What one format makes of the lines of a text; `line` comes without its end, its number counts from 1. */
export interface LinePart {
  line(text: string, number: number): void
  end(): void
}

const LF = 0x0a
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Reads a text line by line; a line over `textBytes` is told and passed over. */
export function lineReader(limits: InventoryLimits, make: (sink: ItemSink) => LinePart): InventoryReader {
  const sink = new ItemSink(limits)
  const part = make(sink)
  const front = new UnicodeFront()
  const held = new Gathered(limits.textBytes)
  let number = 1

  const give = (bytes: Uint8Array): void => {
    const text = decoder.decode(bytes)
    part.line(text.endsWith('\r') ? text.slice(0, -1) : text, number)
  }
  const close = (): void => {
    const large = held.exceeded
    const bytes = held.take()
    if (large) sink.unmatched('too-large', `line ${number}`, decoder.decode(bytes.subarray(0, 200)))
    else give(bytes)
  }
  const read = (chunk: Uint8Array): void => {
    let from = 0
    while (!sink.ended) {
      const end = chunk.indexOf(LF, from)
      if (end < 0) break
      if (held.empty && end - from <= limits.textBytes) give(chunk.subarray(from, end))
      else {
        held.add(chunk, from, end)
        close()
      }
      number++
      from = end + 1
    }
    held.add(chunk, from, chunk.length)
  }
  return {
    push(chunk) {
      if (!sink.ended) read(front.push(chunk))
      return sink.take()
    },
    end() {
      if (!sink.ended) {
        read(front.end())
        if (!held.empty) close()
      }
      part.end()
      return sink.finish()
    },
  }
}
