import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { BlobMissing, type BlobName, type BlobStore, parseBlobName } from './blob-store.ts'

/** What every blob store must keep; run against each with a fresh, empty one per test. */
export function describeBlobStore(label: string, fresh: () => Promise<{ blobs: BlobStore; close(): Promise<void> }>): void {
  const check = (what: string, run: (blobs: BlobStore) => Promise<void>) =>
    test(`${label}: ${what}`, async () => {
      const { blobs, close } = await fresh()
      try {
        await run(blobs)
      } finally {
        await close()
      }
    })

  check('gives back what was committed, piece by piece', async (blobs) => {
    await store(blobs, nameOf('a'), ['one ', 'two ', ''])
    assert.equal(await load(blobs, nameOf('a')), 'one two ')
    assert.equal(await blobs.has(nameOf('a')), true)
  })

  check('an empty blob is a blob', async (blobs) => {
    await store(blobs, nameOf('e'), [])
    assert.equal(await load(blobs, nameOf('e')), '')
  })

  check('shows nothing before commit and nothing of an abandoned draft', async (blobs) => {
    const draft = await blobs.draft()
    await draft.append(Buffer.from('secret'))
    assert.equal(await blobs.has(nameOf('a')), false)
    assert.deepEqual(await namesOf(blobs), [])
    await draft.abandon()
    await draft.abandon()
    assert.deepEqual(await namesOf(blobs), [])
  })

  check('keeps the first of two blobs of one name', async (blobs) => {
    await store(blobs, nameOf('a'), ['first'])
    await store(blobs, nameOf('a'), ['second'])
    assert.equal(await load(blobs, nameOf('a')), 'first')
    assert.deepEqual(await namesOf(blobs), [nameOf('a')])
  })

  check('two drafts of one name at the same time leave one whole blob', async (blobs) => {
    await Promise.all(['x', 'x', 'x', 'x'].map((text) => store(blobs, nameOf('x'), [text.repeat(100_000)])))
    assert.equal((await load(blobs, nameOf('x'))).length, 100_000)
  })

  check('says which blob is missing, before and after delete', async (blobs) => {
    await assert.rejects(load(blobs, nameOf('a')), BlobMissing)
    await store(blobs, nameOf('a'), ['x'])
    await blobs.delete(nameOf('a'))
    await blobs.delete(nameOf('a'))
    assert.equal(await blobs.has(nameOf('a')), false)
    await assert.rejects(load(blobs, nameOf('a')), BlobMissing)
  })

  check('lists every name', async (blobs) => {
    const names = ['a', 'b', 'c', 'd'].map(nameOf)
    for (const name of names) await store(blobs, name, ['x'])
    assert.deepEqual((await namesOf(blobs)).sort(), [...names].sort())
  })
}

function nameOf(text: string): BlobName {
  return parseBlobName(createHash('sha256').update(text).digest('hex'))!
}

async function store(blobs: BlobStore, name: BlobName, parts: string[]): Promise<void> {
  const draft = await blobs.draft()
  for (const part of parts) await draft.append(Buffer.from(part))
  await draft.commit(name)
  await draft.abandon()
}

async function load(blobs: BlobStore, name: BlobName): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of blobs.read(name)) parts.push(part)
  return Buffer.concat(parts).toString()
}

async function namesOf(blobs: BlobStore): Promise<BlobName[]> {
  const names: BlobName[] = []
  for await (const name of blobs.names()) names.push(name)
  return names
}
