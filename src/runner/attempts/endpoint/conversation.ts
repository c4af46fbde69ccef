// What the agent loop knows of a model, whichever way its endpoint speaks. Everything in an answer is hostile.

export interface ToolSpec {
  readonly name: string
  readonly description: string
  /** JSON Schema of its input: an object. */
  readonly input: { readonly type: 'object'; readonly [key: string]: unknown }
}

export interface ToolCall {
  readonly id: string
  readonly tool: string
  /** As it came; perhaps no JSON. */
  readonly input: string
}

export type Turn =
  | { readonly who: 'user'; readonly text: string }
  /** What the model said, in the API's own shape. */
  | { readonly who: 'model'; readonly echo: readonly unknown[] }
  | { readonly who: 'tools'; readonly results: readonly { readonly id: string; readonly output: string }[] }

export interface Question {
  readonly system: string
  readonly tools: readonly ToolSpec[]
  readonly turns: readonly Turn[]
  readonly maxOutputTokens: number
  readonly temperature: number | null
}

export interface Answer {
  readonly reasoning: string
  readonly said: string
  readonly calls: readonly ToolCall[]
  /** By the API's own mark. */
  readonly refused: boolean
  /** `tokens`: the API cut it at the tokens asked for; `size`: we did, because it never ended. */
  readonly cut: 'no' | 'tokens' | 'size'
  /** As the endpoint told it; null where it did not. */
  readonly usage: { readonly input: unknown; readonly output: unknown } | null
  readonly echo: readonly unknown[]
  /** Bytes sent and received. */
  readonly sent: number
  readonly received: number
}

/** A model behind one endpoint. Rejects with EndpointFault, or with the signal's reason. */
export interface Model {
  ask(question: Question, signal: AbortSignal): Promise<Answer>
}
