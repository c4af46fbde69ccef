import { Inflate } from 'fflate'
import { ZstdFrames } from './zstd-frames.ts'

/** Takes the packed bytes of one member and hands on what they make; each call answers what is wrong, or null. */
export interface Unpacker {
  push(chunk: Uint8Array): string | null
  end(): string | null
}

/** Null for a method that Inspect never wrote. `out` is called with bytes that are its own. */
export function unpacker(method: number, window: number, out: (bytes: Uint8Array) => void): Unpacker | null {
  if (method === 0) return stored(out)
  if (method === 8) return deflated(out)
  if (method === 93 || method === 20) return new ZstdFrames(out, window)
  return null
}

function stored(out: (bytes: Uint8Array) => void): Unpacker {
  return {
    push(chunk) {
      out(new Uint8Array(chunk))
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
