/** Tokens of one call. */
export interface Usage {
  readonly input: number
  readonly output: number
}

export interface Counted extends Usage {
  /** Why the endpoint's own count was not believed; null where it was, or where it gave none. */
  readonly doubt: string | null
}

/** What is known of one call without asking the endpoint. Lengths in UTF-8 bytes. */
export interface CallSize {
  readonly sent: number
  readonly received: number
  readonly maxOutputTokens: number
}

/** Bytes a token, about: only where the endpoint says nothing, or nothing that can be. */
const TYPICAL = 4
/** No tokenizer puts more than this many bytes into a token on average over a text. */
const LOOSEST = 32
/** Tokens that a protocol may add of its own: tool definitions are rewritten, marks stand around each message. */
const OVERHEAD = 4000

/**
 * Tokens of one call: as the endpoint counted them where that can be, else by our own estimate of four bytes a token. A token holds
 * at least one byte of what was sent; hidden reasoning may make the output longer than what was received, never longer than asked.
 */
export function countTokens(told: { readonly input: unknown; readonly output: unknown } | null, size: CallSize): Counted {
  const own = { input: Math.ceil(size.sent / TYPICAL), output: Math.ceil(size.received / TYPICAL) }
  if (told === null) return { ...own, doubt: null }
  const input = plausible(told.input, size.sent, size.sent + OVERHEAD)
  const output = plausible(told.output, size.received, Math.max(size.maxOutputTokens, size.received) + OVERHEAD)
  const doubt = [
    ...(input === null ? [`input ${say(told.input)} for ${size.sent} bytes`] : []),
    ...(output === null ? [`output ${say(told.output)} for ${size.received} bytes`] : []),
  ]
  return {
    input: input ?? own.input,
    output: output ?? own.output,
    doubt: doubt.length === 0 ? null : `The endpoint's count of tokens cannot be: ${doubt.join(', ')}.`,
  }
}

function plausible(value: unknown, bytes: number, most: number): number | null {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return null
  return value >= Math.floor(bytes / LOOSEST) && value <= most ? value : null
}

const say = (value: unknown) => (typeof value === 'number' ? String(value) : `of type ${typeof value}`)
