import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'

const CASE = `cas_${'1'.repeat(24)}`
const ID = `adv_${'2'.repeat(24)}`
const LACK = { at: 'summary', what: 'summary', says: 'Say in a few sentences what the matter is.' }

describe('weir publish', () => {
  const asked: { readonly line: string; readonly body: unknown }[] = []
  let state = 'draft'
  let drafts: unknown[] = []
  const view = () => ({
    row: { id: ID, title: 'A title \u001b[31m', state, releaseAt: null, case: CASE },
    version: 3,
    missing: { csaf: [LACK] },
    files: ['csaf/2026/x.json'],
  })
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    const line = `${request.method} ${request.url}`
    if (request.url === '/v1/me') return response.end(JSON.stringify({ instance: { name: 'Weir' }, person: null }))
    asked.push({ line, body: text === '' ? null : JSON.parse(text) })
    if (line.startsWith('GET /v1/advisories?')) return response.end(JSON.stringify({ rows: [], next: null, drafts }))
    if (line.includes('/preview')) {
      const files = [{ path: 'csaf/2026/x.json', text: '{\n  "a": "\u001b[31m"\n}\n' }]
      return response.end(JSON.stringify({ format: 'csaf', files, missing: [LACK], faults: ['6_1_1 wrong'] }))
    }
    if (line.endsWith('/acts')) state = (JSON.parse(text) as { act: { do: string } }).act.do === 'ready' ? 'ready' : 'published'
    response.end(JSON.stringify(view()))
  })
  before(async () => await new Promise<void>((done) => server.listen(0, '127.0.0.1', () => done())))
  after(() => server.close())
  beforeEach(() => {
    asked.length = 0
    state = 'draft'
    drafts = [{ id: ID, case: CASE }]
  })

  function weir(...words: string[]): Promise<{ code: number | null; out: string; err: string }> {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const main = join(import.meta.dirname, '..', 'main.ts')
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', main, 'publish', ...words, '--server', url],
      {
        env: { ...env, WEIR_TOKEN: 'weir_token' },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    child.stderr.on('data', (chunk) => {
      err += chunk
    })
    return new Promise((done) => child.on('close', (code) => done({ code, out, err })))
  }

  test('makes a draft ready and publishes it at the version that was read; its id is printed', async () => {
    const ran = await weir(CASE, '--at', '2027-01-01T12:00:00Z', '--without', 'cve', 'osv')
    assert.deepEqual([ran.code, ran.out.trim()], [0, ID], ran.err)
    assert.deepEqual(
      asked.slice(2).map(({ body }) => body),
      [
        { version: 3, act: { do: 'ready' } },
        { version: 3, act: { do: 'publish', at: '2027-01-01T12:00:00Z', without: ['cve', 'osv'] } },
      ],
    )
    assert.ok(!ran.err.includes('\u001b'))
  })

  test('shows what would go out and changes nothing; 1 where something is missing', async () => {
    const ran = await weir(CASE, '--preview', '--format', 'csaf')
    assert.equal(ran.code, 1)
    assert.ok(ran.out.startsWith('{\n') && !ran.out.includes('\u001b'))
    assert.match(ran.err, /missing +summary {2}Say in a few sentences/)
    assert.match(ran.err, /fault +6_1_1 wrong/)
    assert.ok(asked.every(({ line }) => line.startsWith('GET ')))
  })

  test('where the case has none, one is drafted and nothing goes out', async () => {
    drafts = [{ id: ID, case: `cas_${'3'.repeat(24)}` }]
    const ran = await weir(CASE)
    assert.deepEqual([ran.code, ran.out.trim()], [1, ID])
    assert.deepEqual(asked.at(-1)?.line, `POST /v1/cases/${CASE}/advisory`)
  })

  test('an instant without a zone and a format that is none are told at once', async () => {
    assert.equal((await weir(CASE, '--at', '2027-01-01T12:00:00')).code, 2)
    assert.equal((await weir(CASE, '--preview', '--format', 'pdf')).code, 2)
    assert.equal(asked.length, 0)
  })
})
