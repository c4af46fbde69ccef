import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'node:test'
import { RUN_LIMITS } from '../../core/sandbox/limits.ts'
import { type Asking, ask, type Ran, type RunAsk } from '../../core/validation/ask.ts'
import { FAKE_TIER, fakeSandbox, ranWith } from '../../devkit/fake-sandbox.ts'
import { SandboxClient } from '../sandbox/sandbox-client.ts'
import { runBox } from './box-run.ts'
import { drive, type Effects } from './drive.ts'
import { LogBook } from './log-book.ts'
import { Permits } from './permits.ts'

function runAsk(purpose: string, more: Partial<RunAsk> = {}): RunAsk {
  const files = { mounts: [], files: [], get: [], keep: null, stdin: null, env: {} }
  return {
    ask: 'run',
    purpose,
    image: null,
    argv: ['true'],
    cwd: '/work',
    limits: RUN_LIMITS,
    network: 'none',
    ...files,
    ...more,
  }
}
function ran(stdout: string, more: Partial<Ran> = {}): Ran {
  const out = {
    stdout: new TextEncoder().encode(stdout),
    stderr: new Uint8Array(),
    dropped: false,
    wallMs: 10,
    peakBytes: null,
  }
  return { end: { how: 'ended', exit: 0, signal: null }, ...out, tier: FAKE_TIER, got: new Map(), kept: null, ...more }
}
function effects(change: Partial<Effects> = {}): Effects {
  return {
    run: async (one) => ran(one.purpose),
    has: async () => null,
    input: async () => new Uint8Array([7]),
    source: async () => ({ entry: 'src', digest: 'd' }),
    history: async () => null,
    product: async () => ({ digest: 'p' }),
    tell: () => {},
    ran: () => {},
    ...change,
  }
}
const never = new AbortController().signal

test('each question is answered, runs side by side and in their order', async () => {
  const log: string[] = []
  function* all(): Asking<string> {
    const input = yield* ask({ ask: 'input', digest: 'x' })
    const runs = yield* ask({ ask: 'runs', runs: ['a', 'b', 'c'].map((one) => runAsk(one)) })
    yield* ask({ ask: 'tell', say: 'half', done: 1, total: 2 })
    const one = yield* ask(runAsk('d'))
    return `${input[0]} ${[...runs, one].map((each) => new TextDecoder().decode(each.stdout)).join('')}`
  }
  let open = 0
  let most = 0
  const run = async (one: RunAsk) => {
    most = Math.max(most, ++open)
    await new Promise((resolve) => setTimeout(resolve, one.purpose === 'a' ? 20 : 1))
    open--
    return ran(one.purpose)
  }
  const told = { ran: (one: RunAsk) => void log.push(one.purpose), tell: (say: string) => void log.push(say) }
  assert.equal(await drive(all(), effects({ run, ...told }), never), '7 abcd')
  assert.deepEqual(log, ['a', 'b', 'c', 'half', 'd'])
  assert.equal(most, 3)
})

test('what an effect throws ends the drive, and the generator with it', async () => {
  let closed = false
  function* one(): Asking<null> {
    try {
      yield* ask(runAsk('a'))
      return null
    } finally {
      closed = true
    }
  }
  const run = () => Promise.reject(new Error('no sandbox'))
  await assert.rejects(drive(one(), effects({ run }), never), /no sandbox/)
  assert.equal(closed, true)
})

test('a stop is heard between two questions', async () => {
  const stopper = new AbortController()
  function* forever(): Asking<never> {
    for (;;) yield* ask({ ask: 'tell', say: '', done: 0, total: 0 })
  }
  const tell = () => stopper.abort(new Error('enough'))
  await assert.rejects(drive(forever(), effects({ tell }), stopper.signal), /enough/)
})

