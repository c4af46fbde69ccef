// How far the answers to fixed prompts lie from those of the baseline. Only digests of tokens are compared, so that no answer
// need be kept; the distance is that of Levenshtein over tokens, divided by the longer answer.

/** Tokens of an answer that count; what stands behind them says nothing new, and bounds the work. */
export const MOST_TOKENS = 128

/**
 * Above this mean distance another build is taken to answer. The team's own choice: sampling at temperature 0 still wavers with
 * the endpoint's batching, by a few tokens and seldom in the fixed, short answers that most probes ask for.
 */
export const CHANGED_ABOVE = 0.3

/** Words, runs of digits and single signs of a text, in order; no more than `MOST_TOKENS`. */
export function tokensOf(text: string): string[] {
  const tokens: string[] = []
  for (const found of text.slice(0, 16 * MOST_TOKENS).matchAll(/\p{L}+|\p{N}|[^\s\p{L}\p{N}]/gu)) {
    if (tokens.length === MOST_TOKENS) break
    tokens.push(found[0])
  }
  return tokens
}

/** 0: the same answers; 1: nothing in common. The mean over all prompts; one that is missing on one side counts 1. */
export function distance(baseline: readonly (readonly string[])[], now: readonly (readonly string[])[]): number {
  const prompts = Math.max(baseline.length, now.length)
  if (prompts === 0) return 0
  let sum = 0
  for (let n = 0; n < prompts; n++) sum += apart(baseline[n] ?? null, now[n] ?? null)
  return sum / prompts
}

function apart(a: readonly string[] | null, b: readonly string[] | null): number {
  if (a === null || b === null) return 1
  const longer = Math.max(a.length, b.length)
  return longer === 0 ? 0 : edits(a, b) / longer
}

/** Levenshtein's distance: how many tokens must be put in, taken out or changed. */
function edits(a: readonly string[], b: readonly string[]): number {
  let above = Array.from({ length: b.length + 1 }, (_, n) => n)
  for (const [i, token] of a.entries()) {
    const row = [i + 1]
    for (const [j, other] of b.entries())
      row.push(Math.min(row[j]! + 1, above[j + 1]! + 1, above[j]! + (token === other ? 0 : 1)))
    above = row
  }
  return above[b.length]!
}
