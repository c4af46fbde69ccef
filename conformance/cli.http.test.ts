import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import test, { after } from 'node:test'
import { formatKey, noteKey } from '../src/ledger/key.ts'
import { encodeLeaf } from '../src/ledger/leaf.ts'
import { EMPTY_LOG } from '../src/ledger/log-state.ts'
import { sha256 } from '../src/ledger/sha256.ts'
import { writeLog } from '../src/ledger/writer.ts'

const HOME = mkdtempSync(join(tmpdir(), 'weir-cli-'))
const MAIN = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts')
after(() => rmSync(HOME, { recursive: true, force: true }))

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs `weir` as a person would; `poke` is given the process once its standard error has matched. */
function weir(words: readonly string[], poke?: { when: RegExp; signal: NodeJS.Signals }): Promise<Ran> {
  return new Promise((resolve) => {
    const { WEIR_TOKEN: _, WEIR_SERVER: __, NODE_TEST_CONTEXT: ___, ...env } = process.env
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', MAIN, ...words], {
      cwd: HOME,
      env: { ...env, XDG_STATE_HOME: join(HOME, 'state') },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let out = ''
    let err = ''
    let poked = false
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk
    })
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk
      if (!poked && poke?.when.test(err)) poked = child.kill(poke.signal)
    })
    child.on('close', (code) => resolve({ code, out, err }))
  })
}

type Handler = (request: IncomingMessage, response: ServerResponse, body: () => Promise<string>) => void | Promise<void>

