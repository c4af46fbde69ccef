import type { AttemptLimits, Prices } from '../../contract/attempts.ts'
import { type LimitKind, reachedLimit, type Spent } from '../../core/evaluation/attempt/spent.ts'
import { countTokens } from '../../core/evaluation/attempt/usage.ts'
import type { Answer } from './endpoint/conversation.ts'

/** What one try at a task has used so far. The time that faults of the endpoint took is not counted against it. */
export class Tally {
  readonly #now: () => number
  #began: number | null = null
  #ended: number | null = null
  readonly #limits: AttemptLimits
  readonly #prices: Prices | null
  readonly #spend: (input: number, output: number) => void
  #lostMs = 0
  tokensIn = 0
  tokensOut = 0
  messages = 0
  refusals = 0
  toolCalls = 0

  /** `spend` hears of the tokens of every answer. */
  constructor(limits: AttemptLimits, prices: Prices | null, spend: (input: number, output: number) => void, now: () => number) {
    this.#limits = limits
    this.#prices = prices
    this.#spend = spend
    this.#now = now
  }

  /** From here on time counts: setup is ours. */
  start(): void {
    this.#began ??= this.#now()
  }

  /** The model is done; what is left is ours again. */
  end(): void {
    this.#ended ??= this.#now()
  }

  get wallMs(): number {
    if (this.#began === null) return 0
    return Math.max(0, (this.#ended ?? this.#now()) - this.#began - this.#lostMs)
  }

  get leftMs(): number {
    return Math.max(0, this.#limits.wallMs - this.wallMs)
  }

  get spent(): Spent {
    const { tokensIn, tokensOut, messages, wallMs } = this
    return { tokensIn, tokensOut, messages, wallMs }
  }

  lose(ms: number): void {
    this.#lostMs += Math.max(0, ms)
  }

  /** Counts an answer; what is to be noted about the endpoint's own count, else null. */
  count(answer: Answer, maxOutputTokens: number): string | null {
    const counted = countTokens(answer.usage, { sent: answer.sent, received: bytesOf(answer), maxOutputTokens })
    this.tokensIn += counted.input
    this.tokensOut += counted.output
    this.messages++
    this.#spend(counted.input, counted.output)
    return counted.doubt
  }

  reached(): LimitKind | null {
    return reachedLimit(this.spent, this.#limits, this.#prices)
  }
}

/** Bytes of what was said: what the wire adds around each piece is not the model's. */
function bytesOf({ said, reasoning, calls }: Answer): number {
  const texts = [said, reasoning, ...calls.map(({ input }) => input)]
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}
