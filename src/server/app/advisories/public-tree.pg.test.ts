import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Edition } from '../../../core/advisories/edition.ts'
import { instant } from '../../../core/kernel/instant.ts'
import { withDatabase } from '../../../devkit/pg.ts'
import { SAMPLE_PUBLISHER, sampleEdition } from '../../../devkit/sample-edition.ts'
import { buildTree } from '../../feeds/build-tree.ts'
import { currentTree } from '../../feeds/tree-draft.ts'
import { putAdvisory } from '../../store/advisory.ts'
import { inTransaction, type Store } from '../../store/connection.ts'
import type { AdvisoryDesk } from './advisory-desk.ts'
import { PublicTree } from './public-tree.ts'

const KILLS = 4
const AT = instant(Date.UTC(2030, 0, 1))
const address = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

// Follows the records for ever, as a server does; says when a tree is done.
const FOLLOWER = `
import { openStore } from ${address('../../store/connection.ts')}
import { PublicTree } from ${address('./public-tree.ts')}
import { buildTree } from ${address('../../feeds/build-tree.ts')}
import { SAMPLE_PUBLISHER } from ${address('../../../devkit/sample-edition.ts')}
const [feeds, options] = process.argv.slice(1)
const desk = { store: openStore(JSON.parse(options), 1), feeds, publisher: SAMPLE_PUBLISHER, clock: () => ${AT}, secondClock: async () => ${AT} }
const tree = new PublicTree(desk, async (asked) => {
  process.stdout.write('begun\\n')
  const built = buildTree(asked)
  process.stdout.write('built\\n')
  return built
})
for (;;) {
  await tree.follow()
  await new Promise((done) => setTimeout(done, 2))
}
`

/** A released edition as the records keep it. */
async function publish(store: Store, seed: number): Promise<string> {
  const edition = JSON.parse(JSON.stringify(sampleEdition(seed)).replaceAll('\\u0000', ' ')) as Edition
  await inTransaction(store, 'all', (tx) =>
    putAdvisory(tx, {
      id: edition.id,
      version: 1,
      state: 'published',
      case: 'cas_x',
      slot: 1,
      body: Buffer.alloc(0),
      public: edition,
      releaseAt: null,
      publishedAt: edition.released,
      changedAt: edition.updated,
    }),
  )
  return edition.id
}

/** Every file of the current tree has the digest that the tree's list gives it; answers the ids that are listed. */
function listed(folder: string): string[] {
  const name = currentTree(folder)
  assert.ok(name !== null)
  const digests = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Record<string, string>
  for (const [path, digest] of Object.entries(digests))
    assert.equal(
      createHash('sha256')
        .update(readFileSync(join(folder, name, path)))
        .digest('hex'),
      digest,
      path,
    )
  const index = JSON.parse(readFileSync(join(folder, name, 'advisories/index.json'), 'utf8'))
  return (index.advisories as { id: string }[]).map(({ id }) => id).sort()
}

test(`a process that follows the records, killed ${KILLS} times after a release, leaves the old tree or the new one`, async (t) => {
  await withDatabase(t, async ({ store, connect }) => {
    const folder = mkdtempSync(join(tmpdir(), 'weir-follow-'))
    let child: ChildProcess | null = null
    const ids: string[] = []
    const publishMany = async (from: number) => {
      for (let seed = from; seed < from + 6; seed++) ids.push(await publish(store, seed))
    }
    try {
      await publishMany(1)
      for (let n = 0; n < KILLS; n++) {
        const words = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', FOLLOWER]
        child = spawn(process.execPath, [...words, folder, JSON.stringify(connect.app)], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        let said = ''
        child.stdout!.on('data', (chunk) => {
          said += chunk
        })
        // Its start makes up whatever the one before left undone.
        while (!said.includes('built')) await once(child.stdout!, 'data')
        while (listed(folder).length !== ids.length) await sleep(2)
        assert.deepEqual(listed(folder), [...ids].sort())
        const old = [...ids].sort()
        await publishMany(100 * (n + 1))
        await sleep(n * 3)
        child.kill('SIGKILL')
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
        const now = listed(folder)
        assert.ok(now.length >= old.length && old.every((id) => now.includes(id)), `after kill ${n + 1}`)
      }
      const both = { clock: () => AT, secondClock: async () => AT }
      const desk = { ...both, store, feeds: folder, publisher: SAMPLE_PUBLISHER } as unknown as AdvisoryDesk
      await new PublicTree(desk, async (asked) => buildTree(asked)).follow()
      assert.deepEqual(listed(folder), [...ids].sort())
    } finally {
      child?.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
