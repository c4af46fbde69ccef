import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'

interface Asked {
  readonly method: string
  readonly url: string
  readonly body: unknown
}

const ROW = {
  id: `clm_${'1'.repeat(24)}`,
  state: 'active',
  target: 'pkg:npm/\u001b[31mx',
  from: '1.0.0',
  to: null,
  path: 'src',
  weakness: 'CWE-416',
  endsAt: '2026-11-25T12:00:00.000Z',
  conditions: [{ kind: 'only-at-times', times: { days: [1, 7], fromMinute: 1320, toMinute: 240 } }, { kind: 'no-scans' }, null],
  overlaps: [],
}
const OVERLAP = [{ contact: `ctc_${'2'.repeat(24)}`, reach: 'scans@lab.example', at: ROW.endsAt }]

describe('weir claim', () => {
  const asked: Asked[] = []
  let answer: unknown = ROW
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    if (request.url === '/v1/me') return response.end(JSON.stringify({ instance: { name: 'Weir' }, person: null }))
    asked.push({ method: request.method ?? '', url: request.url ?? '', body: text === '' ? null : JSON.parse(text) })
    response.end(JSON.stringify(answer))
  })
  before(async () => await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done())))
  after(() => server.close())

  function weir(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const main = join(import.meta.dirname, '..', 'main.ts')
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'claim', ...words, '--server', url], {
      env: { ...env, WEIR_TOKEN: 'weir_token' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    return new Promise((done) => child.on('close', (code) => done({ code, out, err })))
  }

  test('sends what was said, prints the id, tells the conditions, and is done', async () => {
    const ran = await weir('pkg:npm/x', '--path', 'src', '--class', 'CWE-416', '--days', '3', '--from', '1.0.0')
    assert.deepEqual([ran.code, ran.out], [0, `${ROW.id}\n`], ran.err)
    assert.deepEqual(asked.pop(), {
      method: 'POST',
      url: '/v1/claims',
      body: { target: 'pkg:npm/x', path: 'src', weakness: 'CWE-416', from: '1.0.0', days: 3 },
    })
    assert.match(ran.err, /bears scans on Mon Sun from 22:00 to 04:00 UTC/)
    assert.ok(!ran.err.includes('\u001b[31m'))
  })

  test('an overlap ends with 1 and says whom to ask', async () => {
    answer = { ...ROW, overlaps: OVERLAP }
    const ran = await weir('pkg:npm/x')
    assert.equal(ran.code, 1)
    assert.match(ran.err, /overlaps {3}ctc_2{24} {2}scans@lab\.example/)
    const json = await weir('pkg:npm/x', '--json')
    assert.deepEqual([json.code, JSON.parse(json.out).overlaps], [1, OVERLAP])
  })

  test('renews with its own days, releases, lists as a table and as lines', async () => {
    answer = ROW
    assert.equal((await weir('renew', ROW.id, '--days', '9')).code, 0)
    assert.deepEqual(asked.pop(), { method: 'POST', url: `/v1/claims/${ROW.id}/acts`, body: { do: 'renew', days: 9 } })
    answer = { ...ROW, state: 'released', overlaps: OVERLAP }
    assert.equal((await weir('release', ROW.id)).code, 0)
    assert.deepEqual(asked.pop()?.body, { do: 'release' })
    answer = { rows: [ROW, { ...ROW, overlaps: OVERLAP }], next: null }
    const table = await weir('list')
    assert.match(table.out, /^ID +STATE +UNTIL +OVERLAPS +TARGET\n/)
    assert.equal((await weir('list', '--json')).out.trim().split('\n').length, 2)
  })

  test('wrong words are refused before anything is sent', async () => {
    const before = asked.length
    for (const words of [[], ['pkg:npm/x', '--days', '15'], ['renew']])
      assert.equal((await weir(...words)).code, 2, words.join(' '))
    assert.equal(asked.length, before)
  })
})
