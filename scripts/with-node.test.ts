import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type TestContext, test } from 'node:test'

const LOCK = JSON.stringify({
  packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-other-os': { version: '1.0.0', optional: true } },
})

/** A clone with an `npm` of its own, which notes each call and then does what `does` says. */
function clone(t: TestContext, does: string): { root: string; start: () => Promise<{ code: number | null; said: string }> } {
  const root = mkdtempSync(join(tmpdir(), 'weir-clone-'))
  t.after(() => rmSync(root, { recursive: true, force: true }))
  mkdirSync(join(root, 'scripts'))
  mkdirSync(join(root, 'bin'))
  copyFileSync(resolve(import.meta.dirname, 'with-node.mjs'), join(root, 'scripts/with-node.mjs'))
  writeFileSync(join(root, 'package-lock.json'), LOCK)
  writeFileSync(join(root, 'scripts/hello.ts'), "process.stdout.write('hello')\nprocess.exitCode = 7\n")
  writeFileSync(join(root, 'bin/npm'), `#!/bin/sh\necho call >> calls\n${does}\n`)
  chmodSync(join(root, 'bin/npm'), 0o755)
  const { npm_execpath: _, NODE_TEST_CONTEXT: __, ...own } = process.env
  const env = { ...own, PATH: `${join(root, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin` }
  const start = () =>
    new Promise<{ code: number | null; said: string }>((done) => {
      const child = spawn(process.execPath, ['scripts/with-node.mjs', 'scripts/hello.ts'], {
        cwd: root,
        env,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let said = ''
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part))
      child.on('close', (code) => done({ code, said }))
    })
  return { root, start }
}

const INSTALLS = 'sleep 0.4; mkdir -p node_modules; cp package-lock.json node_modules/.package-lock.json'

test('of two starts at once one installs and both run; a third installs nothing', async (t) => {
  const { root, start } = clone(t, INSTALLS)
  for (const { code, said } of await Promise.all([start(), start()])) {
    assert.equal(code, 7, said)
    assert.match(said, /hello/)
  }
  assert.doesNotMatch((await start()).said, /installing/)
  assert.equal(readFileSync(join(root, 'calls'), 'utf8'), 'call\n')
})

test('packages for other systems may be missing; an older version of ours may not', async (t) => {
  const { root, start } = clone(t, INSTALLS)
  mkdirSync(join(root, 'node_modules'))
  const held = (version: string) =>
    writeFileSync(
      join(root, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/a': { version } } }),
    )
  held('1.0.0')
  assert.doesNotMatch((await start()).said, /installing/)
  held('0.9.0')
  assert.match((await start()).said, /installing/)
})

test('a failed install ends with 4 and says what to do; the lock of a dead start is taken over', async (t) => {
  const { root, start } = clone(t, 'exit 1')
  mkdirSync(join(root, '.cache'))
  writeFileSync(join(root, '.cache/installing'), '99999999')
  const { code, said } = await start()
  assert.equal(code, 4)
  assert.match(said, /Installing the packages failed[\s\S]*run the same command again/)
})
