import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { freePort } from '../bench/server-process.ts'
import { openDoor, type TestDoor } from '../src/devkit/door.ts'
import { member } from '../src/devkit/members.ts'
import { type Listening, listen } from '../src/server/http/listen.ts'
import { makeToken } from '../src/server/identity/tokens.ts'

const MAIN = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts')
const osv = (id: string, more: object = {}) => ({
  id,
  modified: '2026-01-01T00:00:00Z',
  affected: [{ package: { ecosystem: 'npm', name: 'a' }, versions: ['1.0.0'] }],
  ...more,
})
const lines = (...records: object[]) => records.map((record) => JSON.stringify(record)).join('\n')

describe('weir import', () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-import-'))
  let door: TestDoor
  let listening: Listening
  let token: string

  before(async () => {
    door = await openDoor({ port: await freePort() })
    listening = await listen(door.app, door.desks.config.port)
    const { id: person, organisation } = await member(door.ground, 'Coordination', ['coordinator'])
    const named = { name: 'feeds', organisation, person, roles: ['coordinator' as const], days: 1 }
    token = (await makeToken(door.ground, { ...named, scopes: ['record:send'] })).secret
    mkdirSync(join(home, 'feed/deep'), { recursive: true })
    for (const n of [1, 2, 3]) writeFileSync(join(home, `feed/deep/GHSA-${n}.json`), JSON.stringify(osv(`GHSA-${n}`), null, 2))
    writeFileSync(join(home, 'feed/notes.txt'), 'not a feed')
    writeFileSync(join(home, 'feed/more.ndjson.gz'), gzipSync(lines(osv('GHSA-4'), osv('GHSA-5'))))
    const vulnerabilities = [{ cveID: 'CVE-2026-0007', dateAdded: '2026-02-03' }]
    writeFileSync(
      join(home, 'feed/kev.json'),
      JSON.stringify({ catalogVersion: '1', dateReleased: '2026-02-03', vulnerabilities }),
    )
  })
  after(async () => {
    await listening.stop()
    await door.close()
    rmSync(home, { recursive: true, force: true })
  })

  function weir(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const server = `http://localhost:${door.desks.config.port}`
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', MAIN, 'import', ...words, '--server', server],
      { cwd: home, env: { ...env, WEIR_TOKEN: token, XDG_STATE_HOME: home }, stdio: ['ignore', 'pipe', 'pipe'] },
    )
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk
    })
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })))
  }
  const cells = (out: string) =>
    out
      .trim()
      .split('\n')
      .slice(1)
      .map((line) =>
        line
          .trim()
          .split(/\s{2,}/)
          .join(' '),
      )

  test('a folder goes as one archive of its documents and the files beside it; again, nothing changes', async () => {
    const first = await weir('feed')
    assert.equal(first.code, 0, first.err)
    assert.deepEqual(cells(first.out), [
      'feed osv 3 0 0 0 0 0',
      'feed/kev.json kev 1 0 0 0 0 0',
      'feed/more.ndjson.gz osv 2 0 0 0 0 0',
    ])
    assert.ok(first.out.split('\n').every((line) => line.length <= 80))
    const again = await weir('feed')
    assert.deepEqual([again.code, cells(again.out)[0]], [0, 'feed osv 0 0 3 0 0 0'])
    assert.equal(door.desks.known.book.size.records, 5)
  })

  test('what was set aside is told with its place and reason, and the exit says so', async () => {
    writeFileSync(join(home, 'bad.ndjson'), `${lines(osv('GHSA-6'))}\n{"id": "\u001b[31m\n`)
    const told = await weir('bad.ndjson')
    assert.deepEqual([told.code, cells(told.out)], [1, ['bad.ndjson osv 1 0 0 0 0 1']])
    assert.match(told.err, /1 item set aside/)
    assert.match(told.err, /line 2\n\s+The item is not JSON/)
    assert.ok(!told.err.includes('\u001b'))
  })

  test('with --whole what is no longer listed goes; one file that is none does not stop the others', async () => {
    writeFileSync(join(home, 'npm.ndjson'), lines(osv('GHSA-7'), osv('GHSA-8')))
    await weir('npm.ndjson')
    writeFileSync(join(home, 'npm.ndjson'), lines(osv('GHSA-8')))
    writeFileSync(join(home, 'none.csv'), 'hello\n')
    const whole = await weir('none.csv', 'npm.ndjson', '--whole', '--json')
    assert.equal(whole.code, 2)
    assert.match(whole.err, /none\.csv/)
    const [row] = whole.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.deepEqual([row.feed, row.removed, row.unchanged], ['npm.ndjson', 1, 1])
    assert.deepEqual(door.desks.known.book.recordsOf('GHSA-7'), [])
  })

  test('words that are none, and nothing to send, are bad input', async () => {
    mkdirSync(join(home, 'empty'))
    assert.equal((await weir('empty')).code, 2)
    assert.equal((await weir('nowhere.json')).code, 2)
    assert.equal((await weir('feed', '--kind', 'sbom')).code, 2)
    assert.equal((await weir('feed', '--name', 'one')).code, 2)
  })
})
