import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { asRunner, canEnter, chooseRunner } from './account.ts'

test('an ordinary user is never changed', () => {
  assert.deepEqual(chooseRunner(['/nowhere'], 1000, []), { mode: 'direct' })
  assert.deepEqual(asRunner({ mode: 'direct' }, 'p', ['-D', 'x']), { file: 'p', args: ['-D', 'x'], options: {} })
})

test('root drops to the first account that may enter every folder on the way', () => {
  const home = mkdtempSync(join(tmpdir(), 'weir-account-'))
  try {
    const mine = { name: 'weir', uid: process.getuid!(), gid: process.getgid!() }
    const other = { name: 'nobody', uid: 54_321, gid: 54_321 }
    mkdirSync(join(home, 'a', 'b'), { recursive: true })
    // Whatever the umask of whoever runs the tests is.
    for (const folder of [home, join(home, 'a'), join(home, 'a', 'b')]) chmodSync(folder, 0o711)
    assert.equal(canEnter(join(home, 'a', 'b'), other), true)
    chmodSync(join(home, 'a'), 0o700)
    assert.equal(canEnter(join(home, 'a', 'b'), other), false)
    assert.equal(canEnter(join(home, 'a', 'b'), mine), true)
    chmodSync(join(home, 'a'), 0o711)
    // Owner bits count for the owner even where others may do more.
    chmodSync(join(home, 'a', 'b'), 0o077)
    assert.equal(canEnter(join(home, 'a', 'b'), mine), false)
    assert.equal(canEnter(join(home, 'missing'), other), false)
    chmodSync(join(home, 'a', 'b'), 0o711)
    assert.deepEqual(chooseRunner([join(home, 'a', 'b')], 0, [{ name: 'stranger', uid: 5, gid: 5 }, other]), {
      mode: 'dropped',
      ...other,
    })
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
})

test('an account with the number of root is no account to drop to', () => {
  let chosen: string
  try {
    chosen = chooseRunner(['/'], 0, [{ name: 'weir', uid: 0, gid: 0 }]).mode
  } catch (error) {
    chosen = (error as Error).name
  }
  assert.ok(chosen === 'namespace' || chosen === 'NoRunner')
})
