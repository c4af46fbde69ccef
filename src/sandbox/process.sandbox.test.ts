import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { SANDBOX_ENTRY } from '../core/sandbox/contract.ts'
import { startSandbox, type TestSandbox } from '../devkit/sandbox.ts'
import { openSpec, runScript } from '../devkit/sandbox-checks.ts'
import { ownerName } from './owner.ts'

const isRoot = process.getuid?.() === 0

/** Processes whose command line holds `word`. */
function running(word: string): string[] {
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'latin1').includes(word)
    } catch {
      return false
    }
  })
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let turn = 0; turn < 1200; turn++) {
    if (holds()) return
    await wait(25)
  }
  assert.fail(`never: ${what}`)
}

/** Control groups of the sandbox process `owner`, in whichever hierarchy. */
function groupsOf(owner: string): string[] {
  const found = spawnSync('find', ['/sys/fs/cgroup', '-maxdepth', '6', '-type', 'd', '-name', `weir-${owner}-*`])
  return found.stdout
    .toString()
    .split('\n')
    .filter((line) => line !== '')
}

async function busy(sandbox: TestSandbox, mark: string): Promise<void> {
  await sandbox.ask({ do: 'open', box: mark, spec: openSpec() })
  const spec = { argv: ['sh', '-c', `setsid sh -c 'sleep 7${mark} & sleep 8${mark}' & sleep 9${mark}`], env: {}, cwd: '/work' }
  void sandbox.ask({ do: 'exec', box: mark, spec }).catch(() => {})
  for (const digit of [7, 8, 9]) await until(() => running(`${digit}${mark}`).length > 0, 'the programs start')
}

