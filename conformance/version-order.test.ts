// Version comparisons of OSV-Scalibr's fixtures, one `A < B`, `A = B` or `A > B` a line.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { versionOrder } from '../src/core/kernel/version-order.ts'
import { readTarZst } from './read-tar.ts'

const ARCHIVE = join(process.env['WEIR_CORPUS'] ?? '', 'exposure/conformance/version-order-fixtures.tar.zst')
const SIGN = { '<': -1, '=': 0, '>': 1 } as const

// The fixtures keep npm, crates.io and Go in one file, because one rule serves them.
const FILES = { 'testdata/semver-versions.txt': ['npm', 'crates.io', 'Go'] }

test('every comparison of the fixtures comes out as written, both ways round', (t) => {
  if (!process.env['WEIR_CORPUS'] || !existsSync(ARCHIVE))
    return t.skip('WEIR_CORPUS is not set: the version order fixtures are left out')
  const files = readTarZst(ARCHIVE)
  for (const [path, ecosystems] of Object.entries(FILES)) {
    const lines = files
      .get(path)!
      .toString('utf8')
      .split('\n')
      .filter((line) => /^\S+ [<=>] \S+$/.test(line))
    assert.ok(lines.length >= 80, `${lines.length} lines`)
    for (const ecosystem of ecosystems) {
      const order = versionOrder(ecosystem)!
      const wrong = lines.filter((line) => {
        const [a = '', sign = '=', b = ''] = line.split(' ')
        const want = SIGN[sign as keyof typeof SIGN]
        return order.compare(a, b) !== want || order.compare(b, a) !== (want === 0 ? 0 : -want)
      })
      assert.deepEqual(wrong, [], ecosystem)
    }
  }
})
