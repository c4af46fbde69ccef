import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { memoryBlobs } from '../../../devkit/memory-blobs.ts'
import { memoryKeys } from '../../../devkit/memory-keys.ts'
import { BLANK } from '../../../formats/blank-finding.ts'
import type { BlobName } from '../../store/blobs/blob-store.ts'
import { readBody, sealBody } from './body.ts'

const random = (length: number) => randomBytes(length)

for (const [size, where] of [
  [2_000, 'in the row'],
  [300_000, 'in the blob store'],
] as const) {
  test(`a body of ${size} bytes lies ${where} and comes back as it was`, async () => {
    const held = new Map<BlobName, Buffer>()
    const keys = memoryKeys(random)
    const ground = { blobs: memoryBlobs(held), keys, random }
    const [key] = await keys.allocate(1)
    const claim = {
      finding: { ...BLANK, title: 'planted-title', text: 'planted-text' },
      raw: Buffer.alloc(size, 'planted-raw '),
    }
    const sealed = await sealBody(ground, key!, 'fnd_a', claim)
    assert.equal(held.size, size > 64 << 10 ? 1 : 0)
    for (const stored of [sealed, ...held.values()]) assert.equal(stored.includes('planted'), false)
    const body = await readBody(ground, key!, 'fnd_a', sealed)
    assert.deepEqual(body.finding, claim.finding)
    assert.deepEqual(body.raw, claim.raw)
    await assert.rejects(readBody(ground, key!, 'fnd_b', sealed), { name: 'SealBroken' })
    for (const [name, bytes] of held) held.set(name, Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1)! ^ 1])]))
    if (held.size > 0) await assert.rejects(readBody(ground, key!, 'fnd_a', sealed), { name: 'SealBroken' })
  })
}
