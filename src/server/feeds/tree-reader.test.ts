import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { instant } from '../../core/kernel/instant.ts'
import { SAMPLE_PUBLISHER, sampleEdition } from '../../devkit/sample-edition.ts'
import { buildTree } from './build-tree.ts'
import { TreeReader } from './tree-reader.ts'
import { treeInThread } from './tree-worker.ts'

const AT = instant(Date.UTC(2030, 0, 1))

describe('reading the public tree', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-reader-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  const asked = (seeds: readonly number[]) => ({
    folder,
    advisories: seeds.map((seed) => sampleEdition(seed)),
    publisher: SAMPLE_PUBLISHER,
    at: AT,
  })

  test('gives files of the newest tree with their digest, and nothing that its list does not name', async () => {
    const reader = new TreeReader(folder)
    assert.equal(await reader.read('feed.atom'), null, 'before the first tree')
    buildTree(asked([1]))
    const first = await reader.read('feed.atom')
    assert.equal(first?.digest, createHash('sha256').update(first!.bytes).digest('hex'))
    writeFileSync(join(folder, 'secret.json'), '{}')
    for (const path of ['../secret.json', '../../secret.json', '/etc/passwd', '', '.', 'csaf', '__proto__', 'constructor'])
      assert.equal(await reader.read(path), null, path)
    for (const seeds of [[1, 2], [1, 2, 3], [3]]) buildTree(asked(seeds))
    const last = await reader.read('feed.atom')
    assert.notEqual(last?.digest, first?.digest)
  })

  test('a build in a thread gives the same tree, and says what it did', async () => {
    const again = await treeInThread(asked([3]))
    assert.deepEqual([again.switched, again.left], [false, []])
    assert.equal((await treeInThread(asked([4]))).switched, true)
  })
})
