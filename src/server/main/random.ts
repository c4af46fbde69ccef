import { randomFillSync } from 'node:crypto'

const POOL = 16 << 10

/** Random bytes from the platform's generator, drawn 16 KiB at a time: ids and nonces are small and many. No byte is given twice. */
export function pooledRandom(): (length: number) => Uint8Array {
  const pool = Buffer.allocUnsafe(POOL)
  let used = POOL
  return (length) => {
    if (length > POOL) return randomFillSync(Buffer.allocUnsafe(length))
    if (used + length > POOL) {
      randomFillSync(pool)
      used = 0
    }
    const bytes = Buffer.from(pool.subarray(used, used + length))
    pool.fill(0, used, used + length)
    used += length
    return bytes
  }
}
