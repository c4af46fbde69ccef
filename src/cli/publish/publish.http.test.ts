import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import { VerbStage } from '../../devkit/verb-stage.ts'

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
  const stage = new VerbStage('publish', ({ method, url, text }) => {
    const line = `${method} ${url}`
    asked.push({ line, body: text === '' ? null : JSON.parse(text) })
    if (line.startsWith('GET /v1/advisories?')) return { rows: [], next: null, drafts }
    if (line.includes('/preview')) {
      const files = [{ path: 'csaf/2026/x.json', text: '{\n  "a": "\u001b[31m"\n}\n' }]
      return { format: 'csaf', files, missing: [LACK], faults: ['6_1_1 wrong'] }
    }
    if (line.endsWith('/acts')) state = (JSON.parse(text) as { act: { do: string } }).act.do === 'ready' ? 'ready' : 'published'
    return view()
  })
  const weir = (...words: string[]) => stage.run(...words)
  before(async () => await stage.open())
  after(() => stage.close())
  beforeEach(() => {
    asked.length = 0
    state = 'draft'
    drafts = [{ id: ID, case: CASE }]
  })

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