describe('the sandbox process', () => {
  test('killed outright, it leaves nothing running, and its successor clears what it made', async () => {
    const depot = mkdtempSync(join(tmpdir(), 'weir-depot-'))
    const first = await startSandbox({ depot })
    const mark = String(first.pid)
    const owner = ownerName(first.pid)!
    await busy(first, mark)
    assert.ok(!isRoot || groupsOf(owner).length > 0)
    process.kill(first.pid, 'SIGKILL')
    await until(() => [7, 8, 9].every((digit) => running(`${digit}${mark}`).length === 0), 'everything inside is dead')
    assert.ok(existsSync(join(depot, `weir-${owner}`)))
    const second = await startSandbox({ depot })
    assert.equal((await runScript(second, 'echo fine')).stdout, 'fine\n')
    assert.ok(!existsSync(join(depot, `weir-${owner}`)))
    assert.deepEqual(groupsOf(owner), [])
    await second.stop()
    await first.stop().catch(() => {})
    rmSync(depot, { recursive: true, force: true })
  })

  for (const way of ['the end of its input', 'SIGTERM'] as const) {
    test(`ends in order at ${way}`, async () => {
      const depot = mkdtempSync(join(tmpdir(), 'weir-depot-'))
      const sandbox = await startSandbox({ depot })
      const owner = ownerName(sandbox.pid)!
      const mark = String(sandbox.pid)
      await busy(sandbox, mark)
      if (way === 'SIGTERM') process.kill(sandbox.pid, 'SIGTERM')
      await sandbox.stop()
      assert.deepEqual(
        [7, 8, 9].flatMap((digit) => running(`${digit}${mark}`)),
        [],
      )
      assert.deepEqual(groupsOf(owner), [])
      assert.deepEqual(readdirSync(depot), ['trees'])
      rmSync(depot, { recursive: true, force: true })
    })
  }

  test('closing a sandbox ends what runs in it', async () => {
    const sandbox = await startSandbox()
    await sandbox.ask({ do: 'open', box: 'one', spec: openSpec() })
    const spec = { argv: ['sleep', '60'], env: {}, cwd: '/work' }
    const ran = sandbox.ask({ do: 'exec', box: 'one', spec })
    await wait(100)
    assert.equal((await sandbox.ask({ do: 'close', box: 'one' })).answer.did, 'closed')
    const { answer } = await ran
    assert.ok(answer.did === 'executed' && answer.end.how === 'closed')
    await sandbox.stop()
  })

  test('what its starter left open does not reach a sandbox', async () => {
    const planted = openSync('/etc/hostname', 'r')
    const sandbox = await startSandbox({ inherit: Array<number>(30).fill(planted) })
    closeSync(planted)
    const { stdout } = await runScript(sandbox, 'ls /proc/self/fd; readlink /proc/self/fd/*')
    // The streams, and the folder that ls itself reads.
    assert.match(stdout, /^0\n1\n2\n3\n/)
    assert.doesNotMatch(stdout, /^[4-9]\n|socket|host/m)
    await sandbox.stop()
  })

  test('hostile lines are refused one by one, and the next good one is answered', async () => {
    const sandbox = await startSandbox()
    const spec = openSpec()
    const exec = { argv: ['true'], env: {}, cwd: '/work' }
    const bad: unknown[] = [
      { do: 'fly' },
      { do: 'open', box: '../x', spec },
      { do: 'open', box: 'x', spec: { ...spec, floor: 'none' } },
      { do: 'open', box: 'x', spec: { ...spec, limits: { ...spec.limits, wallMs: -1 } } },
      { do: 'open', box: 'x', spec: { ...spec, mounts: [{ entry: '../../etc', at: '/work/x' }] } },
      { do: 'open', box: 'x', spec: { ...spec, mounts: [{ entry: 'x', at: '/work/../etc' }] } },
      { do: 'open', box: 'x', spec: { ...spec, mounts: [{ entry: 'x', at: '/usr/bin' }] } },
      { do: 'exec', box: 'x', spec: { ...exec, argv: [] } },
      { do: 'exec', box: 'x', spec: { ...exec, argv: ['a\0b'] } },
      { do: 'exec', box: 'x', spec: { ...exec, env: { 'A=B': 'c' } } },
      { do: 'exec', box: 'x', spec: { ...exec, cwd: 'work' } },
      { do: 'fill', entry: 'UPPER', limits: { bytes: 1, files: 1 } },
      { do: 'run', box: 'x', spec: { open: spec, put: 5, exec, stdin: 0, get: [], keep: null } },
    ]
    for (const one of bad) {
      const { answer } = await sandbox.ask(one as Parameters<TestSandbox['ask']>[0])
      assert.ok(answer.did === 'refused' && answer.code === 'sandbox.bad-request', JSON.stringify(one))
    }
    sandbox.raw(Buffer.from('not JSON\n[]\nnull\n{"n":"x"}\n\n\x80\xff\n'))
    sandbox.raw(Buffer.concat([Buffer.alloc(5 << 20, 0x61), Buffer.from('\n')]))
    const { answer } = await sandbox.ask({ do: 'exec', box: 'nobody', spec: exec }, Buffer.from('{"n":1}\n'.repeat(1000)))
    assert.ok(answer.did === 'refused' && answer.code === 'sandbox.not-open')
    const hosts = await sandbox.ask({ do: 'open', box: 'x', spec: openSpec({ network: { hosts: ['a', 'b'] } }) })
    assert.ok(hosts.answer.did === 'refused' && hosts.answer.code === 'sandbox.no-such-network')
    const gvisor = await sandbox.ask({ do: 'open', box: 'x', spec: openSpec({ floor: 'gvisor' }) })
    // Where gVisor is installed it is opened, and tested elsewhere.
    assert.ok(
      gvisor.answer.did === 'opened' || (gvisor.answer.did === 'refused' && gvisor.answer.code === 'sandbox.below-floor'),
    )
    assert.equal((await runScript(sandbox, 'echo fine')).stdout, 'fine\n')
    await sandbox.stop()
  })

  test('a depot that the sandboxes’ users cannot reach is named, with what mends it', {
    skip: !isRoot && 'only for root',
  }, async () => {
    const shut = mkdtempSync(join(tmpdir(), 'weir-shut-'))
    assert.equal(statSync(shut).mode & 0o777, 0o700)
    const child = spawn(
      process.execPath,
      [resolve(import.meta.dirname, '../..', SANDBOX_ENTRY), '--depot', join(shut, 'depot')],
      {
        stdio: ['pipe', 'pipe', 'pipe'],
        env: {},
      },
    )
    let said = ''
    let answered = ''
    child.stderr.on('data', (chunk) => (said += chunk))
    child.stdout.on('data', (chunk) => (answered += chunk))
    child.stdin.end(`${JSON.stringify({ n: 1, do: 'open', box: 'x', spec: openSpec() })}\n`)
    await once(child, 'close')
    assert.ok(said.includes(`chmod o+x ${shut}`), said)
    assert.match(answered, /"code":"sandbox.no-tier".*"mend":"chmod o\+x /)
    rmSync(shut, { recursive: true, force: true })
  })
})
