import assert from 'node:assert/strict'
import test from 'node:test'
import { folderOf, isAlive, usualFolders } from './running.ts'
import { launchArguments, readServerLine } from './server-process.ts'
import { isWarning } from './serving.ts'

test('only lines of the protocol count as the server speaking', () => {
  assert.deepEqual(readServerLine('{"event":"starting","step":"x"}'), { event: 'starting', step: 'x' })
  for (const line of ['', 'x', 'null', '1', '{"event":"other"}', '{"level":30,"msg":"hello"}'])
    assert.equal(readServerLine(line), null)
})

test('the server is told what the person said, and nothing else', () => {
  assert.deepEqual(launchArguments({}), [])
  assert.deepEqual(launchArguments({ data: '/d', port: '1', demo: true, maintenance: true }), [
    '--data',
    '/d',
    '--port',
    '1',
    '--demo',
    '--maintenance',
  ])
})

test('warnings of the log are shown, chatter is not', () => {
  assert.deepEqual(['{"level":30}', '{"level":40}', '{"level":60}', 'Error: x', ' '].map(isWarning), [
    false,
    true,
    true,
    true,
    false,
  ])
})

test('the folders a command means', () => {
  assert.deepEqual(usualFolders({ WEIR_DATA: '/srv/weir' }), ['/srv/weir'])
  assert.ok(usualFolders({}).every((folder) => folder.startsWith('/')))
  assert.equal(folderOf(undefined), undefined)
  assert.ok(isAlive(process.pid))
})
