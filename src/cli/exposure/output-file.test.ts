import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  linkSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { writeOutput } from './output-file.ts'

describe('a file of results', () => {
  let folder: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-output-'))
  })
  after(() => rmSync(folder, { recursive: true, force: true }))

  test('takes the place of the one before, and leaves nothing beside it', () => {
    const path = join(folder, 'a.sarif')
    for (const text of ['first', 'second, and longer', 'third']) writeOutput(path, text)
    assert.equal(readFileSync(path, 'utf8'), 'third')
    assert.deepEqual(readdirSync(folder), ['a.sarif'])
    chmodSync(path, 0o600)
    writeOutput(path, 'fourth')
    assert.equal(statSync(path).mode & 0o777, 0o600)
  })

  test('is the former one where there is no room for it', () => {
    const path = join(folder, 'a.sarif')
    writeFileSync(path, 'what stood there')
    const script = `import { writeOutput } from ${JSON.stringify(join(import.meta.dirname, 'output-file.ts'))}
process.on('SIGXFSZ', () => {})
try { writeOutput(${JSON.stringify(path)}, 'x'.repeat(100_000)) } catch (error) { process.exit(error.code === 'EFBIG' ? 7 : 8) }`
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script]
    const { status } = spawnSync('bash', ['-c', 'ulimit -f 8; exec "$@"', 'bash', ...node])
    assert.equal(status, 7)
    assert.equal(readFileSync(path, 'utf8'), 'what stood there')
    assert.deepEqual(readdirSync(folder), ['a.sarif'])
  })

  test('is written where a link points, and stays one file by all its names', () => {
    const [path, link, other] = ['b', 'link', 'other'].map((name) => join(folder, name)) as [string, string, string]
    writeFileSync(path, 'b')
    symlinkSync(path, link)
    linkSync(path, other)
    writeOutput(link, 'by the link')
    assert.equal(readFileSync(path, 'utf8'), 'by the link')
    writeOutput(path, 'by its name')
    assert.equal(readFileSync(other, 'utf8'), 'by its name')
  })
})
