import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { freshDatabase } from '../../../devkit/pg.ts'
import { readKnown } from '../../store/known.ts'
import { saidOf } from './known-row.ts'

const KILLS = 4
const ITEMS = 1500
const address = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

// Takes one file in after the other, in each of which every record says another number.
const IMPORTER = `
import { openStore } from ${address('../../store/connection.ts')}
import { takeKnown } from ${address('./known-import.ts')}
const [options, from] = process.argv.slice(1)
const desk = { store: openStore(JSON.parse(options), 1), clock: () => 0 }
for (let n = Number(from); ; n++) {
  const source = (async function* () {
    for (let i = 0; i < ${ITEMS}; i++) {
      const affected = [{ package: { ecosystem: 'npm', name: 'a' }, versions: [String(n)] }]
      yield Buffer.from(JSON.stringify({ id: 'X-' + i, modified: '2026-01-01T00:00:00Z', affected }) + '\\n')
    }
  })()
  await takeKnown(desk, { source, feed: 'all', kind: null, whole: true }, null)
  process.stdout.write('taken ' + n + '\\n')
}
`

test('killed at any moment, a server has the whole file or nothing of it', { timeout: 60_000 }, async () => {
  const database = await freshDatabase()
  let child: ChildProcess | null = null
  try {
    const options = JSON.stringify(database.connect.app)
    const seen = new Set<string>()
    for (let kill = 0; kill < KILLS; kill++) {
      child = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', IMPORTER, options, String(kill * 1000)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      await once(child.stdout!, 'data')
      await sleep(20 + 90 * kill)
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
      const versions = new Map<string, number>()
      await readKnown(database.store, 0, async (page) => {
        for (const row of page) {
          const said = saidOf(row)
          const version = said.kind === 'record' ? (said.body?.affected[0]?.versions[0] ?? '') : ''
          versions.set(version, (versions.get(version) ?? 0) + 1)
        }
      })
      assert.deepEqual([...versions.values()], [ITEMS], `half in after kill ${kill}`)
      seen.add([...versions.keys()][0]!)
    }
    assert.equal(seen.size, KILLS)
  } finally {
    child?.kill('SIGKILL')
    await database.close()
  }
})
