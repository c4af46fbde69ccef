import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { checkClock, checkFolder, checkNode, checkPort } from './machine.ts'
import { checkPrograms, onPath } from './programs.ts'

test('an old Node, a wrong clock and open keys are told with what mends them', () => {
  assert.equal(checkNode('24.1.0').state, 'ok')
  assert.deepEqual([checkNode('20.9.0').needed, checkNode('20.9.0').state], [true, 'missing'])
  assert.equal(checkClock(Date.UTC(1970, 0, 1), 0).state, 'missing')
  assert.equal(checkClock(Date.UTC(2027, 0, 1), 0).state, 'ok')
  const folder = mkdtempSync(join(tmpdir(), 'weir-doctor-'))
  try {
    assert.equal(checkFolder('keys', folder, true).state, 'ok')
    chmodSync(folder, 0o755)
    assert.equal(checkFolder('keys', folder, true).mend, `chmod -R go= '${folder}'`)
    assert.equal(checkFolder('keys', join(folder, 'none'), true).state, 'ok')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a taken port is told', async () => {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  assert.match((await checkPort(port)).say, /is taken/)
  await new Promise((resolve) => server.close(resolve))
  assert.equal((await checkPort(port)).state, 'ok')
})

test('programs that are not there are named with the command that installs them', () => {
  assert.equal(onPath(['no-such-program'], '/usr/bin'), null)
  const bare = checkPrograms({ PATH: '' })
  assert.ok(bare.every(({ state, needed, mend }) => state === 'missing' && !needed && mend))
  assert.equal(checkPrograms({ PATH: '', WEIR_CORPUS: '/data' }).at(-1)?.state, 'ok')
})
