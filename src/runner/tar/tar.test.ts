import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Failure } from '../failure.ts'
import { packFolder } from './pack-folder.ts'
import { readTar } from './read-tar.ts'
import { writeTar } from './write-tar.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const listed = (archive: Uint8Array) => {
  const ran = spawnSync('tar', ['-tvf', '-'], { input: archive, encoding: 'utf8' })
  assert.equal(ran.status, 0, ran.stderr)
  return ran.stdout.trim().split('\n')
}

test('what is written is read back, long and foreign names too, and tar agrees', () => {
  const long = `/in/${'deep/'.repeat(40)}ünïcode.bin`
  const files = [
    { path: '/in/a', bytes: bytes('one') },
    { path: '/work/run.sh', bytes: bytes('x'.repeat(513)), executable: true },
    { path: long, bytes: new Uint8Array() },
  ]
  const archive = writeTar(files)
  assert.equal(archive.length % 512, 0)
  const read = readTar(archive)
  assert.deepEqual(
    [...read].map(([path, one]) => [path, Buffer.from(one).toString()]),
    files.map((one) => [one.path, Buffer.from(one.bytes).toString()]),
  )
  const lines = listed(archive)
  assert.equal(lines.length, 3)
  assert.match(lines[1]!, /^-rwxr-xr-x 0\/0\s+513 2001-09-09/)
})

test('a broken archive ends the reading and never throws', () => {
  const whole = writeTar([
    { path: '/a', bytes: bytes('x'.repeat(600)) },
    { path: '/b', bytes: bytes('y') },
  ])
  for (let cut = 0; cut < whole.length; cut += 100) readTar(whole.subarray(0, cut))
  const bad = Buffer.from(whole)
  bad.write('77777777777', 124)
  assert.equal(readTar(bad).size, 0)
  assert.equal(readTar(Buffer.alloc(4096, 0x41)).size, 0)
})

describe('a packed folder', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-pack-'))
  const fill = (name: string, order: readonly string[]) => {
    const top = join(folder, name)
    mkdirSync(join(top, 'lib', '.git'), { recursive: true })
    for (const one of order) writeFileSync(join(top, one), one)
    chmodSync(join(top, 'b.sh'), 0o755)
    symlinkSync('lib/c', join(top, 'link'))
    writeFileSync(join(top, 'lib', '.git', 'HEAD'), 'x')
    return top
  }
  test('depends on names, contents, links and execute bits alone', () => {
    try {
      const one = fill('one', ['a', 'b.sh', 'lib/c'])
      const two = fill('two', ['lib/c', 'b.sh', 'a'])
      utimesSync(join(two, 'a'), 1, 1)
      const packed = packFolder(one)
      assert.deepEqual(Buffer.from(packed.bytes), Buffer.from(packFolder(two).bytes))
      assert.deepEqual(
        listed(packed.bytes).map((line) => line.replace(/^(\S+).*:\d\d /, '$1 ')),
        [
          'drwxr-xr-x source/',
          '-rw-r--r-- source/a',
          '-rwxr-xr-x source/b.sh',
          'drwxr-xr-x source/lib/',
          '-rw-r--r-- source/lib/c',
          'lrwxr-xr-x source/link -> lib/c',
        ],
      )
      chmodSync(join(two, 'a'), 0o755)
      assert.notDeepEqual(Buffer.from(packFolder(one).bytes), Buffer.from(packFolder(two).bytes))
      assert.throws(() => packFolder(one, { bytes: 2000, files: 10 }), Failure)
      assert.throws(() => packFolder(one, { bytes: 1e6, files: 2 }), /more than 2 files/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
