import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server as HttpServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RunnerLine } from '../../contract/runner.ts'
import type { JobResult } from '../../contract/shapes/validation.ts'
import { PROOF_VERSION, SETTINGS } from '../../core/validation/proof.ts'
import { FAKE_TIER, fakeSandbox, type Reply, ranWith } from '../../devkit/fake-sandbox.ts'
import { DepotUse } from '../drive/depot-use.ts'
import { Permits } from '../drive/permits.ts'
import { SandboxClient } from '../sandbox/sandbox-client.ts'
import { openState } from '../state-folder.ts'
import { openKey } from '../statement/key.ts'
import type { Ground } from '../take-up.ts'
import { JobInputs } from './job-inputs.ts'
import { leaseJobs } from './lease-jobs.ts'
import { readLeasedProof } from './leased-job.ts'
import { Server } from './server.ts'

const DIGEST = `sha256:${'0'.repeat(64)}`
const PROOF = {
  version: PROOF_VERSION,
  target: { name: 'x', source: { kind: 'archive', input: { digest: DIGEST, name: 'x', bytes: 1 } }, introducedAfter: null },
  recipe: {
    version: 'weir-recipe/1',
    image: null,
    language: 'c',
    sanitizer: 'address',
    env: {},
    configure: [],
    build: ['true'],
    harnesses: [{ name: 'h', kind: 'command', run: ['/bin/true', '@@'] }],
    tests: [],
    benign: [],
    limits: { build: {}, run: {} },
  },
  reproducers: [],
  benign: [],
  patches: [],
  tasks: ['reproduce'],
  settings: SETTINGS,
}

test('a leased proof is read strictly', () => {
  assert.equal(readLeasedProof(PROOF).tasks[0], 'reproduce')
  const bad: unknown[] = [
    null,
    { ...PROOF, version: 'weir-proof/9' },
    { ...PROOF, tasks: 'reproduce' },
    { ...PROOF, patches: Array(3000).fill({}) },
    { ...PROOF, recipe: {} },
    { ...PROOF, settings: { ...SETTINGS, runs: 1e9 } },
    { ...PROOF, patches: [{ id: 'p', input: { digest: '../../etc/passwd', name: 'p', bytes: 1 }, fixes: [] }] },
  ]
  for (const one of bad) assert.throws(() => readLeasedProof(one), { name: 'Error' })
})

test('an input that is not what its digest says is refused, a right one fetched once', async () => {
  let fetched = 0
  const bytes = new TextEncoder().encode('abc')
  const inputs = new JobInputs(async () => {
    fetched++
    return bytes
  })
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  await inputs.read(digest)
  await inputs.read(digest)
  assert.equal(fetched, 1)
  await assert.rejects(inputs.read(DIGEST), { code: 'job.wrong-input' })
})

interface Call {
  readonly method: string
  readonly path: string
  readonly body: string
  readonly token: string | undefined
}
type Answers = (call: Call, n: number) => { status?: number; body?: unknown } | undefined

