import type { Asking } from '../ask.ts'
import { ask } from '../ask.ts'
import type { Reproducer } from '../proof.ts'
import { extensionOf } from './places.ts'

/** What is given to a harness, as bytes. */
export type Load =
  | {
      readonly kind: 'file'
      readonly bytes: Uint8Array
      /** The ending that the input's file gets inside, with its dot (`.mjs`); none where it is left out. */
      readonly extension?: string
    }
  | {
      readonly kind: 'exchange'
      readonly requests: readonly Uint8Array[]
      readonly waitMs: number
    }

/** The bytes of a reproducer's (or a benign sample's) input. */
export function* loadOf(input: Reproducer['input']): Asking<Load> {
  if (input.kind === 'file') {
    const bytes = yield* ask({ ask: 'input', digest: input.input.digest })
    return { kind: 'file', bytes, extension: extensionOf(input.input.name) }
  }
  const requests: Uint8Array[] = []
  for (const request of input.requests) requests.push(yield* ask({ ask: 'input', digest: request.digest }))
  return { kind: 'exchange', requests, waitMs: input.waitMs }
}

/** The load that says nothing at all: no byte, no request. */
export function emptyLoad(like: Load['kind'], extension = ''): Load {
  return like === 'file' ? { kind: 'file', bytes: new Uint8Array(), extension } : { kind: 'exchange', requests: [], waitMs: 0 }
}
