import type { Asking, Tools } from '../ask.ts'
import type { Built } from '../build/build.ts'
import type { Proof, Reproducer } from '../proof.ts'
import type { Sighting } from '../verdict.ts'
import type { Load } from './load.ts'

/** Runs a reproducer `times` times, each in a sandbox of its own, and says what each run showed. */
export function* replay(
  _proof: Proof,
  _built: Built,
  _reproducer: Reproducer,
  _load: Load,
  _times: number,
  _purpose: string,
  _tools: Tools,
): Asking<Sighting[]> {
  throw new Error('being written')
}
