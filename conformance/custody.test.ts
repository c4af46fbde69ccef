import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { firstBreak } from '../src/core/docket/custody-log.ts'
import { type FakeEndpoint, fakeEndpoint } from './custody/endpoint.ts'
import { type CustodianProcess, register, sealTo, startCustodian } from './custody/process.ts'

const KEY = 'sk-secret-0123456789-abcdefghijklmnopqrstuvwxyz'
const DAY = 86_400_000
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest()
const docketOf = (n: number) => `dkt_${String(n).padStart(24, '0')}`

describe('the custodian’s process', () => {
  let folder = ''
  let custodian: CustodianProcess
  let endpoint: FakeEndpoint
  let next = 1

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'weir-custody-'))
    endpoint = await fakeEndpoint()
    custodian = await startCustodian(folder)
  })
  after(async () => {
    await custodian?.end()
    endpoint?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const at = (api: string) => ({ api, base: endpoint.base, model: 'm', spki: null })
  /** A docket with a window that ends in so many milliseconds, and a grant. */
  async function opened(endsIn = DAY, api = 'openai-chat'): Promise<{ docket: string; grant: string; ends: number }> {
    const docket = docketOf(next++)
    endpoint.mode = 'answer'
    assert.equal((await register(custodian, docket, at(api), KEY))?.did, 'registered')
    await custodian.ask({ do: 'clock', database: Date.now() })
    const ends = Date.now() + endsIn
    const window = await custodian.ask({ do: 'window', docket, opens: Date.now() - 1000, ends, latest: ends + DAY })
    assert.equal(window?.did, 'window', JSON.stringify(window))
    const granted = await custodian.ask({ do: 'grant', docket, purpose: 'rns_1' })
    return { docket, grant: String(granted?.['grant']), ends }
  }
  const code = async (answer: Response) => ((await answer.json()) as { error: { type: string } }).error.type
  const log = async (docket: string) =>
    ((await custodian.ask({ do: 'log', docket, after: 0 }))?.['entries'] ?? []) as { what: string; [name: string]: unknown }[]

  test('a key is put in and the caller’s own is taken out, for all three APIs, and tokens are counted in JSON and in streams', async () => {
    const rows = [
      ['openai-chat', 'chat/completions', 11, 5],
      ['openai-responses', 'responses', 12, 6],
      ['anthropic-messages', 'v1/messages', 113, 7],
    ] as const
    for (const [api, path, tokensIn, tokensOut] of rows) {
      const { docket, grant } = await opened(DAY, api)
      const cookies = { cookie: 'a=b', 'x-forwarded-for': '1.2.3.4', 'x-api-key': grant }
      const plain = await custodian.call(
        docket,
        path,
        grant,
        { model: 'm', messages: [{ content: 'hello' }] },
        { headers: cookies },
      )
      assert.equal(plain.status, 200)
      assert.equal(plain.headers.get('set-cookie'), null)
      assert.equal(plain.headers.get('openai-organization'), null)
      assert.match(await plain.text(), /seven six five/)
      const { headers } = endpoint.asked.at(-1)!
      assert.equal(
        api === 'anthropic-messages' ? headers['x-api-key'] : headers.authorization,
        api === 'anthropic-messages' ? KEY : `Bearer ${KEY}`,
      )
      assert.equal(api === 'anthropic-messages' ? headers.authorization : headers['x-api-key'], undefined)
      assert.deepEqual([headers.cookie, headers['x-forwarded-for']], [undefined, undefined])
      assert.ok(!JSON.stringify(headers).includes(grant))
      const streamed = await custodian.call(docket, path, grant, { model: 'm', stream: true })
      assert.match(await streamed.text(), /data: /)
      const calls = (await log(docket)).filter(({ what }) => what === 'call')
      assert.deepEqual(
        calls.map((call) => [call['tokensIn'], call['tokensOut'], call['purpose'], call['status']]),
        [
          [tokensIn, tokensOut, 'rns_1', 200],
          [api === 'anthropic-messages' ? 13 : tokensIn, tokensOut, 'rns_1', 200],
        ],
      )
    }
  })

  test('the usual client libraries speak through the door as they do to an endpoint', async () => {
    const chat = await opened(DAY, 'openai-chat')
    const baseOf = (docket: string) => `http://127.0.0.1:${custodian.port}/${docket}`
    const openai = new OpenAI({ apiKey: chat.grant, baseURL: baseOf(chat.docket), maxRetries: 0 })
    const messages = [{ role: 'user' as const, content: 'hello' }]
    const said = await openai.chat.completions.create({ model: 'm', messages })
    assert.match(said.choices[0]?.message.content ?? '', /hello/)
    let streamed = ''
    for await (const piece of await openai.chat.completions.create({ model: 'm', messages, stream: true }))
      streamed += piece.choices[0]?.delta.content ?? ''
    assert.match(streamed, /hello/)
    await assert.rejects(openai.chat.completions.create({ model: 'other', messages }), { status: 404 })
    const claude = await opened(DAY, 'anthropic-messages')
    const anthropic = new Anthropic({ apiKey: claude.grant, baseURL: baseOf(claude.docket), maxRetries: 0 })
    const answer = await anthropic.messages.create({ model: 'm', max_tokens: 9, messages })
    assert.ok(answer.content[0]?.type === 'text' && answer.content[0].text.includes('hello'))
    await custodian.ask({ do: 'shut', docket: claude.docket, why: 'withdrawn' })
    await assert.rejects(anthropic.messages.create({ model: 'm', max_tokens: 9, messages }), { status: 403 })
  })

  test('only the API’s own call passes, with a known grant, by POST, and not from a page', async () => {
    const { docket, grant } = await opened()
    const seen = endpoint.asked.length
    for (const path of [
      'models',
      'files',
      'responses',
      'messages',
      'chat/completions/../../models',
      'chat/completions?a=1',
      '',
    ])
      assert.ok([401, 404].includes((await custodian.call(docket, path, grant, {})).status), path)
    assert.equal((await custodian.call(docket, 'chat/completions', grant, {}, { method: 'PUT' })).status, 404)
    assert.equal(await code(await custodian.call(docket, 'chat/completions', 'wcg_wrong', {})), 'grant.unknown')
    assert.equal(await code(await custodian.call(docketOf(999), 'chat/completions', grant, {})), 'grant.unknown')
    assert.equal(
      await code(await custodian.call(docket, 'chat/completions', grant, {}, { headers: { origin: 'https://x.example' } })),
      'grant.unknown',
    )
    assert.equal(endpoint.asked.length, seen)
    assert.equal(await code(await custodian.call(docket, 'chat/completions', grant, { model: 'another' })), 'call.not-allowed')
    assert.equal(
      await code(await custodian.call(docket, 'chat/completions', grant, { n: [1], 'mod\\el': 1 })),
      'call.not-allowed',
    )
    assert.equal(endpoint.asked.length, seen)
    await custodian.ask({ do: 'end-grant', docket, purpose: 'rns_1' })
    assert.equal(await code(await custodian.call(docket, 'chat/completions', grant, {})), 'grant.unknown')
  })

  test('a redirect is an error, a repeated key is starred out, and nothing the custodian says holds it', async () => {
    const { docket, grant } = await opened()
    endpoint.mode = 'redirect'
    assert.equal(
      await code(await custodian.call(docket, 'chat/completions', grant, {}, { redirect: 'manual' })),
      'endpoint.unreachable',
    )
    endpoint.mode = 'echo-key'
    const echoed = await (await custodian.call(docket, 'chat/completions', grant, {})).text()
    assert.match(echoed, /you sent Bearer \*{47}/)
    endpoint.mode = 'refuse-key'
    const refused = await custodian.call(docket, 'chat/completions', grant, {})
    assert.equal(refused.status, 401)
    assert.ok(!(await refused.text()).includes(KEY))
    endpoint.mode = 'drop'
    assert.equal(await code(await custodian.call(docket, 'chat/completions', grant, {})), 'endpoint.unreachable')
    assert.ok(!custodian.written.includes(KEY))
    for (const name of readdirSync(folder)) {
      const one = statSync(join(folder, name))
      if (!one.isFile()) continue
      assert.equal(one.mode & 0o077, 0, name)
      assert.ok(!readFileSync(join(folder, name)).includes(KEY), name)
    }
    assert.deepEqual(
      (await log(docket)).map(({ what }) => what),
      ['registered', 'window', 'endpoint-down', 'call', 'endpoint-up', 'call', 'call', 'endpoint-down', 'call'],
    )
  })

  test('a call under way is cut within a second of the end, and none passes after it', async () => {
    const { docket, grant, ends } = await opened(2500)
    endpoint.mode = 'drip'
    const answer = await custodian.call(docket, 'chat/completions', grant, { stream: true })
    assert.equal(answer.status, 200)
    let cutAt = 0
    let last = 0
    const decoder = new TextDecoder()
    try {
      for await (const piece of answer.body!) last = Number(/"at":(\d+)\}\s*$/.exec(decoder.decode(piece))?.[1] ?? last)
    } catch {
      cutAt = Date.now()
    }
    assert.ok(cutAt >= ends - 50 && cutAt < ends + 1000, `cut ${cutAt - ends} ms after the end`)
    assert.ok(last <= ends + 60, `a piece of ${last - ends} ms after the end came through`)
    endpoint.mode = 'silent'
    assert.equal(await code(await custodian.call(docket, 'chat/completions', grant, {})), 'window.ended')
    assert.equal(
      (await custodian.ask({ do: 'window', docket, opens: 0, ends: ends + DAY, latest: ends + DAY }))?.['code'],
      'custody.shut',
    )
    assert.equal((await custodian.ask({ do: 'probe', docket }))?.['code'], 'custody.shut')
    assert.equal((await register(custodian, docket, at('openai-chat'), KEY))?.['code'], 'custody.shut')
    assert.deepEqual(
      (await log(docket)).map(({ what }) => what),
      ['registered', 'window', 'latched', 'cut', 'refused'],
    )
  })

  test('an endpoint that says nothing is cut off at once when the developer withdraws, and another build is noticed', async () => {
    const { docket, grant } = await opened()
    const first = await custodian.ask({ do: 'probe', docket })
    assert.deepEqual([first?.['distance'], first?.['changed']], [null, false])
    assert.equal((await custodian.ask({ do: 'probe', docket }))?.['distance'], 0)
    endpoint.build = 'two'
    const changed = await custodian.ask({ do: 'probe', docket })
    assert.ok(changed?.['changed'] === true && Number(changed['distance']) > 0.3, JSON.stringify(changed))
    endpoint.build = 'one'
    assert.deepEqual(
      (await log(docket)).map(({ what }) => what),
      ['registered', 'window', 'probe', 'probe', 'probe', 'build-changed'],
    )
    endpoint.mode = 'silent'
    const answer = custodian.call(docket, 'chat/completions', grant, {})
    await new Promise((done) => setTimeout(done, 150))
    await custodian.ask({ do: 'shut', docket, why: 'withdrawn' })
    assert.equal(await code(await answer), 'window.ended')
  })

  test('erasure asks once with the key, destroys it and its identity, and the docket never comes again', async () => {
    const docket = docketOf(next++)
    endpoint.mode = 'answer'
    const told = await custodian.ask({ do: 'recipient' })
    const sealed = await sealTo(String(told?.['recipient']), KEY)
    const before = readdirSync(folder)
    assert.equal((await custodian.ask({ do: 'register', docket, endpoint: at('openai-chat'), sealed }))?.did, 'registered')
    const keyFile = readdirSync(folder).find((name) => name.startsWith(`${docket}.key-`))!
    assert.ok(readFileSync(join(folder, keyFile)).equals(Buffer.from(sealed, 'base64')))
    assert.equal((await custodian.ask({ do: 'erase', docket }))?.['stillTaken'], true)
    assert.equal(endpoint.asked.at(-1)?.path, '/v1/models')
    const left = readdirSync(folder)
    assert.ok(!left.includes(keyFile))
    assert.equal(
      left.filter((name) => name.startsWith('identity-')).length,
      before.filter((name) => name.startsWith('identity-')).length - 1,
    )
    const status = await custodian.ask({ do: 'status', docket })
    assert.deepEqual([status?.['erased'], status?.['registered']], [true, false])
    assert.equal((await register(custodian, docket, at('openai-chat'), KEY))?.['code'], 'custody.shut')
    const other = docketOf(next++)
    assert.equal(
      (await custodian.ask({ do: 'register', docket: other, endpoint: at('openai-chat'), sealed }))?.['code'],
      'custody.not-sealed-to-us',
    )
    assert.equal((await custodian.ask({ do: 'erase', docket }))?.['stillTaken'], null)
  })

  test('a docket that was withdrawn before it had a key is given none', async () => {
    const docket = docketOf(next++)
    assert.equal((await custodian.ask({ do: 'status', docket }))?.['latched'], null)
    const shut = await custodian.ask({ do: 'shut', docket, why: 'withdrawn' })
    assert.match(JSON.stringify(shut), /"did":"shut".*"why":"withdrawn"/)
    assert.equal((await register(custodian, docket, at('openai-chat'), KEY))?.['code'], 'custody.shut')
  })

  test('hostile lines are refused or dropped, and the custodian goes on', async () => {
    const bad = [
      '',
      'x',
      '[]',
      '{}',
      '{"n":"1"}',
      'null',
      `{"n":1,"do":"${'x'.repeat(300_000)}"}`,
      '\u0000\u0001',
      '{"n":1e400,"do":"status"}',
    ]
    for (const line of bad) custodian.raw(line)
    assert.equal((await custodian.ask({ do: 'nothing' }))?.['code'], 'custody.bad-request')
    assert.equal((await custodian.ask({ do: 'status', docket: '../../etc/passwd' }))?.['code'], 'custody.unknown-docket')
    assert.equal((await custodian.ask({ do: 'clock', database: 'now' }))?.['code'], 'custody.bad-request')
    const bases = [
      'http:// x',
      'ftp://a/',
      'https://u:p@a.example/',
      'https://a.example/?q=1',
      'https://a.example/#f',
      'nonsense',
    ]
    for (const base of bases) {
      const refused = await register(custodian, docketOf(998), { ...at('openai-chat'), base }, KEY)
      assert.equal(refused?.['code'], 'custody.bad-endpoint', base)
    }
    const wrong = await custodian.ask({ do: 'register', docket: docketOf(998), endpoint: at('openai-chat'), sealed: 'AAAA' })
    assert.equal(wrong?.['code'], 'custody.not-sealed-to-us')
    assert.equal(
      (await custodian.ask({ do: 'grant', docket: docketOf(998), purpose: 'x' }))?.['code'],
      'custody.not-registered',
    )
    assert.equal(
      (await custodian.ask({ do: 'window', docket: docketOf(1), opens: 5, ends: 4, latest: 3 }))?.['code'],
      'custody.bad-window',
    )
  })

  test('a body above the cap is refused, announced or not', async () => {
    const { docket, grant } = await opened()
    const big = Buffer.alloc(34_000_000, 0x20)
    const heard = await custodian.call(docket, 'chat/completions', grant, {}, { body: big }).then(code, () => 'closed')
    assert.ok(['call.too-large', 'closed'].includes(heard), heard)
    let first = true
    const pieces = new ReadableStream({
      pull: (to) => {
        to.enqueue(first ? Buffer.from('{"model":"m","x":"') : new Uint8Array(1_000_000).fill(0x61))
        first = false
      },
    })
    const unannounced = { body: pieces, duplex: 'half' } as RequestInit
    const again = await custodian.call(docket, 'chat/completions', grant, {}, unannounced).then(code, () => 'closed')
    assert.ok(['call.too-large', 'closed'].includes(again), again)
    const notes = (await log(docket)).map(({ note }) => note)
    assert.equal(notes.filter((note) => note === 'call.too-large').length, 2)
  })

  test('one folder, one process; a log that was touched shuts its docket, and the chain is one that outsiders can check', async () => {
    const { docket, grant } = await opened()
    await (await custodian.call(docket, 'chat/completions', grant, {})).text()
    await assert.rejects(startCustodian(folder), /another custodian/)
    assert.equal(firstBreak((await log(docket)) as never, docket, sha256), null)
    await custodian.end()
    const path = join(folder, `${docket}.log`)
    writeFileSync(path, readFileSync(path, 'utf8').replace('"tokensIn":11', '"tokensIn":10'))
    custodian = await startCustodian(folder)
    assert.ok(
      custodian.failures.some((say) => say.includes(docket) && say.includes('damaged at entry 3')),
      custodian.failures.join(),
    )
    await custodian.ask({ do: 'clock', database: Date.now() })
    const seen = endpoint.asked.length
    assert.equal(await code(await custodian.call(docket, 'chat/completions', grant, {})), 'window.not-open')
    assert.equal(endpoint.asked.length, seen)
    assert.equal((await custodian.ask({ do: 'erase', docket }))?.did, 'erased')
  })

  test('as root it becomes another user and cannot come back', { skip: process.getuid?.() !== 0 }, async () => {
    const own = mkdtempSync(join(tmpdir(), 'weir-custody-own-'))
    chmodSync(own, 0o700)
    const other = await startCustodian(own, ['--uid', '54321'])
    try {
      assert.equal((await other.ready)?.isolation, 'own-user')
      const status = readFileSync(`/proc/${other.child.pid}/status`, 'utf8')
      assert.match(status, /^Uid:\t54321\t54321\t54321\t54321$/m)
      assert.match(status, /^Gid:\t54321\t54321\t54321\t54321$/m)
      assert.match(status, /^Groups:\t *$/m)
      assert.match(status, /^CapEff:\t0+$/m)
      assert.equal((await register(other, docketOf(1), at('openai-chat'), KEY))?.did, 'registered')
      for (const name of readdirSync(own)) assert.equal(statSync(join(own, name)).uid, 54321, name)
    } finally {
      await other.end()
      rmSync(own, { recursive: true, force: true })
    }
  })
})
