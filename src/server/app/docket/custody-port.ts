import type { CustodyAnswer, CustodyEntry, CustodyRequest } from '../../../contract/custody.ts'

type Without<Request, Name extends string> = Request extends unknown ? Omit<Request, Name> : never

/** A request to the custodian as its callers make it; the client numbers it. */
export type CustodyAsk = Without<CustodyRequest, 'n'>

/**
 * The process that holds endpoint keys, as the commands know it. Where it cannot be reached `ask` rejects with `CustodyGone`:
 * then no call passes either, for nobody else holds a key.
 */
export interface Custody {
  ask(request: CustodyAsk): Promise<CustodyAnswer>
  /** Calls `listener` for each new entry of any docket's log, until the returned function is called. */
  onEntry(listener: (docket: string, entry: CustodyEntry) => void): () => void
  /** Calls `listener` each time the process has begun anew, and lets no call pass before that resolved. */
  onReady(listener: () => void | Promise<void>): () => void
  /** Null until it runs. */
  readonly port: number | null
  readonly isolation: 'own-user' | 'process-only'
}

/** The custodian does not answer. */
export class CustodyGone extends Error {
  override name = 'CustodyGone'
}
