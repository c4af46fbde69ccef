import type { Claim } from '../proof.ts'
import type { Sighting } from '../verdict.ts'

/** Whether two runs met the same bug: both fired, alike in kind and in the first frames of the project. */
export function sameBug(_a: Sighting, _b: Sighting): boolean {
  throw new Error('being written')
}

/** Whether what was seen is what was claimed; fields that were not claimed are not compared. */
export function asClaimed(_claim: Claim, _seen: Sighting): { readonly agrees: boolean; readonly say: string } {
  throw new Error('being written')
}
