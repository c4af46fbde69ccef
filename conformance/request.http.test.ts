import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { ask, type Reply } from './door.ts'
import { openWorld, pause, type World } from './world.ts'

// Requests that are no honest ones: other hosts, proxies in front of a demo, other sites, broken HTTP, bodies of the wrong shape.

let world: World
before(async () => {
  world = await openWorld({ env: { WEIR_LOG: 'fatal' } })
})
after(async () => {
  assert.ok(world.server.alive())
  assert.equal((await ask(`${world.url}/healthz`)).status, 200)
  await world.server.stop()
})

const ITEM = '{"title":"Overflow","target":{"purl":"pkg:npm/a"}}'
const codeOf = (reply: Reply): string => (JSON.parse(reply.body.toString()) as { code: string }).code
const sendWith = (headers: Record<string, string>, cookie: string | null = null) =>
  ask(`${world.url}/v1/reports`, { method: 'POST', body: ITEM, cookie, headers })

test('a demo answers to loopback names only and to no proxy', async () => {
  const { port } = new URL(world.url)
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    'localhost',
    `localhost.evil.example:${port}`,
    `localhost:${port}.evil.example`,
    `127.0.0.1:1`,
    '169.254.169.254',
  ]) {
    const reply = await ask(`${world.url}/v1/me`, { headers: { host } })
    // What is no host name at all is refused before anybody looks at it, without a body.
    if (reply.status === 400) assert.equal(reply.body.length, 0, host)
    else assert.deepEqual([reply.status, codeOf(reply)], [403, 'origin.not-accepted'], host)
  }
  for (const host of [`localhost:${port}`, `127.0.0.1:${port}`, `LOCALHOST:${port}`])
    assert.equal((await ask(`${world.url}/v1/me`, { headers: { host } })).status, 200, host)
  for (const name of ['forwarded', 'x-forwarded-for', 'X-Forwarded-Host', 'x-forwarded-proto', 'x-real-ip', 'via']) {
    const reply = await ask(`${world.url}/v1/demo/people`, { headers: { [name]: '127.0.0.1' } })
    assert.deepEqual([reply.status, codeOf(reply)], [403, 'origin.not-accepted'], name)
  }
})

test('another site can neither write with a cookie nor without', async () => {
  const bare = { cookie: world.finder }
  const crossed: [string, Record<string, string>][] = [
    ['a cookie without our header', bare],
    ['another value of our header', { ...bare, 'x-weir': '0' }],
    ['another origin', { ...bare, 'x-weir': '1', origin: 'https://evil.example' }],
    ['a null origin', { 'x-weir': '1', origin: 'null' }],
    ['an origin that is no address', { ...bare, 'x-weir': '1', origin: 'evil' }],
    ['an origin on another port', { ...bare, 'x-weir': '1', origin: 'http://localhost:1' }],
    ['a request that says it is cross-site', { ...bare, 'x-weir': '1', 'sec-fetch-site': 'cross-site' }],
    ['a request from a sibling site', { ...bare, 'x-weir': '1', 'sec-fetch-site': 'same-site' }],
    ['a stranger sent by another site', { origin: 'https://evil.example' }],
  ]
  for (const [what, headers] of crossed) {
    const reply = await sendWith(headers)
    assert.deepEqual([reply.status, codeOf(reply)], [403, 'origin.not-accepted'], what)
  }
  assert.equal((await sendWith({ origin: world.url, 'sec-fetch-site': 'same-origin' }, world.finder)).status, 200)
  const preflight = await ask(`${world.url}/v1/reports`, {
    method: 'OPTIONS',
    headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
  })
  assert.equal(preflight.headers['access-control-allow-origin'], undefined)
})

