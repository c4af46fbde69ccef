import type { Asking, Tools } from '../ask.ts'
import type { Built } from '../build/build.ts'
import type { Claim, Input, Oracle, Proof } from '../proof.ts'
import type { Sighting } from '../verdict.ts'
import type { Load } from './load.ts'

export interface BatchItem {
  readonly load: Load
  readonly oracle: Oracle
  /** Laid beside it in /in under their names. */
  readonly files: readonly Input[]
  /** Give the reproducer's claim where it may be a hang or use of all memory: then being stopped by the wall counts as fired. */
  readonly claim?: Claim
}

export interface BatchResult {
  readonly sighting: Sighting
  /** Digest of the normalised standard output (a server: the responses) and the exit: equal answers have equal digests. */
  readonly answer: string
  /** Short inert excerpt of the answer. */
  readonly answerSay: string
}

/** Runs many loads against one harness in few fresh sandboxes; results stand in the order of the loads. */
export function* batch(
  _proof: Proof,
  _built: Built,
  _harness: string,
  _loads: readonly BatchItem[],
  _purpose: string,
  _tools: Tools,
): Asking<BatchResult[]> {
  throw new Error('being written')
}
