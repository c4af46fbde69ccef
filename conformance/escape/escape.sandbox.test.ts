import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Floor } from '../../src/core/sandbox/tier.ts'
import { atFloor, startSandbox, type TestSandbox } from '../../src/devkit/sandbox.ts'
import type { Attempt } from './attempt.ts'
import { type Ground, plant } from './ground.ts'
import { buildKit } from './kit.ts'
import { meansHostOn } from './own-kernel.ts'
import { assertHeld, control, NOBODY, proveOnce } from './round.ts'
import { strays } from './scenarios/output.ts'
import { assertDepot } from './scenarios/results.ts'
import { ATTEMPTS } from './table.ts'

// Every attempt twice: on the host, where it must succeed, and inside, where it must not.

const lacks = (file: string, args: readonly string[]) => spawnSync(file, args).error !== undefined
const skip =
  lacks('cc', ['--version']) || lacks('bwrap', ['--version'])
    ? 'no C compiler or no bubblewrap; to run it: apt-get install -y gcc libc6-dev bubblewrap'
    : false
const root = process.getuid!() === 0
const ROUNDS = root
  ? [
      { name: 'root', user: null, floor: null },
      { name: 'an ordinary user', user: NOBODY, floor: null },
      ...(lacks('runsc', ['--version']) ? [] : [{ name: 'root, on gVisor', user: null, floor: 'gvisor' as Floor }]),
    ]
  : [{ name: 'an ordinary user', user: null, floor: null }]

for (const round of ROUNDS) {
  describe(`escape attempts, launched as ${round.name}`, { skip }, () => {
    let folder: string
    let ground: Ground
    let sandbox: TestSandbox
    const attempts = round.floor === null ? ATTEMPTS : ATTEMPTS.filter(meansHostOn)
    const counted = { held: 0, proven: 0, lacking: [] as string[] }

    before(async () => {
      folder = mkdtempSync(join(tmpdir(), 'weir-escape-'))
      chmodSync(folder, 0o755)
      const kit = buildKit(join(folder, 'kit'))
      assert.ok(kit)
      ground = await plant(join(folder, 'ground'), kit, round.user, resolve(import.meta.dirname, '../..'))
      const plain = await startSandbox({
        depot: ground.depot,
        env: { WEIR_MARKER: ground.marker, LD_LIBRARY_PATH_MARKER: ground.marker },
        inherit: [ground.gift.file, ground.gift.folder],
        ...(round.user ? { as: round.user } : {}),
      })
      sandbox = round.floor === null ? plain : atFloor(plain, round.floor)
      ground.useSandbox(sandbox)
      const limits = { bytes: 64 << 20, files: 100 }
      const { answer } = await sandbox.ask({ do: 'fill', entry: 'kit', limits }, kit.archive)
      assert.equal(answer.did, 'filled', JSON.stringify(answer))
    })

    after(async () => {
      await sandbox?.stop()
      await ground?.dispose()
      rmSync(folder, { recursive: true, force: true })
    })

    const attempt = (one: Attempt) =>
      it(`${one.area}: ${one.tries} (${one.name})`, async () => {
        const said = await proveOnce(one, () =>
          'held' in one ? one.control(ground).then(() => 'proven' as const) : control(one, ground),
        )
        if (said === 'proven') counted.proven++
        else counted.lacking.push(one.name)
        if ('held' in one) await one.held(ground)
        else await assertHeld(one, ground)
        counted.held++
      })

    describe('side by side', { concurrency: 4 }, () => {
      for (const one of attempts) if (!one.alone) attempt(one)
    })

    describe('alone', () => {
      for (const one of attempts) if (one.alone) attempt(one)
    })

    it('leaves the host as it was', async () => {
      assert.deepEqual(ground.harmed(), [])
      assert.equal(await ground.victimSays(), ground.marker)
      assert.deepEqual(strays(), [])
      assertDepot(ground)
    })

    it('shows for at least sixty attempts that they succeed outside', () => {
      const { held, proven, lacking } = counted
      console.log(
        `escape suite as ${round.name}: ${held} of ${attempts.length} attempts held, ${proven} shown to succeed outside, ` +
          `${lacking.length} not there on this machine${lacking.length > 0 ? `: ${lacking.join(', ')}` : ''}`,
      )
      assert.ok(proven >= 60)
    })
  })
}
