import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Hono } from 'hono'
import { PROBLEMS, type Problem } from '../../contract/problem.ts'
import { type Principal, SCOPES, STRANGER } from '../../core/access/principal.ts'
import type { Id } from '../../core/kernel/id.ts'
import type { Env } from './door.ts'
import { guard } from './guard.ts'

const person: Principal = {
  kind: 'person',
  person: 'per_a' as Id<'person'>,
  organisation: null,
  roles: [],
  scopes: [...SCOPES],
}

function open(demo = false) {
  const app = new Hono<Env>()
  const recognise = {
    session: async (secret: string) => (secret === 'good' ? { principal: person, digest: Buffer.alloc(1) } : null),
    token: async (secret: string): Promise<Principal | null> => (secret === 'good' ? { ...person, kind: 'machine' } : null),
  }
  app.use(guard({ recognise, hosts: ['localhost:4180', '[::1]:4180', 'weir.example.org'], demo }))
  app.all('*', (c) => c.text(`${c.get('caller').principal.kind} by ${c.get('caller').by}`))
  return async (method: string, headers: Record<string, string>, path = '/v1/x') => {
    const answer = await app.request(`http://localhost:4180${path}`, {
      method,
      headers: { host: 'localhost:4180', ...headers },
    })
    const text = await answer.text()
    const problem = answer.ok ? null : (JSON.parse(text) as Problem)
    return { answer, status: answer.status, said: problem?.code ?? text }
  }
}

const session = { cookie: 'a=b; weir_session=good; c=d' }
const token = { authorization: 'Bearer good' }

test('only its own names are answered, so no other name can be pointed here', async () => {
  const ask = open()
  for (const host of ['localhost:4180', 'LOCALHOST:4180', '[::1]:4180', 'weir.example.org'])
    assert.equal((await ask('GET', { host })).status, 200, host)
  for (const host of [
    'evil.example',
    'localhost',
    'localhost:4181',
    'weir.example.org.evil.example',
    'weir.example.org:443',
    '',
  ])
    assert.equal((await ask('GET', { host })).said, 'origin.not-accepted', host)
})

test('a demo takes nothing that was forwarded', async () => {
  for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via']) {
    assert.equal((await open(true)('GET', { [name]: 'x' })).said, 'origin.not-accepted', name)
    assert.equal((await open()('GET', { [name]: 'x' })).status, 200, name)
  }
})

test('who asks: a session, a token, or nobody; a bad token is refused, an ended session is a stranger', async () => {
  const ask = open()
  assert.equal((await ask('GET', session)).said, 'person by cookie')
  assert.equal((await ask('GET', token)).said, 'machine by token')
  assert.equal((await ask('GET', { ...session, ...token })).said, 'machine by token')
  assert.equal((await ask('GET', {})).said, `${STRANGER.kind} by nobody`)
  assert.equal((await ask('GET', { cookie: 'weir_session=ended' })).said, 'stranger by nobody')
  for (const cookie of ['xweir_session=good', 'weir_session=good!', 'weir_session='])
    assert.equal((await ask('GET', { cookie })).said, 'stranger by nobody', cookie)
  for (const authorization of ['Bearer bad', 'Bearer ', 'Basic good', 'good', `Bearer ${'x'.repeat(300)}`])
    assert.equal((await ask('GET', { authorization, ...session })).said, 'session.not-accepted', authorization)
})

test('a browser’s write is taken from this site only', async () => {
  const ask = open()
  const own = { 'x-weir': '1', origin: 'http://localhost:4180', 'sec-fetch-site': 'same-origin' }
  for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
    assert.equal((await ask(method, { ...session, ...own })).status, 200)
    for (const wrong of [
      { ...own, 'x-weir': '' },
      { ...own, 'x-weir': '2' },
      { ...own, origin: 'https://evil.example' },
      { ...own, origin: 'http://localhost:4181' },
      { ...own, origin: 'not an origin' },
      { ...own, 'sec-fetch-site': 'cross-site' },
      { ...own, 'sec-fetch-site': 'same-site' },
    ])
      assert.equal((await ask(method, { ...session, ...wrong })).said, 'origin.not-accepted', JSON.stringify(wrong))
  }
})

test('a token is no browser; a stranger’s form of another site is refused too', async () => {
  const ask = open()
  assert.equal((await ask('POST', { ...token, origin: 'https://evil.example' })).status, 200)
  assert.equal((await ask('POST', {})).status, 200)
  for (const wrong of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }])
    assert.equal(
      (await ask('POST', wrong as unknown as Record<string, string>)).said,
      'origin.not-accepted',
      JSON.stringify(wrong),
    )
})

test('every answer, refusals too, carries the headers of safety, and nothing under /v1 is kept', async () => {
  const ask = open()
  for (const headers of [session, token, {}, { host: 'evil.example' }, { authorization: 'Bearer bad' }] as Record<
    string,
    string
  >[]) {
    const { answer } = await ask('GET', headers)
    assert.match(
      answer.headers.get('content-security-policy')!,
      /default-src 'self'.*object-src 'none'.*frame-ancestors 'none'/,
    )
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff')
    assert.equal(answer.headers.get('referrer-policy'), 'no-referrer')
    if (answer.ok) assert.equal(answer.headers.get('cache-control'), 'no-store')
  }
})

test('a refusal is a problem document of the table', async () => {
  const { answer } = await open()('GET', { host: 'evil.example' })
  assert.equal(answer.headers.get('content-type'), 'application/problem+json')
  assert.equal(answer.status, PROBLEMS['origin.not-accepted'].status)
})
