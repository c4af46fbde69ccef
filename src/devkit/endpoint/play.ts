import type { EndpointApi } from '../../contract/custody.ts'

/** What was asked of the fake, in one shape for all three APIs. */
export interface Asked {
  readonly api: EndpointApi
  readonly model: string
  readonly path: string
  readonly system: string
  /** The first message of the user: the task's prompt. */
  readonly prompt: string
  /** How often the model has spoken already in this conversation. */
  readonly spoken: number
  /** The results of tools, in order. */
  readonly results: readonly string[]
  /** How many requests came with this prompt and this many turns, this one included: above 1 it is asked again. */
  readonly times: number
  /** Names of the body's fields. */
  readonly fields: readonly string[]
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}

export interface PlayedCall {
  readonly tool: string
  /** A text goes out as it is, and need be no JSON. */
  readonly input: string | Readonly<Record<string, unknown>>
}

/** What the fake does with one request. */
export type Reply =
  | {
      readonly do: 'answer'
      readonly reasoning?: string
      readonly said?: string
      readonly calls?: readonly PlayedCall[]
      readonly refused?: boolean
      /** Told instead of a count of its own; null: none is told. */
      readonly usage?: { readonly input: unknown; readonly output: unknown } | null
    }
  | { readonly do: 'status'; readonly status: number; readonly type: string; readonly retryAfter?: string }
  /** These bytes, as an event stream unless said otherwise. */
  | { readonly do: 'bytes'; readonly bytes: string; readonly contentType?: string }
  /** Text without end, in events of the API's own, or as one event that never ends. */
  | { readonly do: 'flood'; readonly bytes: number; readonly shape: 'events' | 'one-event' }
  /** Says nothing any more, at once or in the middle of an answer. */
  | { readonly do: 'stall'; readonly after: 'nothing' | 'half' }
  | { readonly do: 'drop'; readonly after: 'nothing' | 'half' }

/** The part that a fake plays. */
export type Play = (asked: Asked) => Reply
