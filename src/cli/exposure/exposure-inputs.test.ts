import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { exposureShell, SMALL_BOM, SMALL_FEED } from '../../devkit/exposure-shell.ts'
import { EXIT } from '../exit.ts'
import { found, weir } from './spoken.ts'

const MAIN = join(import.meta.dirname, '..', 'main.ts')
const OF_DEBIAN = {
  id: 'DEBIAN-1',
  modified: '2026-01-01T00:00:00Z',
  affected: [
    {
      package: { ecosystem: 'Debian:12', name: 'bash' },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '9.0-1' }] }],
    },
  ],
}

describe('what weir exposure reads', () => {
  const { file, folder, remove } = exposureShell()
  after(remove)
  const feed = file('feed/osv.ndjson', SMALL_FEED)

  test('standard input and pipes, packed or not, come to the same as a file', async () => {
    const sbom = file('web.cdx.json', SMALL_BOM)
    const plain = found((await weir(sbom, '--feed', feed, '--json', '--identified', '2026-11-01')).out)
    const text = typeof SMALL_BOM === 'string' ? SMALL_BOM : JSON.stringify(SMALL_BOM)
    const words = [
      '--disable-warning=ExperimentalWarning',
      MAIN,
      'exposure',
      '-',
      '--feed',
      feed,
      '--json',
      '--identified',
      '2026-11-01',
    ]
    const run = spawnSync(process.execPath, words, { input: gzipSync(text), encoding: 'utf8' })
    assert.equal(run.status, EXIT.attention, run.stderr)
    const piped = found(run.stdout.trim().split('\n'))
    assert.deepEqual(
      piped.map(({ id, purl, assets }) => [id, purl, assets]),
      plain.map(({ id, purl }) => [id, purl, ['standard-input']]),
    )
  })

  test('nothing that was named is passed over: what is empty, strange, absent or holds no inventory is said', async () => {
    mkdirSync(join(folder, 'bare'))
    const ran = await weir(file('empty.json', ''), file('strange.json', '"?"'), join(folder, 'bare'), '--feed', feed)
    assert.equal(ran.code, EXIT.badInput)
    assert.match(ran.err, /refused +empty\.json: it is empty/)
    assert.match(ran.err, /refused +strange\.json: it is no inventory/)
    assert.match(ran.err, /refused +\S*bare: no file in it is an inventory/)
    assert.match(ran.out.join('\n'), /No inventory was read: of what you run nothing can be said/)
    assert.match((await weir(join(folder, '*.json'), '--feed', feed)).err, /is not there[\s\S]*/)
    const unfed = await weir(file('web.cdx.json', SMALL_BOM))
    assert.deepEqual([unfed.code, unfed.err], [EXIT.badInput, 'No feed of advisories was named.'])
  })

  test('packages of a distribution are judged by the release that is said, and told where none is', async () => {
    const debian = file('feed/debian.ndjson', `${JSON.stringify(OF_DEBIAN)}\n`)
    const status = 'Package: bash\nStatus: install ok installed\nVersion: 5.2.15-2\nArchitecture: amd64\n\n'
    const list = file('status', status)
    const unsaid = await weir(list, '--feed', debian, '--json')
    assert.deepEqual([unsaid.code, unsaid.out], [EXIT.done, []])
    assert.match(unsaid.err, /release +1 package of a distribution, of which no release is said\. First: pkg:deb\/debian\/bash/)
    assert.match(unsaid.err, /Say it with --distro/)
    const table = await weir(list, '--feed', debian)
    assert.ok(table.out.includes('Nothing of what could be matched stands in an advisory of the feed.'))
    const clean = await weir(list, '--feed', debian, '--distro', 'debian:11')
    assert.ok(clean.out.includes('Nothing here stands in an advisory of the feed.'))
    const release = file('os-release', 'ID=debian\nVERSION_ID="12"\n')
    for (const said of ['debian:12', 'bookworm-is-no-distribution', release]) {
      const ran = await weir(list, '--feed', debian, '--json', '--distro', said)
      if (said.startsWith('bookworm')) assert.equal(ran.code, EXIT.badInput)
      else
        assert.deepEqual(
          found(ran.out).map(({ purl }) => purl),
          ['pkg:deb/debian/bash@5.2.15-2?arch=amd64&distro=debian-12'],
        )
    }
    const other = await weir(list, '--feed', debian, '--json', '--distro', 'debian:11')
    assert.deepEqual([other.code, other.out, /release /.test(other.err)], [EXIT.done, [], false])
  })
})
