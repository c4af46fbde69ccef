import type { Asking } from './ask.ts'
import { IMPORT_LIMITS, type ImportLimits } from './import-limits.ts'
import { listOf, numberOf, plain } from './json/plain.ts'
import { each, into, type Want } from './json/want.ts'
import { type TextPlace, walkPlace } from './log/place-walk.ts'
import type { SampleRow } from './log/sample-row.ts'
import { chunksOf } from './log/sequence-chunks.ts'
import type { Member } from './zip/directory.ts'

/** What a viewer may page through: the last conversation, the events, and the messages and calls that events refer to by index. */
export type Sequence = 'messages' | 'events' | 'pool' | 'calls'

export interface PageAsk {
  readonly from: number
  readonly count: number
}

/** Items as inert plain data, keys overwritten, `attachment://` pointers as they stand. */
export interface SequencePage {
  readonly items: readonly SequenceItem[]
  /** Where the next page begins; null where there is none. */
  readonly next: number | null
  readonly wrong: string | null
}

export interface SequenceItem {
  readonly index: number
  /** Null together with `tooLarge`. */
  readonly value: unknown
  readonly tooLarge: boolean
}

/**
 * Opens a page of one sample's transcript without reading the others. Equal for every form of log; a sample without a transcript has
 * empty sequences. At most `pageItems` items of `pageBytes` bytes.
 */
export function* openSequence(
  sample: SampleRow,
  sequence: Sequence,
  ask: PageAsk,
  limits: ImportLimits = IMPORT_LIMITS,
): Asking<SequencePage> {
  const { place } = sample
  if (place === null) return { items: [], next: null, wrong: null }
  if (place.form !== 'chunked') {
    const page = new Page(ask, limits)
    const text = place.form === 'member' ? { member: place.member } : place
    const wrong = yield* walkItems(text, WANTS[sequence](limits), page, (path, index) => (isItem(path) ? index : null), limits)
    return page.taken(wrong)
  }
  const refs = sequence === 'messages' ? yield* conversation(place.members, limits) : null
  const name = sequence === 'pool' ? 'messages' : sequence
  const page = new Page(ask, limits, refs)
  for (const chunk of chunksOf(place.members, name)) {
    if (page.isFull || !page.reaches(chunk.from, chunk.to)) continue
    const at = (path: Path, index: number) => (path.length === 1 ? chunk.from + index : null)
    const wrong = yield* walkItems(chunk, each(limits.itemBytes), page, at, limits)
    if (wrong !== null) return page.taken(wrong)
  }
  return page.taken(null)
}

type Path = readonly (string | number)[]

const WANTS: { readonly [sequence in Sequence]: (limits: ImportLimits) => Want } = {
  messages: ({ itemBytes }) => into({ messages: each(itemBytes) }),
  events: ({ itemBytes }) => into({ events: each(itemBytes), transcript: into({ events: each(itemBytes) }) }),
  pool: ({ itemBytes }) => into({ message_pool: each(itemBytes), events_data: into({ messages: each(itemBytes) }) }),
  calls: ({ itemBytes }) => into({ call_pool: each(itemBytes), events_data: into({ calls: each(itemBytes) }) }),
}

/** A scalar where a list was looked for is no item. */
function isItem(path: Path): boolean {
  return typeof path.at(-1) === 'number'
}

function* walkItems(
  place: TextPlace,
  want: Want,
  page: Page,
  indexOf: (path: Path, index: number) => number | null,
  limits: ImportLimits,
): Asking<string | null> {
  const sink = {
    value: (path: Path, bytes: Uint8Array | null) => {
      const index = indexOf(path, Number(path.at(-1)))
      if (index !== null) page.offer(index, bytes)
    },
  }
  return yield* walkPlace(place, limits, want, sink, () => page.isFull)
}

/** Gathers the items of a page; with `refs` the page runs over them and they name the items. */
class Page {
  private readonly from: number
  private readonly to: number
  private readonly refs: readonly number[] | null
  private readonly values = new Map<number, SequenceItem>()
  private readonly limits: ImportLimits
  private wanted: ReadonlySet<number> | null = null
  private bytes = 0
  private beyond = false
  private stopped: number | null = null

  constructor(ask: PageAsk, limits: ImportLimits, refs: readonly number[] | null = null) {
    this.limits = limits
    this.from = Math.max(0, Math.floor(ask.from) || 0)
    this.to = this.from + Math.min(limits.pageItems, Math.max(1, Math.floor(ask.count) || 1))
    this.refs = refs
    if (refs) this.wanted = new Set(refs.slice(this.from, this.to))
  }

  /** Whether nothing more of the sequence is needed: an item beyond the page was seen, or the page has its bytes. */
  get isFull(): boolean {
    return this.beyond || this.stopped !== null || (this.wanted !== null && this.values.size === this.wanted.size)
  }

  reaches(from: number, to: number): boolean {
    if (this.wanted === null) return to > this.from
    return [...this.wanted].some((index) => index >= from && index < to)
  }

  offer(index: number, bytes: Uint8Array | null): void {
    if (this.isFull) return
    if (this.wanted !== null ? !this.wanted.has(index) : index < this.from) return
    if (this.wanted === null && index >= this.to) {
      this.beyond = true
      return
    }
    this.bytes += bytes?.length ?? 0
    // The first item of a page always has room, so that paging comes to an end.
    if (this.bytes > this.limits.pageBytes && this.values.size > 0) {
      this.stopped = index
      return
    }
    this.values.set(index, { index, value: bytes === null ? null : (plain(bytes) ?? null), tooLarge: bytes === null })
  }

  taken(wrong: string | null): SequencePage {
    if (this.refs === null) {
      return { items: [...this.values.values()], next: this.stopped ?? (this.beyond ? this.to : null), wrong }
    }
    const items: SequenceItem[] = []
    let k = this.from
    for (; k < Math.min(this.to, this.refs.length); k++) {
      const item = this.values.get(this.refs[k]!)
      if (item === undefined && this.stopped !== null) break
      if (item !== undefined) items.push({ ...item, index: k })
    }
    return { items, next: k < this.refs.length ? k : null, wrong }
  }
}

/** The indices in the messages sequence of the last conversation; null where the sample does not name any. */
function* conversation(members: ReadonlyMap<string, Member>, limits: ImportLimits): Asking<readonly number[] | null> {
  const shell = members.get('sample.json')
  if (shell === undefined) return null
  let ranges: unknown = null
  const sink = { value: (_: Path, bytes: Uint8Array | null) => (ranges = bytes && plain(bytes)) }
  yield* walkPlace({ member: shell }, limits, into({ message_refs: 'keep' }), sink, () => ranges !== null)
  if (!Array.isArray(ranges)) return null
  const indices: number[] = []
  for (const range of ranges) {
    const [from, to] = listOf(range).map(numberOf)
    // Ranges are hostile: a few bytes may name any number of messages.
    for (let index = from ?? 0; index < (to ?? 0) && indices.length < MOST_MESSAGES; index++) indices.push(index)
  }
  return indices
}

const MOST_MESSAGES = 1_000_000
