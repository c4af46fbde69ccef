import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, test } from 'node:test'
import { entryHash, firstBreak, firstHash } from './custody-log.ts'

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()

function chain(docket: string, count: number) {
  const entries: { entry: number; at: number; note: string | null; hash: string }[] = []
  for (let entry = 1; entry <= count; entry++) {
    const fields = { entry, at: 10 * entry, note: entry % 2 ? null : 'a "note"' }
    entries.push({ ...fields, hash: entryHash(entries.at(-1)?.hash ?? firstHash(docket, sha256), fields, sha256) })
  }
  return entries
}

describe('the chain of a custody log', () => {
  test('holds, and its hash is the one that anybody computes from canonical JSON', () => {
    const [first] = chain('dkt_a', 1)
    const before = createHash('sha256').update('dkt_a').digest('hex')
    assert.equal(first!.hash, createHash('sha256').update(`${before}{"at":10,"entry":1,"note":null}`).digest('hex'))
    assert.equal(firstBreak(chain('dkt_a', 9), 'dkt_a', sha256), null)
  })

  test('shows an entry changed, left out, doubled, put elsewhere, or of another docket', () => {
    const good = chain('dkt_a', 5)
    const where = (entries: typeof good) => firstBreak(entries, 'dkt_a', sha256)
    assert.equal(where(good.with(2, { ...good[2]!, at: 31 })), 3)
    assert.equal(where(good.toSpliced(1, 1)), 2)
    assert.equal(where(good.toSpliced(3, 0, good[2]!)), 4)
    assert.equal(where([good[1]!, good[0]!]), 1)
    assert.equal(where(chain('dkt_b', 5)), 1)
    assert.equal(where(good.with(4, { ...good[4]!, more: 1 } as never)), 5)
  })
})
