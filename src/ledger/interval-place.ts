import { HASH_BYTES } from './hash.ts'
import { MESSAGE_BYTES, type Prf, wantedPosition } from './prf.ts'

/** Levels of an interval's tree; every commitment's path has that many hashes. */
export const DEPTH = 24
const PLACES = 2 ** DEPTH

/** Where commitments stand, by rising position. */
export interface Placement {
  /** Position of the n-th. */
  readonly positions: Uint32Array
  /** Which of the given commitments the n-th is. */
  readonly order: Uint32Array
}

/**
 * Gives each commitment the position its keyed digest asks for, the next free one where that is taken (first come by wish,
 * then by bytes; after the last place the first free). The result does not depend on the order in which they are given.
 * Throws RangeError above 2^24 commitments or on one without 32 bytes.
 */
export function place(commitments: readonly Uint8Array[], prf: Prf): Placement {
  const count = commitments.length
  if (count > PLACES) throw new RangeError(`an interval holds at most ${PLACES} commitments`)
  const message = new Uint8Array(MESSAGE_BYTES)
  // Wish and number in one float (48 bits), so that sorting compares plain numbers.
  const wishes = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const commitment = commitments[i]!
    if (commitment.length !== HASH_BYTES) throw new RangeError('a commitment has 32 bytes')
    wishes[i] = wantedPosition(prf, message, commitment) * PLACES + i
  }
  wishes.sort()
  const order = Uint32Array.from(wishes, (wish) => wish % PLACES)
  const wanted = Uint32Array.from(wishes, (wish) => Math.floor(wish / PLACES))
  settleTies(order, wanted, commitments)
  return { order, positions: probe(wanted, order) }
}

/** Puts those with the same wish in order of their bytes. */
function settleTies(order: Uint32Array, wanted: Uint32Array, commitments: readonly Uint8Array[]): void {
  for (let start = 0; start < wanted.length; ) {
    let end = start + 1
    while (end < wanted.length && wanted[end] === wanted[start]) end++
    if (end - start > 1) order.subarray(start, end).sort((a, b) => compareBytes(commitments[a]!, commitments[b]!))
    start = end
  }
}

function probe(wanted: Uint32Array, order: Uint32Array): Uint32Array {
  const positions = new Uint32Array(wanted.length)
  let next = 0
  let fit = 0
  while (fit < wanted.length && Math.max(next, wanted[fit]!) < PLACES) {
    positions[fit] = Math.max(next, wanted[fit]!)
    next = positions[fit]! + 1
    fit++
  }
  return fit === wanted.length ? positions : wrap(positions, order, fit)
}

/** Those pushed past the last place take the first free ones; `order` is put right to match. */
function wrap(positions: Uint32Array, order: Uint32Array, fit: number): Uint32Array {
  const taken = Array.from(positions.subarray(0, fit))
  const pairs = taken.map((position, i) => [position, order[i]!] as const)
  let held = 0
  let free = 0
  for (let i = fit; i < positions.length; i++, free++) {
    while (held < fit && taken[held] === free) {
      held++
      free++
    }
    pairs.push([free, order[i]!])
  }
  pairs.sort((a, b) => a[0] - b[0])
  for (const [i, [position, which]] of pairs.entries()) {
    positions[i] = position
    order[i] = which
  }
  return positions
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!
  return 0
}
