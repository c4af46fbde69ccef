import { setTimeout as sleep } from 'node:timers/promises'

/** How much of a body must come in how long. */
export interface Pace {
  readonly bytes: number
  readonly ms: number
}

/** The sender takes longer than its place among those that are read at once is kept. */
export class TooSlow extends Error {
  override name = 'TooSlow'
}

/**
 * The body as it comes, as long as it comes steadily: throws TooSlow where less than `pace.bytes` arrive in `pace.ms`, whoever sends
 * nothing or a byte a second. The time that the reader itself takes does not count.
 */
export async function* steadyBody(source: AsyncIterable<Uint8Array>, pace: Pace): AsyncGenerator<Uint8Array> {
  const rest = source[Symbol.asyncIterator]()
  let [left, came] = [pace.ms, 0]
  for (;;) {
    const begun = performance.now()
    const next = await inTime(rest.next(), left)
    if (next === null) {
      // Not waited for: a stream ends only when what was asked of it has come.
      void Promise.resolve(rest.return?.()).catch(() => {})
      throw new TooSlow('too slow')
    }
    if (next.done) return
    left -= performance.now() - begun
    came += next.value.length
    if (came >= pace.bytes) [left, came] = [pace.ms, 0]
    yield next.value
  }
}

async function inTime<T>(wanted: Promise<T>, ms: number): Promise<T | null> {
  const over = new AbortController()
  const late = sleep(Math.max(0, ms), null, { signal: over.signal }).catch(() => null)
  try {
    return await Promise.race([wanted, late])
  } finally {
    over.abort()
    // A late answer is nobody's accident.
    wanted.catch(() => {})
  }
}
