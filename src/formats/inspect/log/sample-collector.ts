import { listOf, numberOf, objectOf, plain, textOf } from '../json/plain.ts'
import type { Path } from '../json/walk.ts'
import { provenanceOf } from './provenance.ts'
import type { SampleLimit, SamplePlace, SampleRow, SampleScore } from './sample-row.ts'
import { type ScoreEdit, type ScoreValue, scoreValue } from './score-value.ts'

/** Bytes that may still be kept of a log's samples; below 0 once something was left out. */
export interface DetailLeft {
  left: number
  scores: number
}

const MOST_SCORERS = 100
const MOST_EDITS = 50
const MOST_KEYS = 64
const MOST_KINDS = 64
const LONGEST_ERROR = 1000
const LONGEST_TEXT = 200
/** About what an entry costs beside its text. */
const ENTRY = 100
const NOT_KEPT = 'What broke it off is not kept: it is too long.'

interface Gathering {
  value: ScoreValue
  history: readonly ScoreEdit[]
}

/** Makes a row of what the walk over one sample hands on. */
export class SampleCollector {
  private readonly detail: DetailLeft
  private readonly fields = new Map<string, unknown>()
  private readonly scores = new Map<string, Gathering>()
  private readonly metadata = new Map<string, string | number | boolean>()
  private readonly events = new Map<string, number>()
  private messages: number | null = null
  private retries = 0
  private eventTokens: number | null = null
  private stopReason: string | null = null
  private error: string | null = null

  constructor(detail: DetailLeft) {
    this.detail = detail
  }

  /** A value at `path`, counted from the sample's own root. */
  take(path: Path, bytes: Uint8Array | null): void {
    const [first, second, third] = path
    if (typeof first !== 'string') return
    if (bytes === null) this.takeTooLarge(first, second, third)
    else this.takeSmall(path, bytes)
  }

  private takeSmall(path: Path, bytes: Uint8Array): void {
    const [first, second, third] = path as [string, ...Path]
    if (first === 'events') this.takeEvent(path.slice(2), bytes)
    else if (first === 'transcript') this.takeEvent(path.slice(3), bytes)
    else if (first === 'scores') this.takeScore(second, third, bytes)
    else if (first === 'score') this.takeScore('', second, bytes)
    else if (first === 'metadata') this.takeMetadata(second, bytes)
    else if (first === 'output') this.stopReason = textOf(plain(bytes))?.slice(0, LONGEST_TEXT) ?? null
    else if (first === 'error') this.takeError(bytes)
    else this.fields.set(first, plain(bytes))
  }

  /** That there was an error, a limit or a word of invalidity counts even where it is too long to be kept. */
  private takeTooLarge(first: string, second: string | number | undefined, third: string | number | undefined): void {
    if (first === 'error') this.error = NOT_KEPT
    else if (first === 'invalidation') this.fields.set(first, {})
    else if (first === 'limit') this.fields.set(first, 'unknown')
    else if (first === 'scores' && third !== 'history') this.scoreNamed(second)
    else if (first === 'score' && second !== 'history') this.scoreNamed('')
  }

  private takeError(bytes: Uint8Array): void {
    const error = textOf(plain(bytes))?.slice(0, LONGEST_ERROR) ?? null
    if (error !== null) this.error = this.pays(error.length) ? error : NOT_KEPT
  }

  /** A container at `path` ended with so many elements. */
  count(path: Path, elements: number): void {
    if (path.length !== 1) return
    if (path[0] === 'messages') this.messages = elements
    else if (path[0] === 'error_retries') this.retries = elements
  }

  /** A value of an event, `path` from the event's own root. */
  takeEvent(path: Path, bytes: Uint8Array): void {
    if (path[0] === 'event') {
      const kind = textOf(plain(bytes))?.slice(0, 40) ?? ''
      const counted = this.events.has(kind) || (this.events.size < MOST_KINDS && this.pays(kind.length))
      if (counted) this.events.set(kind, (this.events.get(kind) ?? 0) + 1)
    } else if (path[1] === 'usage') {
      const tokens = usageTokens(plain(bytes))
      if (tokens !== null) this.eventTokens = (this.eventTokens ?? 0) + tokens
    }
  }

  takeMetadata(key: string | number | undefined, bytes: Uint8Array): void {
    if (typeof key !== 'string' || this.metadata.size >= MOST_KEYS) return
    const value = plain(bytes)
    if (typeof value === 'number' ? !Number.isFinite(value) : typeof value !== 'boolean' && typeof value !== 'string') return
    if (typeof value === 'string' && value.length > LONGEST_TEXT) return
    if (this.pays(Math.min(key.length, LONGEST_TEXT) + String(value).length)) {
      this.metadata.set(key.slice(0, LONGEST_TEXT), value as string | number | boolean)
    }
  }