test('keys, tokens, cookies and headers of wrong shape are refused', async () => {
  for (const key of ['', 'two words', 'k'.repeat(201), '\u00e9', 'tab\there']) {
    const reply = await sendWith({ 'idempotency-key': key }, world.finder)
    assert.deepEqual([reply.status, codeOf(reply)], [400, 'request.invalid'], key)
  }
  for (const authorization of ['Bearer x', 'Bearer ', 'Basic YTpi', `Bearer ${'a'.repeat(5000)}`, "Bearer ' or 1=1 --"]) {
    const reply = await ask(`${world.url}/v1/me`, { headers: { authorization } })
    assert.deepEqual([reply.status, codeOf(reply)], [401, 'session.not-accepted'], authorization)
  }
  for (const cookie of ['weir_session=x', `weir_session=${'a'.repeat(4000)}`, 'weir_session=', `${'a=b; '.repeat(500)}`]) {
    assert.equal((await ask(`${world.url}/v1/findings`, { headers: { cookie } })).status, 401, cookie.slice(0, 40))
  }
  assert.equal((await ask(`${world.url}/healthz`, { headers: { 'x-large': 'a'.repeat(40_000) } })).status, 431)
})

const ODD: readonly unknown[] = [
  null,
  7,
  'text',
  [],
  {},
  [[]],
  { into: 7 },
  { into: {}, from: [], version: 'x' },
  { version: 1e308, into: 'flw_x', from: 'flw_x', why: 'w'.repeat(3000) },
  { __proto__: null, constructor: 1 },
]
const RAW = [
  '',
  '{',
  '\u0000',
  '{"a":1}{"b":2}',
  '['.repeat(50_000),
  '{"into":"a","into":"b"}',
  '"\\ud800"',
  '{"__proto__":{"admin":true}}',
  '9'.repeat(10_000),
]

test('commands of wrong shape are refused at their place, large ones unread', async () => {
  const id = 'flw_000000000000000000000000'
  const paths = [
    '/v1/flaws/merge',
    `/v1/flaws/${id}/split`,
    `/v1/flaws/${id}/undo`,
    `/v1/flaws/${id}/judgements`,
    `/v1/flaws/${id}/thread`,
    '/v1/suggestions/sgn_000000000000000000000000/decide',
  ]
  const admin = [
    '/v1/organisations',
    '/v1/invites',
    '/v1/tokens',
    '/v1/demo/sign-in',
    '/v1/recovery',
    '/v1/invites/accept',
    '/v1/passkeys/login',
  ]
  const all = [
    ...paths.map((path) => [path, world.coordinator] as const),
    ...admin.map((path) => [path, world.administrator] as const),
  ]
  for (const [path, cookie] of all) {
    for (const body of [...ODD.map((value) => JSON.stringify(value)), ...RAW]) {
      const reply = await ask(world.url + path, { method: 'POST', cookie, body })
      assert.ok(
        reply.status >= 400 && reply.status < 500,
        `${path} ${body.slice(0, 60)}: ${reply.status} ${reply.body.toString().slice(0, 200)}`,
      )
      assert.match(reply.headers['content-type'] ?? '', /problem\+json/)
    }
    const large = await ask(world.url + path, { method: 'POST', cookie, body: JSON.stringify({ text: 'x'.repeat(300 << 10) }) })
    assert.equal(large.status, 413, path)
  }
  for (const query of [
    'limit=-1',
    'limit=1e9',
    'limit=x',
    'cursor=x',
    'cursor=%00',
    `cursor=${'a'.repeat(3000)}`,
    'sort=__proto__',
    'tab=constructor',
    'q=%00%ff',
    `q=${'a%20'.repeat(900)}`,
    'need=toString',
    'priority=__proto__',
  ]) {
    for (const path of ['/v1/flaws', '/v1/findings', '/v1/search', '/v1/reports']) {
      const reply = await ask(`${world.url}${path}?${query}`, { cookie: world.coordinator })
      assert.ok(reply.status < 500, `${path}?${query}: ${reply.status} ${reply.body.toString().slice(0, 200)}`)
    }
  }
})

