import type { ItemSink } from '../item-sink.ts'
import type { LinePart } from '../line-reader.ts'
import { lockedDraft } from '../package-named.ts'

const LINE = /^(\S+)\s+(\S+)\s+(h1:\S+)$/

/** Reads go.sum. A line for `/go.mod` alone says that a module was looked at, not that its code is built in: it is passed over. */
export function goSumPart(sink: ItemSink): LinePart {
  return {
    line(text, number) {
      const body = text.trim()
      if (body === '') return
      const found = LINE.exec(body)
      if (found === null) {
        sink.unmatched('wrong-shape', `line ${number}`, body)
        return
      }
      sink.recognised = true
      if (!found[2]!.endsWith('/go.mod')) sink.draft(lockedDraft('golang', found[1]!, found[2]!, `line ${number}`))
    },
    end() {},
  }
}