/** A server that says of itself what Weir says, and hands uploads to `reports`. */
async function fake(reports: Handler, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer((request, response) => {
    const body = async () => {
      let text = ''
      for await (const chunk of request) text += chunk
      return text
    }
    if (request.url === '/v1/me')
      response.end(
        JSON.stringify({
          signedIn: true,
          person: { name: 'Ann' },
          organisation: null,
          roles: ['finder'],
          instance: { name: 'Fake', demo: false },
        }),
      )
    else void reports(request, response, body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

function file(name: string, content: string): string {
  const path = join(HOME, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

const item = (n: number, more: object = {}) =>
  `${JSON.stringify({ type: 'item', n, at: `line ${n + 1}`, outcome: 'accepted', receipt: `rcp_${n}`, finding: `fnd_${n}`, same: null, needs: [], refusal: null, ...more })}\n`
const head = `${JSON.stringify({ type: 'report', report: 'rpt_0', receivedAt: '2026-11-21T06:30:00Z' })}\n`
const tail = (flaws: number) => `${JSON.stringify({ type: 'summary', report: 'rpt_0', flaws, complete: true })}\n`
const REPORT = '{"title":"a"}\n{"title":"b"}\n{"title":"c"}\n'

test('report --json: a line per item as they come, then exactly the summary', async () => {
  await fake(
    async (request, response, body) => {
      assert.match(request.url ?? '', /^\/v1\/reports\?name=a\.ndjson&target=pkg%3Anpm%2Fx&aiAssisted=yes$/)
      assert.equal(request.headers.accept, 'application/x-ndjson')
      assert.equal(request.headers.authorization, 'Bearer abc')
      response.write(head)
      assert.equal(await body(), REPORT)
      response.write(item(0) + item(1, { outcome: 'needs-info', needs: [{ code: 'needs.target', say: 'Say it.' }] }))
      response.end(
        item(2, {
          outcome: 'refused',
          receipt: null,
          finding: null,
          refusal: { code: 'item.x', say: 'no\u009b31m\u202e', where: '/', mend: 'm' },
        }) + tail(2),
      )
    },
    async (url) => {
      const ran = await weir([
        'report',
        file('a.ndjson', REPORT),
        '--server',
        url,
        '--token',
        'abc',
        '--target',
        'pkg:npm/x',
        '--ai-assisted',
        'yes',
        '--json',
      ])
      const lines = ran.out.trimEnd().split('\n')
      assert.equal(ran.code, 1, ran.err)
      assert.equal(lines.length, 4)
      assert.equal(lines[3], '{"accepted":1,"repeated":0,"merged":0,"needsInfo":1,"refused":1,"flaws":2}')
      assert.equal((JSON.parse(lines[2]!) as { refusal: { say: string } }).refusal.say, 'no\u009b31m\u202e')
      assert.doesNotMatch(ran.out, /[\u009b\u202e]/)
    },
  )
})

test('a cut connection is taken up under the same key, and each item is told once, by its first answer', async () => {
  const keys: unknown[] = []
  await fake(
    async (request, response, body) => {
      keys.push(request.headers['idempotency-key'])
      await body()
      if (keys.length === 1) {
        response.write(head + item(0) + item(1))
        setTimeout(() => response.destroy(), 50)
      } else response.end(head + item(0, { outcome: 'repeated' }) + item(1, { outcome: 'repeated' }) + item(2) + tail(3))
    },
    async (url) => {
      const ran = await weir(['report', file('b.ndjson', REPORT), '--server', url, '--json'])
      assert.equal(ran.code, 0, ran.err)
      assert.match(ran.err, /trying again in 0\.5 s/)
      assert.deepEqual([keys.length, new Set(keys).size], [2, 1])
      assert.match(String(keys[0]), /^sha256-[\w-]{43}$/)
      assert.deepEqual(
        ran.out
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { n?: number }).n),
        [0, 1, 2, undefined],
      )
      assert.match(ran.out, /\{"accepted":3,"repeated":0,"merged":0,"needsInfo":0,"refused":0,"flaws":3\}\n$/)
    },
  )
})

test('answers are read while the file is still being sent', async () => {
  await fake(
    async (request, response) => {
      response.write(head)
      let n = 0
      // Nothing more is read before the answer to the first part is out.
      for await (const _ of request) response.write(item(n++))
      response.end(tail(0))
    },
    async (url) => {
      const ran = await weir(['report', file('big.ndjson', REPORT.repeat(200_000)), '--server', url, '--json'])
      assert.equal(ran.code, 0, ran.err)
      assert.ok(ran.out.split('\n').length > 50)
    },
  )
})

test('each way of failing has its exit code, and says whether anything is stored', async () => {
  const path = file('c.ndjson', REPORT)
  const nobody = await weir(['report', path, '--server', 'http://127.0.0.1:9'])
  assert.equal(nobody.code, 4)
  assert.match(nobody.err, /^weir: Not stored\. No answer from http:\/\/127\.0\.0\.1:9/m)
  const problem =
    (status: number, code: string): Handler =>
    async (_, response, body) => {
      await body()
      response
        .writeHead(status, { 'content-type': 'application/problem+json' })
        .end(JSON.stringify({ code, title: 'T\u001b[2J' }))
    }
  for (const [status, code, exit] of [
    [429, 'quota.exceeded', 3],
    [401, 'session.not-accepted', 3],
    [422, 'report.unknown-format', 2],
  ] as const) {
    await fake(problem(status, code), async (url) => {
      const ran = await weir(['report', path, '--server', url])
      assert.equal(ran.code, exit)
      assert.match(ran.err, /T\\x1b\[2J/)
    })
  }
  await fake(problem(503, 'server.unavailable'), async (url) => {
    const ran = await weir(['report', path, '--server', url, '--tries', '2'])
    assert.equal(ran.code, 4)
    assert.match(ran.err, /Not stored: nothing of c\.ndjson was acknowledged/)
  })
  for (const words of [
    ['reprot'],
    ['report', '--bogus'],
    ['report'],
    ['report', join(HOME, 'none')],
    ['report', file('x.txt', 'hello'), '--format', 'toml'],
    ['up', '--port', '0'],
  ]) {
    assert.equal((await weir(words)).code, words.includes(join(HOME, 'none')) ? 4 : 2, words.join(' '))
  }
})

test('Ctrl-C stops an upload and says what is kept', async () => {
  await fake(
    (request, response) => {
      request.resume()
      response.write(head + item(0))
    },
    async (url) => {
      const ran = await weir(['report', file('d.ndjson', REPORT), '--server', url], {
        when: /reading {4}d\.ndjson/,
        signal: 'SIGINT',
      })
      assert.equal(ran.code, 130)
      assert.match(ran.err, /Stopped\. (1 item of d\.ndjson is stored|Not stored)/)
      assert.match(ran.err, /Run the same command again/)
    },
  )
})

test('a server that cannot start is told with its reason, exit 4', async () => {
  const ran = await weir(['up', '--data', join(file('plain', ''), 'data'), '--demo'])
  assert.equal(ran.code, 4)
  assert.match(ran.err, /^weir: .+/m)
})

test('ledger verify notices a log that was rewritten since it was last seen', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = noteKey('log.example', new Uint8Array(publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)), sha256)
  const signer = { key, sign: (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)) }
  const write = (count: number, mark: number) => {
    const leaf = (index: number) =>
      encodeLeaf({ index, from: index * 1000, to: index * 1000 + 1000, root: new Uint8Array(32).fill(mark) })
    for (const { path, bytes } of writeLog(
      EMPTY_LOG,
      Array.from({ length: count }, (_, i) => leaf(i)),
      key.name,
      [signer],
      sha256,
    ).files) {
      mkdirSync(dirname(join(HOME, 'log', path)), { recursive: true })
      writeFileSync(join(HOME, 'log', path), bytes)
    }
  }
  write(300, 1)
  const verify = (...more: string[]) => weir(['ledger', 'verify', 'log', ...more])
  assert.equal((await verify()).code, 2)
  const first = await verify('--key', formatKey(key))
  assert.deepEqual([first.code, first.err], [0, ''], first.out)
  assert.match(first.out, /size {7}300 leaves, 300 intervals/)
  write(310, 1)
  const grown = await verify()
  assert.equal(grown.code, 0, grown.out)
  assert.match(grown.out, /it grew from the head seen before/)
  write(320, 2)
  const rewritten = await verify()
  assert.equal(rewritten.code, 1)
  assert.match(rewritten.out, /log\.rewritten/)
})
