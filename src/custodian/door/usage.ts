import { UsageScan } from './usage-scan.ts'

export interface Usage {
  /** As the endpoint counted them; null while it has told none. */
  readonly tokensIn: number | null
  readonly tokensOut: number | null
}

const DATA = Buffer.from('data:')

/** Reads the counts of tokens out of an answer that passes, JSON or an event stream, without holding it. */
export class UsageReader {
  readonly #stream: boolean
  #scan: UsageScan
  /** Of an event stream: how much of `data:` this line has shown; -1 for a line that is none. */
  #prefix = 0
  #in: number | null = null
  #out: number | null = null

  constructor(contentType: string | undefined) {
    this.#stream = /^text\/event-stream\b/i.test(contentType ?? '')
    this.#scan = this.#fresh()
  }

  get usage(): Usage {
    return { tokensIn: this.#in, tokensOut: this.#out }
  }

  push(bytes: Uint8Array): void {
    if (this.#stream) for (const b of bytes) this.#line(b)
    else for (const b of bytes) this.#scan.byte(b)
  }

  #line(b: number): void {
    if (b === 0x0a || b === 0x0d) {
      this.#prefix = 0
      this.#scan = this.#fresh()
    } else if (this.#prefix === DATA.length) this.#scan.byte(b)
    else if (this.#prefix >= 0) this.#prefix = b === DATA[this.#prefix] ? this.#prefix + 1 : -1
  }

  #fresh(): UsageScan {
    return new UsageScan((usage) => this.#take(usage))
  }

  // Streams tell counts that grow; what was told last stands. Anthropic counts what came from a cache apart from the rest.
  #take(usage: Readonly<Record<string, unknown>>): void {
    const count = (name: string) => {
      const value = usage[name]
      return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
    }
    const input = count('input_tokens') ?? count('prompt_tokens')
    const cached = (count('cache_creation_input_tokens') ?? 0) + (count('cache_read_input_tokens') ?? 0)
    if (input !== null) this.#in = Math.min(Number.MAX_SAFE_INTEGER, input + cached)
    this.#out = count('output_tokens') ?? count('completion_tokens') ?? this.#out
  }
}
