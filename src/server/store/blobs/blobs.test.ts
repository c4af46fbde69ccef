import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { memoryKeys } from '../../../devkit/memory-keys.ts'
import { SealBroken } from '../keys/seal.ts'
import { describeBlobStore } from './blob-store.contract.ts'
import { type BlobName, parseBlobName } from './blob-store.ts'
import { openBlobFolder } from './folder.ts'
import { BlobTooLarge, getBlob, putBlob } from './sealed-blob.ts'

describeBlobStore('memory', async () => ({ blobs: memoryBlobs(), close: async () => {} }))
describeBlobStore('folder', async () => {
  const home = mkdtempSync(join(tmpdir(), 'weir blobs-'))
  return { blobs: openBlobFolder(join(home, 'blobs')), close: async () => rmSync(home, { recursive: true }) }
})

async function setUp() {
  const held = new Map<BlobName, Buffer>()
  const blobs = memoryBlobs(held)
  const keys = memoryKeys(randomBytes)
  const [key, other] = await keys.allocate(2)
  const put = (content: Buffer, by = key!, limit = 1e9) => putBlob(blobs, keys, by, chunked(content), limit, randomBytes)
  const get = async (name: BlobName, by = key!) => Buffer.concat(await all(getBlob(blobs, keys, by, name)))
  return { held, blobs, keys, key: key!, other: other!, put, get }
}

async function* chunked(content: Buffer) {
  for (let at = 0; at < content.length; at += 50_001) yield content.subarray(at, at + 50_001)
}

test('what is put comes back, at every size around a piece', async () => {
  const { put, get } = await setUp()
  for (const size of [0, 1, 65_535, 65_536, 65_537, 131_072, 300_000]) {
    const content = randomBytes(size)
    const { name, bytes } = await put(content)
    assert.equal(bytes, size)
    assert.deepEqual(await get(name), content)
  }
})

test('the same content is stored once per key, and no name or byte tells that two keys hold the same', async () => {
  const { held, other, put, get } = await setUp()
  const content = Buffer.from('planted-string '.repeat(1000))
  const first = await put(content)
  assert.equal((await put(content)).name, first.name)
  const second = await put(content, other)
  assert.notEqual(second.name, first.name)
  assert.equal(held.size, 2)
  for (const bytes of held.values()) assert.equal(bytes.includes('planted-string'), false)
  await assert.rejects(get(first.name, other), SealBroken)
})

test('a blob past its limit is not stored', async () => {
  const { held, key, put } = await setUp()
  await assert.rejects(put(randomBytes(100_000), key, 99_999), BlobTooLarge)
  assert.equal(held.size, 0)
  await put(randomBytes(100_000), key, 100_000)
})

test('every cut, every changed byte and every exchanged blob is noticed', async () => {
  const { held, put, get } = await setUp()
  const { name } = await put(randomBytes(140_000))
  const { name: twin } = await put(randomBytes(140_000))
  const whole = held.get(name)!
  for (const cut of [0, 1, 16, 17, 32, 33, 17 + 65_552, 17 + 2 * 65_552, whole.length - 1]) {
    held.set(name, whole.subarray(0, cut))
    await assert.rejects(get(name), SealBroken, `cut at ${cut}`)
  }
  for (const at of [0, 5, 17, 40_000, 17 + 65_552, whole.length - 1]) {
    const changed = Buffer.from(whole)
    changed[at]! ^= 1
    held.set(name, changed)
    await assert.rejects(get(name), SealBroken, `changed at ${at}`)
  }
  held.set(name, Buffer.concat([whole, Buffer.from([0])]))
  await assert.rejects(get(name), SealBroken)
  held.set(name, held.get(twin)!)
  await assert.rejects(get(name), SealBroken)
})

test('names that are not digests never become paths', () => {
  for (const text of ['', '..', '../../etc/passwd', `${'a'.repeat(63)}/`, 'A'.repeat(64), `${'a'.repeat(64)}\n`])
    assert.equal(parseBlobName(text), null)
})

test('the folder closes its files to others and clears drafts that a crash left', async () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-blobs-'))
  try {
    const blobs = openBlobFolder(home)
    const left = await blobs.draft()
    await left.append(Buffer.from('left'))
    assert.equal(readdirSync(join(home, 'drafts')).length, 1)
    const again = openBlobFolder(home)
    assert.equal(readdirSync(join(home, 'drafts')).length, 0)
    const draft = await again.draft()
    const name = parseBlobName('ab'.repeat(32))!
    await draft.commit(name)
    assert.equal(statSync(join(home, 'ab', name.slice(2))).mode & 0o777, 0o600)
    // A crash closes its files; this process has to.
    await left.abandon()
  } finally {
    rmSync(home, { recursive: true })
  }
})

async function all<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const out: T[] = []
  for await (const part of stream) out.push(part)
  return out
}
