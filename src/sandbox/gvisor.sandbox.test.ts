import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, describe, test } from 'node:test'
import { atFloor, startSandbox, type TestSandbox } from '../devkit/sandbox.ts'
import { SANDBOX_CHECKS } from '../devkit/sandbox-checks.ts'

const skip =
  process.getuid?.() !== 0 || spawnSync('runsc', ['--version']).error !== undefined
    ? 'not root, or no gVisor; to run it: apt-get install -y runsc'
    : false

describe('the sandbox with a kernel of its own (gVisor)', { skip }, () => {
  let plain: TestSandbox
  let sandbox: TestSandbox
  before(async () => {
    plain = await startSandbox()
    sandbox = atFloor(plain, 'gvisor')
  })
  after(() => plain.stop())

  test('it is here, and is taken only where the floor asks for it', async () => {
    const { answer } = await plain.ask({ do: 'tiers' })
    assert.ok(answer.did === 'tiers')
    assert.deepEqual(
      answer.here.map(({ tier, addressRandomisation }) => [tier, addressRandomisation ?? 'off']),
      [
        ['namespace', 'off'],
        ['namespace-user', 'off'],
        ['gvisor', 'on'],
      ],
    )
  })
  for (const check of SANDBOX_CHECKS) test(check.name, () => check.run(sandbox))
})
