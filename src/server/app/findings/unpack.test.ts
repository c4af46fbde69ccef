import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { UnpackError, unpack } from './unpack.ts'

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function gather(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const part of source) parts.push(part)
  return Buffer.concat(parts)
}

const code = (wanted: string) => (error: unknown) => error instanceof UnpackError && error.code === wanted

test('plain, gzip and Zstandard give the same bytes, in pieces of any size', async () => {
  const plain = randomBytes(5000)
  for (const packed of [plain, gzipSync(plain), zstdCompressSync(plain)])
    for (const size of [1, 3, 1000, 1 << 20])
      assert.deepEqual(await gather(unpack(inPieces(packed, size), 5000)), plain, `${packed.length} by ${size}`)
})

test('nothing, and less than a magic number, come through as they are', async () => {
  for (const bytes of [Buffer.alloc(0), Buffer.from([0x1e]), Buffer.from('{}')])
    assert.deepEqual(await gather(unpack(inPieces(bytes, 1), 10)), bytes)
})

test('the limit counts what comes out: a bomb is cut when it has given that much', async () => {
  const bomb = Buffer.alloc(64 << 20)
  for (const packed of [bomb, gzipSync(bomb), zstdCompressSync(bomb)]) {
    let given = 0
    const reading = (async () => {
      for await (const part of unpack(inPieces(packed, 16 << 10), 1 << 20)) given += part.length
    })()
    await assert.rejects(reading, code('report.too-large'))
    assert.ok(given <= 1 << 20, String(given))
  }
})

test('damage and a missing end are told as such', async () => {
  // It must shrink: what is stored as it came has nothing in it that damage could contradict.
  const plain = Buffer.from(Array.from({ length: 20_000 }, (_, n) => `line ${(n * 7919) % 10_007} `).join(''))
  for (const packed of [gzipSync(plain), zstdCompressSync(plain)]) {
    const spoilt = Buffer.from(packed)
    spoilt.fill(0xff, 20, 60)
    await assert.rejects(gather(unpack(inPieces(spoilt, 4096), 1 << 20)), code('report.not-decodable'))
    await assert.rejects(gather(unpack(inPieces(packed.subarray(0, -30), 4096), 1 << 20)), code('report.not-decodable'))
  }
})

test('a sender that breaks off is an accident of its own, and ends the reading at once', async () => {
  const packed = gzipSync(randomBytes(100_000))
  const cut = async function* () {
    yield packed.subarray(0, 50_000)
    throw new Error('the connection ended')
  }
  await assert.rejects(gather(unpack(cut(), 1 << 20)), /the connection ended/)
})
