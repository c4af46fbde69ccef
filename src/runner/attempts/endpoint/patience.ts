import type { Answer, Model, Question } from './conversation.ts'
import { EndpointFault } from './endpoint-fault.ts'

/** How often and how long a call is asked again. */
export interface Patience {
  readonly tries: number
  /** The first wait is up to this, each later one up to twice the one before. */
  readonly firstMs: number
  readonly mostMs: number
  /** A longer wait asked by the endpoint is not waited for. */
  readonly mostAskedMs: number
}

export const PATIENCE: Patience = { tries: 6, firstMs: 500, mostMs: 60_000, mostAskedMs: 600_000 }

export interface Waiting {
  /** In [0, 1). */
  readonly random: () => number
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>
  /** Hears of every fault that is mended by asking again, with the wait. */
  readonly told: (fault: EndpointFault, waitMs: number) => void
}

/**
 * Asks until there is an answer: on faults that may pass, after a random part of a wait that doubles, or after what the endpoint asked
 * for and a little more. Rejects with the last EndpointFault when patience is over.
 */
export async function askPatiently(
  model: Model,
  question: Question,
  patience: Patience,
  { random, sleep, told }: Waiting,
  signal: AbortSignal,
): Promise<Answer> {
  for (let turn = 1; ; turn++) {
    try {
      return await model.ask(question, signal)
    } catch (error) {
      if (!(error instanceof EndpointFault) || error.kind !== 'again' || turn >= patience.tries) throw error
      const room = Math.min(patience.mostMs, patience.firstMs * 2 ** (turn - 1))
      if (error.waitMs !== null && error.waitMs > patience.mostAskedMs) throw error
      const wait = error.waitMs === null ? random() * room : error.waitMs + random() * Math.min(room, patience.firstMs)
      told(error, Math.round(wait))
      await sleep(wait, signal)
    }
  }
}
