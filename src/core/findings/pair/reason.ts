import { type Observation, WEIGHTS } from './weights.ts'

/** One observation on a pair, in a sentence a person can check; `weight` in log-odds, below 0 where it speaks against. */
export interface Reason {
  readonly seen: Observation
  readonly weight: number
  readonly say: string
}

/** The reason for an observation made to the degree `degree` (0 to 1). The words come from reports: show them inert. */
export function reason(seen: Observation, say: string, degree = 1): Reason {
  return { seen, weight: Math.round(WEIGHTS[seen] * degree * 1000) / 1000, say }
}

/** A hostile name cut to what fits a sentence, control characters and bidirectional marks taken out. */
export function quoted(name: string): string {
  const clean = name.replace(/[\p{C}\u2028\u2029]/gu, '')
  return clean.length > 80 ? `${clean.slice(0, 79)}…` : clean
}
