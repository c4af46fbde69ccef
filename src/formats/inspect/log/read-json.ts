import type { Asking } from '../ask.ts'
import type { InspectLog } from '../inspect-log.ts'
import { Walk } from '../json/walk.ts'
import { each } from '../json/want.ts'
import { KeyMask } from '../keys/key-mask.ts'
import { finishLog } from './finish-log.ts'
import { HeaderSink, headerWant } from './header-sink.ts'
import { scorerOf } from './read-eval.ts'
import type { Reading } from './reading.ts'
import { SampleBook } from './sample-book.ts'
import { SampleCollector } from './sample-collector.ts'
import { SAMPLE_WANT } from './sample-want.ts'

/** Reads a log of one JSON document in one pass; null where it is no log. */
export function* readJsonLog(reading: Reading): Asking<InspectLog | null> {
  const { source, limits } = reading
  const header = new HeaderSink()
  const book = new SampleBook(reading)
  let collector = new SampleCollector(reading.detail)
  let begins = 0
  const walk = new Walk(
    headerWant(limits, each(SAMPLE_WANT)),
    {
      enter: (path, at) => {
        if (path.length !== 2) return
        collector = new SampleCollector(reading.detail)
        begins = at
      },
      value: (path, bytes) => (path.length > 2 ? collector.take(path.slice(2), bytes) : header.value(path, bytes)),
      leave: (path, at, count) => {
        if (path.length > 2) collector.count(path.slice(2), count)
        if (path.length !== 2) return
        const row = collector.row({ form: 'range', at: begins, length: at - begins }, scorerOf(header.values))
        if (row !== null) book.add(row)
        else reading.findings.tell('sample.unreadable', `sample ${path[1]}`, 'It does not say which sample it is.')
      },
    },
    { depth: limits.depth, keepBytes: limits.valueBytes },
  )
  const mask = new KeyMask()
  let at = 0
  while (at < source.size && walk.fault === null) {
    const chunk = yield { at, length: Math.min(limits.askBytes, source.size - at) }
    if (chunk.length === 0) break
    walk.push(mask.push(chunk))
    at += chunk.length
  }
  walk.push(mask.end())
  reading.tellKeys(mask, '')
  const fault = walk.end()
  if (!header.values.has('eval') && !header.values.has('status')) return null
  if (fault !== null) reading.tellFault(fault, '')
  for (const key of header.tooLarge)
    reading.findings.tell('header.unreadable', key, 'This part of the log is too large to be read.')
  const root = header.values.has('status') ? header.values : new Map([...header.values, ['status', 'started']])
  return finishLog(reading, {
    form: 'json',
    headerPresent: true,
    root,
    samples: book.list(),
    whole: fault === null && book.isWhole,
  })
}
