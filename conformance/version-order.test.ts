// Version comparisons of OSV-Scalibr's fixtures, one `A < B`, `A = B` or `A > B` a line, each both ways round. Lines that the
// ecosystem's own tool contradicts are named in `order-contradicted.ts` with the reason.
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { versionOrder } from '../src/core/kernel/version-order.ts'
import { CONTRADICTED } from './order-contradicted.ts'
import { readTarZst } from './read-tar.ts'

const ARCHIVE = join(process.env['WEIR_CORPUS'] ?? '', 'exposure/conformance/version-order-fixtures.tar.zst')
const SIGN = { '<': -1, '=': 0, '>': 1 } as const

// The fixtures keep npm, crates.io and Go in one file, because one rule serves them.
const FILES: Readonly<Record<string, readonly [lines: number, ...ecosystems: string[]]>> = {
  'alpine-versions': [778, 'Alpine:v3.20', 'Wolfi', 'Chainguard'],
  'alpine-versions-generated': [13_979, 'Alpine'],
  'cran-versions': [21, 'CRAN'],
  'cran-versions-generated': [57, 'CRAN'],
  'debian-versions': [30, 'Debian:12', 'Ubuntu:24.04:LTS'],
  'debian-versions-generated': [14_442, 'Debian'],
  'hackage-versions': [11, 'Hackage'],
  'maven-versions': [102, 'Maven'],
  'maven-versions-generated': [14_752, 'Maven'],
  'nuget-versions': [35, 'NuGet'],
  'packagist-versions': [95, 'Packagist'],
  'packagist-versions-generated': [10_630, 'Packagist'],
  'pub-versions': [100, 'Pub'],
  'pypi-versions': [37, 'PyPI'],
  'pypi-versions-generated': [12_375, 'PyPI'],
  'redhat-versions': [
    165,
    'Red Hat:enterprise_linux:9::baseos',
    'Rocky Linux:9',
    'AlmaLinux:8',
    'SUSE',
    'openSUSE',
    'Mageia:9',
  ],
  'rubygems-versions': [25, 'RubyGems'],
  'rubygems-versions-generated': [4_098, 'RubyGems'],
  'semver-versions': [86, 'npm', 'crates.io', 'Go', 'Hex'],
}

test('every comparison of the fixtures comes out as written, both ways round, but for those the native tool contradicts', (t) => {
  if (!process.env['WEIR_CORPUS'] || !existsSync(ARCHIVE))
    return t.skip('WEIR_CORPUS is not set: the version order fixtures are left out')
  const archive = readTarZst(ARCHIVE)
  for (const [file, [count, ...ecosystems]] of Object.entries(FILES)) {
    const text = archive.get(`testdata/${file}.txt`)!.toString('utf8')
    const lines = text.split('\n').filter((line) => /^\S+ [<=>] \S+$/.test(line) && !/^(?:#|\/\/)/.test(line))
    assert.equal(lines.length, count, file)
    for (const ecosystem of ecosystems) {
      const order = versionOrder(ecosystem)!
      const wrong = lines.filter((line) => {
        const [a = '', sign = '=', b = ''] = line.split(' ')
        const want = SIGN[sign as keyof typeof SIGN]
        return order.compare(a, b) !== want || order.compare(b, a) !== (want === 0 ? 0 : -want)
      })
      assert.deepEqual(wrong, CONTRADICTED.get(file)?.lines ?? [], `${file}, ${ecosystem}`)
    }
  }
})
