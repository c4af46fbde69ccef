import type { Answer, ToolCall } from './conversation.ts'

/** Calls of one answer that are taken; more are told to be too many by whoever answers them. */
const MOST_CALLS = 32
const MOST_ID = 200
const MOST_NAME = 64

interface CallDraft {
  id: string
  tool: string
  input: string
}

/** Gathers one streamed answer. Everything given is of unknown type; what is no text is passed over. */
export class AnswerDraft {
  /** Characters that are kept; beyond, the answer counts as one that never ends. */
  readonly most: number
  readonly #calls = new Map<unknown, CallDraft>()
  #length = 0
  reasoning = ''
  said = ''
  refused = false
  cutByTokens = false
  ended = false
  usage: { input: unknown; output: unknown } | null = null

  constructor(most: number) {
    this.most = most
  }

  get isFull(): boolean {
    return this.#length > this.most
  }

  /** From here on it counts as an answer that never ends. */
  overflow(): void {
    this.#length = Number.POSITIVE_INFINITY
  }

  /** Each of these answers what was taken of the text. */
  think(text: unknown): string {
    const taken = this.count(text)
    this.reasoning += taken
    return taken
  }

  say(text: unknown): string {
    const taken = this.count(text)
    this.said += taken
    return taken
  }

  /** Text that is neither said nor thought, and takes room all the same. */
  count(text: unknown): string {
    if (typeof text !== 'string' || this.isFull) return ''
    const room = this.most - this.#length
    this.#length += text.length
    return text.slice(0, room).toWellFormed()
  }

  /** Adds to the call that `key` names; an id or a tool given later is taken where none was. */
  call(key: unknown, part: { readonly id?: unknown; readonly tool?: unknown; readonly input?: unknown }): void {
    let call = this.#calls.get(key)
    if (call === undefined) {
      if (this.#calls.size >= MOST_CALLS) {
        this.overflow()
        return
      }
      call = { id: '', tool: '', input: '' }
      this.#calls.set(key, call)
    }
    if (call.id === '' && typeof part.id === 'string') call.id = part.id.slice(0, MOST_ID).toWellFormed()
    if (call.tool === '' && typeof part.tool === 'string') call.tool = part.tool.slice(0, MOST_NAME).toWellFormed()
    call.input += this.count(part.input)
  }

  /** The calls so far, each with an id of its own. */
  calls(): ToolCall[] {
    const ids = new Set<string>()
    return [...this.#calls.values()].map((call, n) => {
      const id = call.id === '' || ids.has(call.id) ? `call_${n}_${ids.size}` : call.id
      ids.add(id)
      return { ...call, id }
    })
  }

  /** The whole answer; `echo` in the API's own shape. */
  answer(echo: readonly unknown[], meter: { readonly sent: number; readonly received: number }, calls = this.calls()): Answer {
    const cut = this.isFull ? 'size' : this.cutByTokens ? 'tokens' : 'no'
    const { reasoning, said, refused, usage } = this
    return { reasoning, said, calls, refused, cut, usage, echo, sent: meter.sent, received: meter.received }
  }
}

/** A field of a value of unknown shape; undefined where it is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

/** The items of a list of unknown shape; none where it is no list. */
export function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** The input of a call as an object; empty where it is no JSON object, for an API takes nothing else back. */
export function inputObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
