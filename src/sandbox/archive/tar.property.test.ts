import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { Refused } from '../refused.ts'
import { TarReader } from './tar-reader.ts'

function feed(bytes: Uint8Array, cuts: readonly number[]): string {
  const seen: string[] = []
  const reader = new TarReader({
    begin: (entry) => seen.push(`${entry.kind} ${entry.path} ${entry.size}`),
    data: (chunk) => seen.push(`+${Buffer.from(chunk).toString('hex')}`),
    end: () => seen.push('end'),
  })
  try {
    let from = 0
    for (const cut of [...cuts].sort((a, b) => a - b)) {
      const to = Math.min(bytes.length, Math.max(from, cut))
      reader.push(bytes.subarray(from, to))
      from = to
    }
    reader.push(bytes.subarray(from))
    reader.finish()
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    seen.push(error.message)
  }
  // Where data is cut does not matter, only which bytes there were.
  return seen
    .join(' ')
    .replaceAll(/ \+(?=[0-9a-f])/g, (_, at, whole: string) => (/\+[0-9a-f]*$/.test(whole.slice(0, at)) ? '' : ' +'))
}

/** A block with a right sum, and fields that a fuzzer chose. */
const header = fc
  .record({
    name: fc.uint8Array({ maxLength: 100 }),
    size: fc.oneof(
      fc.integer({ min: 0, max: 3000 }).map((n) => n.toString(8)),
      fc.string({ maxLength: 12 }),
    ),
    type: fc.constantFrom(...'0123567xgLKSD\0'),
    tail: fc.uint8Array({ maxLength: 255 }),
  })
  .map(({ name, size, type, tail }) => {
    const block = Buffer.alloc(512)
    block.set(name, 0)
    block.write(size, 124, 12, 'latin1')
    block.write(type, 156, 'latin1')
    block.set(tail, 257)
    block.fill(32, 148, 156)
    block.write(block.reduce((sum, byte) => sum + byte, 0).toString(8), 148)
    return block
  })

describe('the tar reader', () => {
  test('never fails but by a refusal, and reads the same however the bytes arrive', () => {
    const archive = fc
      .array(fc.oneof(header, fc.uint8Array({ maxLength: 1024 })), { maxLength: 6 })
      .map((parts) => Buffer.concat(parts))
    fc.assert(
      fc.property(archive, fc.array(fc.nat(5000), { maxLength: 8 }), (bytes, cuts) => {
        assert.equal(feed(bytes, cuts), feed(bytes, []))
      }),
      { numRuns: 300 },
    )
  })
})
