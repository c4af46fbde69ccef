import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'

const SAYS = `const { openConsole } = await import(${JSON.stringify(join(import.meta.dirname, 'console.ts'))})
const { out, tell } = openConsole()
tell('begun')
for (let n = 0; n < 3; n++) out('a finding')
setTimeout(() => process.exit(1), 50)`

const said = (stdout: number | 'pipe', stderr: number | 'pipe') =>
  spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', SAYS], {
    stdio: ['ignore', stdout, stderr],
    encoding: 'utf8',
  })

test('results that a full disk does not take end with a sentence and exit 2, never with the code of an answer', () => {
  const { status, stderr } = said(openSync('/dev/full', 'w'), 'pipe')
  assert.equal(status, 2)
  assert.equal(stderr, 'begun\nweir: standard output cannot be written (ENOSPC).\n')
})

test('what only tells how it goes may be lost', () => {
  const { status, stdout } = said('pipe', openSync('/dev/full', 'w'))
  assert.equal(status, 1)
  assert.equal(stdout, 'a finding\n'.repeat(3))
})
