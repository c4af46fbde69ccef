import type { ItemRefusal } from '../../core/findings/refusal.ts'
import type { Limits } from '../format.ts'
import { pointerAt } from './pointer.ts'
import { repeatedKey } from './repeated-key.ts'

// Objects with more keys than this, and items with an escaped key, take the slower, always linear way.
const FEW = 32

// One item at a time is scanned and nothing here outlives a call, so the tables are shared.
let hashes = new Int32Array(1024)
let starts = new Int32Array(1024)
let ends = new Int32Array(1024)

/**
 * Checks one JSON item of hostile bytes in one pass before anything is built from it: nesting, number of values, repeated keys
 * (`"a"` and `"\u0061"` are one key). Answers what is wrong and where, or null; broken JSON is left for the parser to name.
 */
export function scanItem(bytes: Uint8Array, limits: Limits, at: string): ItemRefusal | null {
  const n = bytes.length
  /** Where the keys of each open object begin in the tables; -1 for an array. */
  const bases: number[] = [-1]
  let depth = 0
  let values = 0
  let keys = 0
  let key = false
  let slow = false
  let i = 0
  while (i < n) {
    const c = bytes[i]!
    if (c === 0x22) {
      const start = ++i
      if (!key) {
        while (i < n && bytes[i] !== 0x22) i += bytes[i] === 0x5c ? 2 : 1
        i++
        values++
        continue
      }
      let hash = 0
      while (i < n) {
        const b = bytes[i]!
        if (b === 0x22) break
        if (b === 0x5c) {
          slow = true
          i += 2
        } else {
          hash = (Math.imul(hash, 31) + b) | 0
          i++
        }
      }
      key = false
      if (!slow) {
        const base = bases[depth]!
        if (keys - base >= FEW) slow = true
        for (let k = base; k < keys; k++) {
          if (hashes[k] === hash && sameBytes(bytes, starts[k]!, ends[k]!, start, i)) return refuseRepeated(bytes, start, at)
        }
        if (keys === hashes.length) grow()
        hashes[keys] = hash
        starts[keys] = start
        ends[keys++] = i
      }
      i++
    } else if (c === 0x7b || c === 0x5b) {
      if (++depth > limits.depth) return refuseDeep(bytes, i, limits, at)
      values++
      bases[depth] = c === 0x7b ? keys : -1
      key = c === 0x7b
      i++
    } else if (c === 0x7d || c === 0x5d) {
      if (bases[depth]! >= 0) keys = bases[depth]!
      key = false
      if (--depth < 0) return null
      i++
    } else if (c === 0x2c) {
      key = bases[depth]! >= 0
      i++
    } else if (c <= 0x20 || c === 0x3a) {
      i++
    } else {
      values++
      do i++
      while (i < n && !endsScalar(bytes[i]!))
    }
    if (values > limits.values) return refuseMany(limits, at)
  }
  if (values > limits.values) return refuseMany(limits, at)
  if (!slow) return null
  const repeated = repeatedKey(bytes)
  return repeated < 0 ? null : refuseRepeated(bytes, repeated, at)
}

function endsScalar(c: number): boolean {
  return c <= 0x20 || c === 0x2c || c === 0x5d || c === 0x7d || c === 0x22 || c === 0x5b || c === 0x7b || c === 0x3a
}

function sameBytes(bytes: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): boolean {
  if (aEnd - a !== bEnd - b) return false
  for (let k = 0; k < aEnd - a; k++) if (bytes[a + k] !== bytes[b + k]) return false
  return true
}

function grow(): void {
  const wider = (old: Int32Array): Int32Array<ArrayBuffer> => {
    const table = new Int32Array(old.length * 2)
    table.set(old)
    return table
  }
  hashes = wider(hashes)
  starts = wider(starts)
  ends = wider(ends)
}

function refuseRepeated(bytes: Uint8Array, keyAt: number, at: string): ItemRefusal {
  return { code: 'item.repeated-key', where: pointerAt(bytes, keyAt, at), mend: 'Give each key of an object once.' }
}

function refuseDeep(bytes: Uint8Array, offset: number, limits: Limits, at: string): ItemRefusal {
  return {
    code: 'item.too-deep',
    where: pointerAt(bytes, offset, at),
    mend: `Nest arrays and objects at most ${limits.depth} deep.`,
  }
}

function refuseMany(limits: Limits, at: string): ItemRefusal {
  return { code: 'item.too-many', where: at, mend: `Send at most ${limits.values} values in one item; split it.` }
}
