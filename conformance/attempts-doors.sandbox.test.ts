import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AttemptsJob } from '../src/contract/attempts.ts'
import { ENDPOINT_APIS, type EndpointApi } from '../src/contract/custody.ts'
import { type FakeEndpoint, openFakeEndpoint } from '../src/devkit/fake-endpoint.ts'
import { PROFILE, RUN_KEY, RunSet, SUITE, unaccounted } from './attempts/run-set.ts'
import { all, solver } from './attempts/sample-solver.ts'
import { type CustodianProcess, register, startCustodian } from './custody/process.ts'

const SECRET = 'key-of-a-person'

describe('attempts through the custodian', () => {
  let home: string
  let custodian: CustodianProcess
  let fake: FakeEndpoint
  const opens = Date.now() - 1000
  const KEY = 'sk-only-the-custodian-knows-this-0123456789'
  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'weir-through-'))
    chmodSync(home, 0o711)
    custodian = await startCustodian(join(home, 'custody'))
    fake = await openFakeEndpoint(solver, { secret: KEY, remember: false })
  })
  after(async () => {
    await custodian?.end()
    await fake?.close()
    rmSync(home, { recursive: true, force: true })
  })

  const through = async (n: number, api: EndpointApi, endsIn: number, more: Partial<AttemptsJob>): Promise<AttemptsJob> => {
    const docket = `dkt_${String(n).padStart(24, '0')}`
    const registered = await register(custodian, docket, { api, base: fake.base, model: 'm', spki: null }, KEY)
    assert.equal(registered?.did, 'registered', JSON.stringify(registered))
    await custodian.ask({ do: 'clock', database: Date.now() })
    const ends = Date.now() + endsIn
    const laid = await custodian.ask({ do: 'window', docket, opens, ends, latest: ends })
    assert.equal(laid?.did, 'window', JSON.stringify(laid))
    const granted = await custodian.ask({ do: 'grant', docket, purpose: 'rns_1' })
    return {
      ...{
        suite: SUITE,
        tasks: null,
        attempts: 1,
        repeats: 1,
        runKey: RUN_KEY,
        profile: PROFILE,
        prices: null,
        atOnce: 2,
        done: [],
      },
      endpoint: { api, base: `http://127.0.0.1:${custodian.port}/${docket}`, model: 'm', secret: String(granted?.['grant']) },
      ...more,
    }
  }

  test('a grant is all that the runner has, in each API, and the tasks are solved', async () => {
    for (const [n, api] of ENDPOINT_APIS.entries()) {
      const job = await through(n, api, 3_600_000, { tasks: all.slice(n * 2, n * 2 + 2).map(({ task }) => task.id) })
      const told = await new RunSet(home, job).told()
      assert.deepEqual(unaccounted(told), [])
      assert.deepEqual(
        told.results.map(({ score, say }) => [score, say]),
        Array.from({ length: 2 }, () => [1, 'the flag']),
        `${api} ${told.failed} ${told.exit}`,
      )
      assert.ok(!JSON.stringify([told.results, [...told.transcripts]]).includes(KEY))
    }
  })

  test('when the window ends, the run set ends in order, and what is left was not run', async () => {
    const job = await through(7, 'openai-chat', 3_600_000, { attempts: 300, tasks: [all[0]!.task.id], atOnce: 1 })
    const set = new RunSet(home, job)
    // However long this machine takes to begin: the end is laid once some attempts are done.
    await set.until((line) => line.event === 'progress' && line.done >= 3)
    const ends = Date.now() + 500
    const docket = job.endpoint.base.split('/').at(-1)!
    const laid = await custodian.ask({ do: 'window', docket, opens, ends, latest: ends })
    assert.equal(laid?.did, 'window', JSON.stringify(laid))
    const told = await set.told()
    assert.ok(Date.now() - ends < 30_000)
    assert.deepEqual([told.failed, told.stopped, told.code], [null, false, 0], told.exit)
    assert.deepEqual(unaccounted(told), [])
    const rest = told.results.filter(({ score }) => score === null)
    assert.ok(rest.length >= 5 && rest.length < 300, `${rest.length} not run`)
    for (const { reason, say } of rest) assert.deepEqual([reason, /window\.ended/.test(say)], ['endpoint-fault', true], say)
  })
})

describe('weir evaluate run', () => {
  let home: string
  before(() => {
    home = mkdtempSync(join(tmpdir(), 'weir-evaluate-'))
    chmodSync(home, 0o711)
  })
  after(() => rmSync(home, { recursive: true, force: true }))

  test('killed at once in the middle, it goes on in its folder and nothing is made twice', async () => {
    const fake = await openFakeEndpoint(solver, { secret: SECRET, remember: false })
    const tasks = all.slice(0, 6).flatMap(({ task }) => ['--task', task.id])
    const words = [
      'evaluate',
      'run',
      '--base',
      fake.base,
      '--model',
      'fake',
      '--out',
      join(home, 'out'),
      '--state',
      join(home, 'state'),
    ]
    const weir = (env: NodeJS.ProcessEnv) =>
      spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', 'src/cli/main.ts', ...words, '--at-once', '1', '--json', ...tasks],
        {
          cwd: join(SUITE, '../..'),
          env: { PATH: process.env['PATH'], HOME: home, ...env },
          stdio: ['ignore', 'pipe', 'inherit'],
        },
      )
    const rows = () => {
      const file = join(home, 'out', 'results.ndjson')
      return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : []
    }
    try {
      const first = weir({ WEIR_MODEL_KEY: SECRET })
      for (let turn = 0; turn < 1200 && rows().length < 2; turn++) await new Promise((resolve) => setTimeout(resolve, 50))
      first.kill('SIGKILL')
      await once(first, 'close')
      const before = rows().length
      assert.ok(before >= 2 && before < 6, `${before} before`)
      const second = weir({ WEIR_MODEL_KEY: SECRET })
      let out = ''
      second.stdout.on('data', (chunk: Buffer) => {
        out += chunk.toString()
      })
      const [code] = await once(second, 'close')
      assert.equal(code, 0, out)
      const { attempts, total, solved, missing } = JSON.parse(out) as Record<string, number>
      assert.deepEqual([attempts, total, solved, missing, rows().length], [6, 6, 6, 0, 6])
      const table = readFileSync(join(home, 'out', 'runs.csv'), 'utf8')
        .trim()
        .split('\n')
      assert.equal(table.length, 7)
      assert.match(table[1]!, /^fake,[a-z/-]+,[a-z-]+,1,\d+,1,scored,[\d.]+$/)
      assert.equal(readdirSync(join(home, 'out', 'transcripts')).length, 6)
    } finally {
      await fake.close()
    }
  })
})
