import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { RUN_LIMITS } from '../../core/sandbox/limits.ts'
import { startSandbox, type TestSandbox } from '../../devkit/sandbox.ts'

const SERVER = `
import os, socket
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(('127.0.0.1', 8080))
s.listen(5)
while True:
    c, _ = s.accept()
    d = c.recv(1000)
    if b'die' in d:
        os.abort()
    c.send(b'HTTP/1.1 200 OK\\r\\nContent-Length: %d\\r\\n\\r\\n' % len(d) + d)
`
const NO_ITEM = { lay: [], stdin: null, wallMs: 5000, look: null, server: null }
const shell = (line: string, more = {}) => ({ ...NO_ITEM, argv: ['sh', '-c', line], ...more })
const served = (requests: readonly string[], argv = ['python3', '-c', SERVER], readyMs = 4000) => ({
  ...NO_ITEM,
  argv,
  lay: requests.map((name) => ({ from: `/in/.weir/${name}`, to: `/in/${name}` })),
  server: {
    port: 8080,
    readyMs,
    stop: 'SIGTERM',
    requests: requests.map((name) => `/in/${name}`),
    waitMs: 2000,
    logs: '/tmp/weir-sanitizer',
  },
})

interface Result {
  readonly how: string
  readonly exit: number | null
  readonly signal: string | null
  readonly died: boolean
  readonly found: boolean
  readonly stdout: string
  readonly logs: string
  readonly answers: readonly string[]
}

describe('the driver inside a sandbox', () => {
  let sandbox: TestSandbox
  before(async () => {
    sandbox = await startSandbox()
  })
  after(() => sandbox.stop())

  async function drive(items: readonly object[], budgetMs = 30_000): Promise<Result[]> {
    const stdin = Buffer.from(JSON.stringify({ budgetMs, keepBytes: 4096, env: { A: '1' }, copyTree: null, items }))
    const prepare = 'mkdir -p /in/.weir; for n in hello die; do printf $n >/in/.weir/$n; done'
    const line = `${prepare}; /weir/node /weir/inside/driver.mjs && cat /out/weir-report.json`
    const { answer, bytes } = await sandbox.ask(
      {
        do: 'run',
        box: `drive-${Math.random().toString(36).slice(2)}`,
        spec: {
          open: { limits: RUN_LIMITS, network: 'own-loopback', floor: 'namespace-user', image: null, mounts: [] },
          put: 0,
          exec: { argv: ['sh', '-c', line], env: {}, cwd: '/work' },
          stdin: stdin.length,
          get: [],
          keep: null,
        },
      },
      stdin,
    )
    assert.ok(answer.did === 'ran', JSON.stringify(answer))
    const text = Buffer.from(bytes).toString()
    assert.deepEqual(answer.end, { how: 'ended', exit: 0, signal: null }, text)
    return JSON.parse(text.slice(0, answer.stdout)).results
  }
  const plain = (base64: string) => Buffer.from(base64, 'base64').toString()

  it('tells how each command ended, and nothing of one reaches the next', async () => {
    const [three, fell, hung, missing, clean] = await drive([
      shell('echo $A; touch /tmp/mark /work/mark /out/mark; exit 3', { look: '/tmp/mark' }),
      shell('kill -SEGV $$'),
      shell('sleep 60 & sleep 60', { wallMs: 300 }),
      { ...NO_ITEM, argv: ['/nowhere/at-all'] },
      shell('ls /tmp /work /out; pgrep -c sleep', { look: '/tmp/mark' }),
    ])
    assert.deepEqual([three!.how, three!.exit, three!.found, plain(three!.stdout)], ['ended', 3, true, '1\n'])
    assert.deepEqual([fell!.exit, fell!.signal], [null, 'SIGSEGV'])
    assert.equal(hung!.how, 'wall-time')
    assert.equal(missing!.how, 'not-started')
    assert.equal(clean!.found, false)
    assert.doesNotMatch(plain(clean!.stdout), /mark/)
    assert.match(plain(clean!.stdout), /^0$/m)
  })

  it('speaks to a server, asks it to end, and tells a death from an end that was asked for', async () => {
    const [spoke, died, deaf] = await drive([
      served(['hello', 'hello']),
      served(['hello', 'die', 'hello']),
      served(['hello'], ['sleep', '9'], 300),
    ])
    assert.deepEqual([spoke!.how, spoke!.died, spoke!.signal], ['ended', false, 'SIGTERM'])
    assert.deepEqual(
      spoke!.answers.map((one) => plain(one).slice(-5)),
      ['hello', 'hello'],
    )
    assert.deepEqual([died!.died, died!.signal, died!.answers.length], [true, 'SIGABRT', 2])
    assert.equal(deaf!.how, 'not-ready')
  })

  it('waits for a sanitizer report that a process of the server still writes', async () => {
    const writes = `${SERVER.replace(
      'os.abort()',
      `
        if os.fork() == 0:
            import time
            f = open('/tmp/weir-sanitizer/log.%d' % os.getpid(), 'w')
            f.write('==1==ERROR: '); f.flush(); time.sleep(0.5)
            f.write('SUMMARY: done'); f.close(); os._exit(77)`,
    )}`
    const [one] = await drive([served(['die'], ['python3', '-c', writes])])
    assert.equal(plain(one!.logs), '==1==ERROR: SUMMARY: done')
  })

  it('begins nothing after its budget, and bounds what it keeps', async () => {
    const [noisy, late] = await drive([shell('yes | head -c 100000; sleep 0.3'), shell('true')], 100)
    assert.ok(plain(noisy!.stdout).length < 4200)
    assert.equal(late!.how, 'not-begun')
  })
})