describe('a runner that leases', () => {
  let http: HttpServer
  let calls: Call[] = []
  let answers: Answers = () => undefined
  const folder = mkdtempSync(join(tmpdir(), 'weir-lease-'))
  const state = openState(join(folder, 'state'))

  before(async () => {
    http = createServer(async (request, response) => {
      const call = {
        method: request.method ?? '',
        path: request.url ?? '',
        body: await bodyOf(request),
        token: request.headers.authorization,
      }
      calls.push(call)
      const { status = 200, body = usual(call) } = answers(call, calls.filter(({ path }) => path === call.path).length) ?? {}
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    })
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  })
  after(async () => {
    await new Promise((resolve) => http.close(resolve))
    rmSync(folder, { recursive: true })
  })

  const usual = ({ path }: Call): unknown => {
    if (path === '/v1/runners')
      return { id: 'run_1', name: 'x', key: 'k', tiers: [], lacking: [], lastSeen: '2026-11-21T00:00:00Z', running: 0 }
    if (path === '/v1/runners/lease') return { job: { id: 'job_1', lease: 'l1', leaseMs: 600, proof: PROOF } }
    if (path.endsWith('/progress')) return { stop: false }
    return { taken: true }
  }

  async function runner(given: Answers, reply: (what: string) => Reply, signal = new AbortController().signal) {
    calls = []
    answers = given
    const ground: Ground = {
      client: new SandboxClient(() => fakeSandbox((request) => reply(request.do))),
      permits: new Permits(2),
      key: openKey(state.key),
      depot: new DepotUse(state.use, () => 0),
      now: () => 0,
    }
    const lines: RunnerLine[] = []
    const server = new Server(new URL(`http://127.0.0.1:${(http.address() as AddressInfo).port}`), 'secret')
    try {
      await leaseJobs({ name: 'test', once: true }, server, state, ground, (line) => lines.push(line), signal)
    } finally {
      await ground.client.stop()
    }
    assert.ok(calls.every(({ token }) => token === 'Bearer secret'))
    assert.deepEqual(readdirSync(state.jobs), [])
    return lines
  }
  const result = () => {
    const posted = calls.filter(({ path }) => path === '/v1/jobs/job_1/result')
    return posted.map(({ body }) => JSON.parse(body) as JobResult)
  }
  const endedHow = (lines: readonly RunnerLine[]) => lines.flatMap((line) => (line.event === 'ended' ? [line.how] : []))
  const tiers: Reply = { answer: { did: 'tiers', here: [FAKE_TIER], lacking: [] } }
  const hangs = (what: string): Reply => (what === 'tiers' ? tiers : 'silence')

  test('tells a failure with its reason', async () => {
    const noTree: Reply = { answer: { did: 'has', tree: null } }
    const reply = (what: string) => (what === 'tiers' ? tiers : what === 'run' ? ranWith('cc: 1\n') : noTree)
    const lines = await runner(({ path }) => (path.includes('/inputs/') ? { status: 200, body: 'other' } : undefined), reply)
    assert.deepEqual(endedHow(lines), ['failed'])
    const [one] = result()
    assert.ok(one?.end.how === 'failed')
    assert.match(one.end.say, /other bytes than sha256:0/)
    assert.equal(one.lease, 'l1')
  })

  test('stops when the asker stopped it, and says so', async () => {
    const lines = await runner(({ path }) => (path.endsWith('/progress') ? { body: { stop: true } } : undefined), hangs)
    assert.deepEqual([endedHow(lines), result().map(({ end }) => end.how)], [['stopped'], ['stopped']])
  })

  test('drops the work without a word when the lease is another’s', async () => {
    for (const status of [401, 404, 409]) {
      const lines = await runner(({ path }) => (path.endsWith('/progress') ? { status } : undefined), hangs)
      assert.deepEqual([endedHow(lines), result()], [['lost'], []])
    }
  })

  test('gives the job back at once when it is ended itself', async () => {
    const stopper = new AbortController()
    const began = performance.now()
    const stop = ({ path }: Call) => {
      if (path.endsWith('/progress')) stopper.abort(new DOMException('stopped', 'AbortError'))
      return undefined
    }
    const lines = await runner(stop, hangs, stopper.signal)
    assert.deepEqual([endedHow(lines), result().map(({ end }) => end.how)], [['stopped'], ['returned']])
    assert.ok(performance.now() - began < 2000)
  })

  test('outlasts a server that is away for a moment', async () => {
    const lines = await runner(({ path }, n) => {
      if (path === '/v1/runners' && n === 1) return { status: 503 }
      if (path === '/v1/runners/lease' && n === 1) return { body: { job: null } }
      if (path.endsWith('/progress')) return n === 1 ? { status: 500 } : { body: { stop: true } }
      return undefined
    }, hangs)
    assert.deepEqual(endedHow(lines), ['stopped'])
    assert.equal(calls.filter(({ path }) => path === '/v1/runners').length, 2)
  })

  test('registers anew with a server that no longer knows it', async () => {
    const lines = await runner(({ path }, n) => {
      if (path === '/v1/runners/lease' && n === 1) return { status: 404 }
      if (path.endsWith('/progress')) return { body: { stop: true } }
      return undefined
    }, hangs)
    assert.deepEqual(endedHow(lines), ['stopped'])
    assert.equal(calls.filter(({ path }) => path === '/v1/runners').length, 2)
  })

  test('with a token that is refused, ends and says who makes one', async () => {
    const refuses = runner(({ path }) => (path === '/v1/runners' ? { status: 401 } : undefined), hangs)
    await assert.rejects(refuses, { code: 'runner.refused' })
  })

  test('without any sandbox takes no job, and registers what lacks', async () => {
    const stopper = new AbortController()
    const lacking = [{ tier: 'namespace', say: 'no bubblewrap', mend: 'apt-get install -y bubblewrap' }] as const
    const none: Reply = { answer: { did: 'tiers', here: [], lacking: [...lacking] } }
    const stop = ({ path }: Call) => {
      if (path === '/v1/runners') setTimeout(() => stopper.abort(new DOMException('stopped', 'AbortError')), 20)
      return undefined
    }
    const lines = await runner(stop, () => none, stopper.signal)
    assert.deepEqual(endedHow(lines), [])
    assert.deepEqual(
      calls.map(({ path }) => path),
      ['/v1/runners'],
    )
    assert.match(calls[0]!.body, /apt-get install -y bubblewrap/)
  })
})

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}
