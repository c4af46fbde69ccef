import type { Asking } from '../ask.ts'
import type { InspectLog } from '../inspect-log.ts'
import type { Path, WalkSink } from '../json/walk.ts'
import { each, type Want } from '../json/want.ts'
import { type Member, readDirectory } from '../zip/directory.ts'
import { finishLog } from './finish-log.ts'
import { HeaderSink, headerWant } from './header-sink.ts'
import { sortMembers } from './log-members.ts'
import type { Reading } from './reading.ts'
import { SampleBook } from './sample-book.ts'
import { SampleCollector } from './sample-collector.ts'
import type { SamplePlace } from './sample-row.ts'
import { EVENTS_WANT, METADATA_WANT, SAMPLE_WANT } from './sample-want.ts'

/** Reads the archive form of a log; null where the bytes are no archive. Every member is unpacked once, for keys may be in any. */
export function* readEvalLog(reading: Reading): Asking<InspectLog | null> {
  const directory = yield* readDirectory(reading.source, reading.limits, reading.findings)
  if (directory === null) return null
  const members = sortMembers(directory)
  const header = yield* readRoot(reading, members.header)
  const start = yield* readRoot(reading, members.start)
  const book = new SampleBook(reading)
  let whole = true
  const scorer = scorerOf(header ?? start)
  for (const member of members.samples) {
    const collector = new SampleCollector(reading.detail)
    const sound = yield* reading.walk(member, SAMPLE_WANT, sinkOf(collector))
    whole = addRow(reading, book, collector, { form: 'member', member: reading.kept(member) }, sound, scorer) && whole
  }
  for (const parts of members.chunked.values()) whole = (yield* readChunked(reading, book, parts, scorer)) && whole
  for (const member of members.summaries) yield* readSummaries(reading, book, member, scorer)
  for (const member of members.others) yield* reading.walk(member, 'skip', { value: () => {} })
  if (header === null) {
    const say =
      start === null ? 'It has no header and no journal.' : 'It has no header: the run was interrupted. Its journal was read.'
    reading.findings.tell('header.missing', '', say)
  }
  const root = header ?? new Map([...(start ?? []), ['status', 'started']])
  return finishLog(reading, {
    form: 'eval',
    headerPresent: header !== null,
    root,
    samples: book.list(),
    whole: whole && book.isWhole,
  })
}

function* readRoot(reading: Reading, member: Member | null): Asking<ReadonlyMap<string, unknown> | null> {
  if (member === null) return null
  const sink = new HeaderSink()
  const sound = yield* reading.walk(member, headerWant(reading.limits), sink)
  for (const key of sink.tooLarge)
    reading.findings.tell('header.unreadable', key, 'This part of the header is too large to be read.')
  return sound || sink.values.size > 0 ? sink.values : null
}

function* readChunked(
  reading: Reading,
  book: SampleBook,
  members: ReadonlyMap<string, Member>,
  scorer: string,
): Asking<boolean> {
  const collector = new SampleCollector(reading.detail)
  const kept = new Map([...members].map(([name, member]) => [name, reading.kept(member)]))
  let sound = true
  for (const [name, member] of members) {
    let want: Want = 'skip'
    let sink: WalkSink = { value: () => {} }
    if (name === 'sample.json') {
      want = SAMPLE_WANT
      sink = sinkOf(collector)
    } else if (name === 'metadata.json') {
      want = METADATA_WANT
      sink = { value: (path, bytes) => bytes && collector.takeMetadata(path[0], bytes) }
    } else if (/^events\/\d+\.json$/.test(name)) {
      want = EVENTS_WANT
      sink = { value: (path, bytes) => bytes && collector.takeEvent(path.slice(1), bytes) }
    }
    sound = (yield* reading.walk(member, want, sink)) && sound
  }
  return addRow(reading, book, collector, { form: 'chunked', members: kept }, sound, scorer)
}

function* readSummaries(reading: Reading, book: SampleBook, member: Member, scorer: string): Asking<void> {
  let added = 0
  let collector = new SampleCollector(reading.detail)
  yield* reading.walk(member, each(SAMPLE_WANT), {
    enter: (path) => {
      if (path.length === 1) collector = new SampleCollector(reading.detail)
    },
    value: (path, bytes) => collector.take(path.slice(1), bytes),
    leave: (path) => {
      const row = path.length === 1 ? collector.row(null, scorer) : null
      if (row !== null && book.addSummary(row)) added++
    },
  })
  if (added > 0) {
    const say = `Samples that stand in the summaries alone, with scores and without a transcript: ${added}.`
    reading.findings.tell('sample.only-summary', reading.named(member), say)
  }
}

function sinkOf(collector: SampleCollector): WalkSink {
  return {
    value: (path: Path, bytes) => collector.take(path, bytes),
    leave: (path, _, count) => collector.count(path, count),
  }
}

/** A sample that cannot be read to its end is left out: half a sample is no attempt. */
function addRow(
  reading: Reading,
  book: SampleBook,
  collector: SampleCollector,
  place: SamplePlace,
  sound: boolean,
  scorer: string,
): boolean {
  const row = sound ? collector.row(place, scorer) : null
  if (row !== null) book.add(row)
  else if (sound) {
    const member =
      place.form === 'member' ? place.member : place.form === 'chunked' ? place.members.get('sample.json') : undefined
    reading.findings.tell('sample.unreadable', member ? reading.named(member) : '', 'It does not say which sample it is.')
  }
  return row !== null
}

/** What old logs call their one scorer. */
export function scorerOf(root: ReadonlyMap<string, unknown> | null): string {
  const results = root?.get('results') as { scorer?: { name?: unknown } | string } | null | undefined
  const scorer = typeof results?.scorer === 'string' ? results.scorer : results?.scorer?.name
  return typeof scorer === 'string' ? scorer : 'score'
}