  /** Null where the sample does not say which one it is. `scorer` names the score of old logs that do not. */
  row(place: SamplePlace | null, scorer: string): SampleRow | null {
    const id = this.fields.get('id')
    const epoch = this.fields.get('epoch') ?? 1
    if (!(typeof id === 'string' || typeof id === 'number') || typeof epoch !== 'number' || !Number.isInteger(epoch))
      return null
    const field = (name: string) => this.fields.get(name)
    const text = (name: string) => textOf(field(name))?.slice(0, LONGEST_TEXT) ?? null
    return {
      id: typeof id === 'string' ? id.slice(0, LONGEST_TEXT) : id,
      epoch,
      scores: [...this.scores].map(([name, { value, history }]): SampleScore => ({ scorer: name || scorer, value, history })),
      error: this.error,
      limit: limitOf(field('limit')),
      invalidated: provenanceOf(field('invalidation')),
      tokens: modelTokens(field('model_usage')) ?? this.eventTokens,
      totalTime: numberOf(field('total_time')),
      workingTime: numberOf(field('working_time')),
      startedAt: text('started_at'),
      completedAt: text('completed_at'),
      retries: Math.max(this.retries, numberOf(field('retries')) ?? 0),
      stopReason: this.stopReason,
      metadata: Object.fromEntries(this.metadata),
      messages: this.messages ?? referred(field('message_refs')) ?? numberOf(field('message_count')) ?? 0,
      events: Object.fromEntries(this.events),
      place,
    }
  }

  private takeScore(name: string | number | undefined, part: string | number | undefined, bytes: Uint8Array): void {
    const score = this.scoreNamed(name, bytes.length)
    if (score === null) return
    const value = plain(bytes)
    // Some early logs have the bare value instead of an object.
    if (part === undefined || part === 'value') score.value = scoreValue(value)
    else if (part === 'history') {
      const edits = listOf(value).slice(0, MOST_EDITS).map(editOf)
      if (edits.length === 0 || this.pays(JSON.stringify(edits).length)) score.history = edits
    }
  }

  /** The score of that scorer, begun where there is none yet; null where no more are kept. */
  private scoreNamed(name: string | number | undefined, bytes = 0): Gathering | null {
    const scorer = String(name ?? '').slice(0, LONGEST_TEXT)
    const known = this.scores.get(scorer)
    const left = this.detail.scores - (known ? 0 : ENTRY + scorer.length) - bytes
    if (left < 0 || (!known && this.scores.size >= MOST_SCORERS)) {
      this.detail.scores = Math.min(left, this.detail.scores)
      return null
    }
    this.detail.scores = left
    const score = known ?? { value: null, history: [] }
    this.scores.set(scorer, score)
    return score
  }

  private pays(length: number): boolean {
    this.detail.left -= ENTRY + length
    return this.detail.left >= 0
  }
}

function editOf(value: unknown): ScoreEdit {
  const edit = objectOf(value)
  const by = provenanceOf(edit['provenance'])
  return { value: scoreValue(edit['value']), author: by?.author ?? null, reason: by?.reason ?? null, at: by?.at ?? null }
}

function limitOf(value: unknown): SampleLimit | null {
  if (typeof value === 'string') return { type: value.slice(0, LONGEST_TEXT), limit: null }
  const limit = objectOf(value)
  const type = textOf(limit['type'])
  return type === null ? null : { type: type.slice(0, LONGEST_TEXT), limit: numberOf(limit['limit']) }
}

function modelTokens(value: unknown): number | null {
  const usages = Object.values(objectOf(value)).map(usageTokens)
  const stated = usages.filter((tokens) => tokens !== null)
  return stated.length === 0 ? null : stated.reduce((sum, tokens) => sum + tokens, 0)
}

/** Total as stated, which counts cached input too, or else input and output. */
function usageTokens(value: unknown): number | null {
  const usage = objectOf(value)
  const total = numberOf(usage['total_tokens'])
  if (total !== null) return total
  const input = numberOf(usage['input_tokens'])
  const output = numberOf(usage['output_tokens'])
  return input === null && output === null ? null : (input ?? 0) + (output ?? 0)
}

/** How many messages the half-open ranges name. */
function referred(value: unknown): number | null {
  if (!Array.isArray(value)) return null
  return value.reduce((sum: number, range) => {
    const [from, to] = listOf(range).map(numberOf)
    return sum + Math.max(0, (to ?? 0) - (from ?? 0))
  }, 0)
}