/** Writes bytes as they are and gives back what comes until the end; where `enough` is given until that has come, else for a moment. */
async function wire(
  parts: readonly (string | Buffer)[],
  { gap = 0, enough = null }: { gap?: number; enough?: ((text: string) => boolean) | null } = {},
): Promise<string> {
  const socket = connect(Number(new URL(world.url).port), '127.0.0.1')
  let text = ''
  socket.on('data', (part: Buffer) => (text += part.toString('latin1')))
  socket.on('error', () => {})
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  for (const part of parts) {
    socket.write(part)
    if (gap > 0) await pause(gap)
  }
  if (enough === null) await Promise.race([closed, pause(400)])
  else for (let n = 0; n < 600 && !socket.closed && !enough(text); n++) await pause(50)
  socket.destroy()
  return text
}

test('HTTP that can be read in two ways, or in none, is refused and never read as two requests', async () => {
  const { host } = new URL(world.url)
  const head = `Host: ${host}\r\n`
  const hidden = `GET /v1/public HTTP/1.1\r\n${head}\r\n`
  const ambiguous = [
    `POST /v1/reports HTTP/1.1\r\n${head}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
    `POST /v1/reports HTTP/1.1\r\n${head}Content-Length: 4\r\nContent-Length: 400\r\n\r\nabcd${hidden}`,
    `POST /v1/reports HTTP/1.1\r\n${head}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${hidden}`,
    `POST /v1/reports HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n${hidden}`,
    `POST /v1/reports HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n${hidden}`,
    `POST /v1/reports HTTP/1.1\r\n${head}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n${hidden}`,
    `POST /v1/reports HTTP/1.1\r\n${head}Content-Length: -5\r\n\r\n${hidden}`,
    `POST /v1/reports HTTP/1.1\r\n${head}Content-Length : 5\r\n\r\n${hidden}`,
    `GET /healthz HTTP/1.1\r\n${head}X-A: b\rGET /v1/public HTTP/1.1\r\n\r\n`,
    `GET /healthz HTTP/1.1\r\n${head}X-A: \0\r\n\r\n${hidden}`,
    `GET /healthz HTTP/9.9\r\n${head}\r\n${hidden}`,
    `GET /healthz\x01 HTTP/1.1\r\n${head}\r\n${hidden}`,
    `\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03${hidden}`,
    `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
    `GET /healthz HTTP/1.1\r\n\r\n${hidden}`,
  ]
  // The control: two honest requests in a row are answered both.
  const isBoth = (text: string) => text.includes('"ledger"') && text.includes('ok\n')
  const both = await wire([`GET /healthz HTTP/1.1\r\n${head}\r\n${hidden}`], { enough: isBoth })
  assert.ok(isBoth(both), both.slice(0, 300))
  for (const text of ambiguous) {
    const answers = (await wire([Buffer.from(text, 'latin1')])).split(/(?=HTTP\/1\.1 \d{3})/).filter((one) => one !== '')
    assert.ok(!answers.some((one) => one.includes('"ledger"')), `the hidden request was answered: ${JSON.stringify(text)}`)
    assert.ok(
      answers.length <= 1 && !/^HTTP\/1\.1 5/.test(answers[0] ?? ''),
      `${JSON.stringify(text)}: ${answers.join('|').slice(0, 300)}`,
    )
  }
})

test('an upload that comes a byte at a time, and sockets that say nothing, hold up nobody', async () => {
  const { host, port } = new URL(world.url)
  const head = `POST /v1/reports?format=weir-ndjson HTTP/1.1\r\nhost: ${host}\r\ncookie: ${world.finder}\r\nx-weir: 1\r\ncontent-length: ${ITEM.length}\r\nconnection: close\r\n\r\n`
  const silent = Array.from({ length: 100 }, () => connect(Number(port), '127.0.0.1').on('error', () => {}))
  const slow = wire([head, ...ITEM], { gap: 40, enough: (text) => text.includes('"outcome"') })
  const took: number[] = []
  for (let n = 0; n < 20; n++) {
    const from = performance.now()
    assert.equal((await sendWith({ 'idempotency-key': `beside-${n}` }, world.rival)).status, 200)
    took.push(performance.now() - from)
    await pause(60)
  }
  const answer = await slow
  for (const socket of silent) socket.destroy()
  assert.match(answer, /"outcome":"(accepted|repeated)"/)
  assert.ok(took.sort((a, b) => a - b)[10]! < 1000, `median ${took[10]} ms`)
})