test('permits hold work back, in order, and let it through after a failure', async () => {
  const permits = new Permits(2)
  const order: number[] = []
  const work = (n: number) =>
    permits.hold(async () => {
      order.push(n)
      await new Promise((resolve) => setTimeout(resolve, 2))
      if (n === 1) throw new Error('one')
    }, never)
  const all = await Promise.allSettled([0, 1, 2, 3, 4].map(work))
  assert.deepEqual(order, [0, 1, 2, 3, 4])
  assert.equal(all.filter(({ status }) => status === 'rejected').length, 1)
  await assert.rejects(
    permits.hold(async () => {}, AbortSignal.abort(new Error('gone'))),
    /gone/,
  )
  await permits.hold(async () => {}, never)
})

test('a run goes through the wire and back; a sandbox that died is asked once more', async () => {
  let asked = 0
  const client = new SandboxClient(() =>
    fakeSandbox(({ do: what }) => (what === 'run' && ++asked === 1 ? 'death' : ranWith('ok'))),
  )
  const terms = { floor: 'namespace', image: null, box: 'b1' } as const
  const one = runAsk('x', { files: [{ path: '/in/a', bytes: new Uint8Array(10) }], stdin: new Uint8Array([1, 2]) })
  const answer = await runBox(client, one, terms, never)
  assert.deepEqual([asked, new TextDecoder().decode(answer.stdout), answer.end.how], [2, 'ok', 'ended'])
  await client.stop()
})

test('results too large for the limits are the run’s own doing', async () => {
  const refused = { answer: { did: 'refused', code: 'sandbox.too-large', say: 'more than 64 MiB', mend: null } } as const
  const client = new SandboxClient(() => fakeSandbox(() => refused))
  const answer = await runBox(client, runAsk('x'), { floor: 'namespace', image: null, box: 'b' }, never)
  assert.equal(answer.end.how, 'lost')
  await client.stop()
})

test('a stop closes the box and does not wait for it', async () => {
  const stopper = new AbortController()
  const asked: string[] = []
  const client = new SandboxClient(() =>
    fakeSandbox((request) => {
      asked.push(request.do)
      if (request.do === 'run') setImmediate(() => stopper.abort(new Error('stop')))
      return 'silence'
    }),
  )
  await assert.rejects(runBox(client, runAsk('x'), { floor: 'namespace', image: null, box: 'b' }, stopper.signal), /stop/)
  await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(asked, ['run', 'close'])
  await client.stop()
})

test('the normalised log leaves out builds, what goes by the clock and what differs by chance; the raw one keeps all', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-log-'))
  const book = (name: string, noise: string, build: boolean) => {
    const one = new LogBook(join(folder, name), (text) => text.replace(/\d+/g, 'N'))
    if (build) one.add(runAsk('build', { keep: { path: '/work/src', entry: 'e' } }), ran('compiling'))
    one.add(runAsk('fuzz', { byTheClock: true }), ran(noise))
    one.add(runAsk('A, run 1 of 5'), ran(`pid ${noise}`))
    assert.equal(one.seconds, build ? 0.03 : 0.02)
    return one.end()
  }
  try {
    const [a, b] = [book('a', '123', true), book('b', '456', false)]
    assert.equal(a.normalised, b.normalised)
    assert.notEqual(a.raw, b.raw)
    assert.match(readFileSync(join(folder, 'a'), 'utf8'), /== build -- exit 0.*\n-- standard output\ncompiling\n/)
    const other = new LogBook(join(folder, 'c'), (text) => text)
    other.add(runAsk('A, run 1 of 5'), ran('pid N', { end: { how: 'memory' } }))
    assert.notEqual(other.end().normalised, a.normalised)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a log that floods is cut and says so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'weir-log-'))
  try {
    const book = new LogBook(join(folder, 'a'), (text) => text)
    const flood = ran('x'.repeat(9 << 20))
    for (let n = 0; n < 5; n++) book.add(runAsk('flood', { byTheClock: true }), flood)
    book.end()
    const text = readFileSync(join(folder, 'a'))
    assert.ok(text.length < 33 << 20)
    assert.match(text.subarray(-100).toString(), /the log is full/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
