import { Inflate, inflateSync } from 'fflate'
import { ZstdFrames } from './zstd-frames.ts'

/** Takes the packed bytes of one member and hands on what they make; each call answers what is wrong, or null. */
export interface Unpacker {
  push(chunk: Uint8Array): string | null
  end(): string | null
}

const SMALL = 1 << 20
// Used within one call only, and grown to the largest small member: thousands of samples would each ask for new memory.
let scratch = new Uint8Array(0)

/** A deflated member that arrives in one piece and states a small size, unpacked at once; null where it is not to be done so. */
export function unpackSmall(
  method: number,
  packed: Uint8Array,
  size: number,
  out: (bytes: Uint8Array) => void,
): string | true | null {
  if (method !== 8 || size > SMALL) return null
  // One byte more than stated, so that a lie shows.
  if (scratch.length < size + 1) scratch = new Uint8Array(Math.min(SMALL, 2 * size) + 1)
  try {
    out(inflateSync(packed, { out: scratch.subarray(0, size + 1) }))
    return true
  } catch {
    return 'its deflate data is broken'
  }
}

/** Null for a method that Inspect never wrote. `out` is called with bytes that stand during the call only. */
export function unpacker(method: number, window: number, out: (bytes: Uint8Array) => void): Unpacker | null {
  if (method === 0) return stored(out)
  if (method === 8) return deflated(out)
  if (method === 93 || method === 20) return new ZstdFrames(out, window)
  return null
}

function stored(out: (bytes: Uint8Array) => void): Unpacker {
  return {
    push(chunk) {
      out(chunk)
      return null
    },
    end: () => null,
  }
}

function deflated(out: (bytes: Uint8Array) => void): Unpacker {
  const inflate = new Inflate((bytes) => out(bytes))
  // The library throws on broken data.
  const push = (chunk: Uint8Array, last: boolean): string | null => {
    try {
      inflate.push(chunk, last)
      return null
    } catch {
      return last ? 'its deflate data breaks off or is broken' : 'its deflate data is broken'
    }
  }
  return { push: (chunk) => push(new Uint8Array(chunk), false), end: () => push(new Uint8Array(0), true) }
}
