import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { SealedSpool, SpoolTooLarge } from './sealed-spool.ts'

describe('a sealed spool', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-spool-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const random = (length: number) => randomBytes(length)
  const content = Buffer.from(Array.from({ length: 100_003 }, (_, i) => i % 251))
  async function* pieces(size: number) {
    for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size)
  }

  test('gives back any stretch, whatever the pieces it came in', async () => {
    for (const size of [1000, 4099, 100_003]) {
      const spool = await SealedSpool.write(folder, pieces(size), 1 << 20, random)
      assert.equal(spool.size, content.length)
      for (const [at, length] of [
        [0, 10],
        [1, 1],
        [15, 18],
        [16, 16],
        [99_990, 500],
        [0, 200_000],
        [200_000, 1],
        [-1, 5],
      ] as const)
        assert.deepEqual(
          Buffer.from(await spool.read(at, length)),
          at < 0 ? Buffer.alloc(0) : content.subarray(at, at + length),
        )
      await spool.delete()
    }
  })

  test('lies on disk as ciphertext alone, and nowhere once deleted', async () => {
    const secret = Buffer.from('a sealed task that nobody may see '.repeat(100))
    async function* source() {
      yield secret
    }
    const spool = await SealedSpool.write(folder, source(), 1 << 20, random)
    const [name] = readdirSync(folder)
    assert.ok(!readFileSync(join(folder, name!)).includes('sealed task'))
    await spool.delete()
    assert.deepEqual(readdirSync(folder), [])
  })

  test('too much is refused and leaves nothing', async () => {
    await assert.rejects(SealedSpool.write(folder, pieces(1000), 50_000, random), SpoolTooLarge)
    assert.deepEqual(readdirSync(folder), [])
  })
})
