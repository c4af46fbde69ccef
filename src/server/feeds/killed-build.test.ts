import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { instant } from '../../core/kernel/instant.ts'
import { SAMPLE_PUBLISHER, sampleEdition } from '../../devkit/sample-edition.ts'
import { buildTree } from './build-tree.ts'
import { currentTree } from './tree-draft.ts'

const KILLS = 10
const AT = Date.UTC(2030, 0, 1)
const address = (path: string) => JSON.stringify(new URL(path, import.meta.url).href)

// Builds one tree and the other by turns, for ever: each shares half of its advisories with the other.
const LOOP = `
import { buildTree } from ${address('./build-tree.ts')}
import { SAMPLE_PUBLISHER, sampleEdition } from ${address('../../devkit/sample-edition.ts')}
const half = (from) => Array.from({ length: 8 }, (_, n) => sampleEdition(from + n))
const trees = [[...half(1), ...half(101)], [...half(1), ...half(201)]]
for (let n = 0; ; n++) {
  buildTree({ folder: process.argv[1], advisories: trees[n % 2], publisher: SAMPLE_PUBLISHER, at: ${AT} })
  process.stdout.write('.')
}
`

const half = (from: number) => Array.from({ length: 8 }, (_, n) => sampleEdition(from + n))

/** One digest over every path and content below a folder. */
function whole(folder: string): string {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const paths = files.map((one) => relative(folder, join(one.parentPath, one.name))).sort()
  const hash = createHash('sha256')
  for (const path of paths) hash.update(`${path}\n`).update(readFileSync(join(folder, path)))
  return hash.digest('hex')
}

describe('a build that is killed', () => {
  test(`${KILLS} times at any point leaves the one tree or the other, whole, and the next build goes on`, async () => {
    const top = mkdtempSync(join(tmpdir(), 'weir-killed-'))
    let child: ChildProcess | null = null
    try {
      const built = (name: string, from: number) => {
        const folder = join(top, name)
        buildTree({ folder, advisories: [...half(1), ...half(from)], publisher: SAMPLE_PUBLISHER, at: instant(AT) })
        return whole(join(folder, 'current/'))
      }
      const good = [built('one', 101), built('two', 201)]
      const folder = join(top, 'killed')
      const left: string[] = []
      for (let n = 0; n < KILLS; n++) {
        child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', LOOP, folder], {
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        await once(child.stdout!, 'data')
        const begun = performance.now()
        await once(child.stdout!, 'data')
        // The kills spread over the length of two builds, however long this machine takes for one.
        await sleep((2 * n * (performance.now() - begun)) / KILLS)
        child.kill('SIGKILL')
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
        left.push(`${currentTree(folder)}`)
        assert.ok(good.includes(whole(join(folder, 'current/'))), `after kill ${n + 1}`)
      }
      assert.ok(new Set(left).size > 2, left.join(' '))
      buildTree({ folder, advisories: [...half(1), ...half(101)], publisher: SAMPLE_PUBLISHER, at: instant(AT) })
      assert.equal(whole(join(folder, 'current/')), good[0])
      assert.ok(readdirSync(folder).filter((name) => /^tree-\d+$/.test(name)).length <= 2)
    } finally {
      child?.kill('SIGKILL')
      rmSync(top, { recursive: true, force: true })
    }
  })
})
