import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { startSandbox, type TestSandbox } from '../devkit/sandbox.ts'
import { SANDBOX_CHECKS } from '../devkit/sandbox-checks.ts'

const isRoot = process.getuid?.() === 0

const WAYS = [
  { name: 'as the one who runs the tests', options: {}, tier: isRoot ? 'namespace' : 'namespace-user' },
  ...(isRoot ? [{ name: 'as an ordinary user', options: { as: { uid: 65_533, gid: 65_533 } }, tier: 'namespace-user' }] : []),
]

for (const { name, options, tier } of WAYS) {
  describe(`the sandbox ${name}`, () => {
    let sandbox: TestSandbox
    before(async () => {
      sandbox = await startSandbox(options)
    })
    after(() => sandbox.stop())

    test('says which walls are here, and what those that are not would need', async () => {
      const { answer } = await sandbox.ask({ do: 'tiers' })
      assert.ok(answer.did === 'tiers')
      assert.equal(answer.here[0]?.tier, tier)
      if (tier === 'namespace-user') assert.match(answer.lacking[0]?.say ?? '', /only root/)
    })
    for (const check of SANDBOX_CHECKS) test(check.name, () => check.run(sandbox))
  })
}
