import type { Asking } from '../ask.ts'
import { ask } from '../ask.ts'
import type { Reproducer } from '../proof.ts'

/** What is given to a harness, as bytes. */
export type Load =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'exchange'; readonly requests: readonly Uint8Array[]; readonly waitMs: number }

/** The bytes of a reproducer's (or a benign sample's) input. */
export function* loadOf(input: Reproducer['input']): Asking<Load> {
  if (input.kind === 'file') return { kind: 'file', bytes: yield* ask({ ask: 'input', digest: input.input.digest }) }
  const requests: Uint8Array[] = []
  for (const request of input.requests) requests.push(yield* ask({ ask: 'input', digest: request.digest }))
  return { kind: 'exchange', requests, waitMs: input.waitMs }
}
