/** What one attempt has used; the same numbers are held against its limits. */
export interface Spent {
  readonly tokensIn: number
  readonly tokensOut: number
  /** Answers of the model. */
  readonly messages: number
  /** Without the time that faults of the endpoint took. */
  readonly wallMs: number
}

interface Limits {
  readonly tokens: number
  readonly messages: number
  readonly wallMs: number
  readonly cost: number | null
}

interface Prices {
  readonly input: number
  readonly output: number
}

export type LimitKind = 'tokens' | 'messages' | 'time' | 'cost'

/** US dollars at prices a million tokens; null where no prices are known. */
export function costOf({ tokensIn, tokensOut }: Pick<Spent, 'tokensIn' | 'tokensOut'>, prices: Prices | null): number | null {
  return prices === null ? null : (tokensIn * prices.input + tokensOut * prices.output) / 1e6
}

/** The first limit that is reached, in a fixed order; null while there is something left of each. */
export function reachedLimit(spent: Spent, limits: Limits, prices: Prices | null): LimitKind | null {
  if (spent.tokensIn + spent.tokensOut >= limits.tokens) return 'tokens'
  if (spent.messages >= limits.messages) return 'messages'
  if (spent.wallMs >= limits.wallMs) return 'time'
  const cost = costOf(spent, prices)
  return limits.cost !== null && cost !== null && cost >= limits.cost ? 'cost' : null
}
