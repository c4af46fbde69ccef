import { listOf, numberOf, objectOf, plain, textOf } from '../json/plain.ts'
import type { Path } from '../json/walk.ts'
import { provenanceOf } from './provenance.ts'
import type { SampleLimit, SamplePlace, SampleRow, SampleScore } from './sample-row.ts'
import { type ScoreEdit, type ScoreValue, scoreValue } from './score-value.ts'

/** Characters of detail that may still be kept of a log. */
export interface DetailLeft {
  left: number
}

const MOST_SCORERS = 100
const MOST_EDITS = 50
const MOST_KEYS = 64
const MOST_KINDS = 64
const LONGEST_ERROR = 1000
const LONGEST_TEXT = 200

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
    if (bytes === null || typeof first !== 'string') return
    if (first === 'events') this.takeEvent(path.slice(2), bytes)
    else if (first === 'transcript') this.takeEvent(path.slice(3), bytes)
    else if (first === 'scores') this.takeScore(second, third, bytes)
    else if (first === 'score') this.takeScore('', second, bytes)
    else if (first === 'metadata') this.takeMetadata(second, bytes)
    else if (first === 'output') this.stopReason = textOf(plain(bytes))?.slice(0, LONGEST_TEXT) ?? null
    else if (first === 'error') this.error = this.kept(textOf(plain(bytes))?.slice(0, LONGEST_ERROR) ?? null) ?? this.error
    else this.fields.set(first, plain(bytes))
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
      if (this.events.size < MOST_KINDS || this.events.has(kind)) this.events.set(kind, (this.events.get(kind) ?? 0) + 1)
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
    if (this.kept(key.slice(0, LONGEST_TEXT) + String(value)) !== null) {
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
    const scorer = String(name ?? '').slice(0, LONGEST_TEXT)
    const score: Gathering = this.scores.get(scorer) ?? { value: null, history: [] }
    if (!this.scores.has(scorer)) {
      if (this.scores.size >= MOST_SCORERS) return
      this.scores.set(scorer, score)
    }
    const value = plain(bytes)
    // Some early logs have the bare value instead of an object.
    if (part === undefined || part === 'value') score.value = scoreValue(value)
    else if (part === 'history') {
      const edits = listOf(value).slice(0, MOST_EDITS).map(editOf)
      if (edits.length === 0 || this.kept(JSON.stringify(edits)) !== null) score.history = edits
    }
  }

  private kept(text: string | null): string | null {
    if (text === null || this.detail.left < text.length) {
      if (text !== null) this.detail.left = -1
      return null
    }
    this.detail.left -= text.length
    return text
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
