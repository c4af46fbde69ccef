import type { TreeFacts } from '../../core/sandbox/contract.ts'
import type { Ask, Asking, Ran, RunAsk } from '../../core/validation/ask.ts'

/** What answers the questions of validation. Every promise ends promptly once the signal is aborted, by rejecting. */
export interface Effects {
  /** As many at once as are called; whoever implements it holds back what the machine cannot take. */
  readonly run: (ask: RunAsk) => Promise<Ran>
  readonly has: (entry: string) => Promise<TreeFacts | null>
  readonly input: (digest: string) => Promise<Uint8Array>
  readonly source: (revision: string | null) => Promise<{ readonly entry: string; readonly digest: string } | null>
  readonly history: () => Promise<readonly string[] | null>
  readonly product: (name: string, bytes: Uint8Array) => Promise<{ readonly digest: string }>
  readonly tell: (say: string, done: number, total: number) => void
  /** Every run, in the order it was asked for, once it and all before it have ended. */
  readonly ran: (ask: RunAsk, ran: Ran) => void
}

/** Answers a generator of validation until it returns. Rejects with the signal's reason when stopped, or with what an effect threw. */
export async function drive<T>(asking: Asking<T>, effects: Effects, signal: AbortSignal): Promise<T> {
  try {
    let step = asking.next()
    while (!step.done) {
      signal.throwIfAborted()
      step = asking.next(await answer(step.value, effects))
    }
    return step.value
  } catch (error) {
    // What the generator holds open ends with it; its own last words are of no use any more.
    asking.return(undefined as T)
    throw error
  }
}

async function answer(one: Ask, effects: Effects): Promise<unknown> {
  switch (one.ask) {
    case 'run':
      return (await runAll([one], effects))[0]
    case 'runs':
      return runAll(one.runs, effects)
    case 'has':
      return effects.has(one.entry)
    case 'input':
      return effects.input(one.digest)
    case 'source':
      return effects.source(one.revision)
    case 'history':
      return effects.history()
    case 'product':
      return effects.product(one.name, one.bytes)
    case 'tell':
      effects.tell(one.say, one.done, one.total)
      return null
  }
}

async function runAll(asks: readonly RunAsk[], effects: Effects): Promise<readonly Ran[]> {
  const all = await Promise.all(asks.map((one) => effects.run(one)))
  for (const [n, one] of asks.entries()) effects.ran(one, all[n]!)
  return all
}
