import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { type AskedByVerb, VerbStage } from '../../devkit/verb-stage.ts'

interface Asked {
  readonly method: string
  readonly url: string
  readonly body: string
}

const ESCAPE = '\u001b[31m'
const CASE = `case_${'1'.repeat(24)}`
const PARTY = `part_${'2'.repeat(24)}`
const AT = '2026-11-25T12:00:00.000Z'
const ROW = {
  id: CASE,
  title: `Overflow ${ESCAPE}`,
  state: 'open',
  embargo: 'active',
  endsAt: AT,
  reads: 'content',
  whoseMove: 'yours',
  next: 'Answer the proposal.',
}
const VIEW = {
  row: ROW,
  version: 7,
  you: [PARTY],
  flaws: [{ id: `flw_${'3'.repeat(24)}`, title: `Overflow ${ESCAPE}` }],
  embargo: { state: 'revise', terms: { version: 4, endsAt: AT }, open: [{ number: 5, endsAt: null }] },
  parties: [
    { name: `Vendor ${ESCAPE}`, kind: 'vendor', consent: 'signatory' },
    { name: null, kind: 'finder', consent: 'invited' },
  ],
  hidden: 2,
  may: ['answer', 'leave'],
}
const PAPER = { id: 'doc_1', kind: 'message', title: 'Message', text: `Hello${ESCAPE}`, by: null, at: AT }
const READ = { number: 1, at: AT, who: `Ola ${ESCAPE}`, party: 'Vendor 1', what: 'paper', thing: 'doc_1', title: null }

describe('weir case', () => {
  const asked: Asked[] = []
  /** What is answered to the paths that begin so; the longest counts. */
  let answers: Readonly<Record<string, unknown>> = {}
  let status = 200
  const answerTo = ({ method, url, text: body }: AskedByVerb): unknown => {
    asked.push({ method, url, body })
    const key = Object.keys(answers)
      .filter((one) => `${method} ${url}`.startsWith(one))
      .sort((a, b) => b.length - a.length)[0]
    return key === undefined ? {} : answers[key]
  }
  const stage = new VerbStage('case', answerTo, ({ method }) => (method === 'GET' ? 200 : status))
  const weir = (...words: string[]) => stage.run(...words)
  const folder = mkdtempSync(join(tmpdir(), 'weir-case-'))
  before(async () => await stage.open())
  after(() => {
    stage.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const last = (): { url: string; body: string; json: unknown } => {
    const { url, body } = asked.pop() ?? assert.fail('nothing was asked')
    return { url, body, json: body.startsWith('{') ? JSON.parse(body) : null }
  }

  test('lists cases as a table and as lines, under the tab that was asked for', async () => {
    answers = { 'GET /v1/cases?': { rows: [ROW, { ...ROW, title: null, reads: 'invitation' }] } }
    const table = await weir('list', '--tab', 'yours')
    assert.deepEqual([table.code, last().url], [0, '/v1/cases?tab=yours'], table.err)
    assert.match(table.out, /^ID +MOVE +EMBARGO +ENDS +TITLE\n/)
    assert.match(table.out, /\(you are invited\)/)
    const lines = (await weir('list', '--json')).out.trim().split('\n')
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).id),
      [CASE, CASE],
    )
    answers = { 'GET /v1/cases?': { rows: [] } }
    const none = await weir('list')
    assert.deepEqual([none.code, none.out], [0, ''])
    assert.match(none.err, /There are no cases here for you/)
  })

  test('shows one case: its flaws, its end, who takes part, who hides, and what may be done', async () => {
    answers = { [`GET /v1/cases/${CASE}`]: VIEW }
    const { code, out } = await weir('show', CASE)
    assert.equal(code, 0)
    for (const said of [
      /^CASE +case_1{24} +open/,
      /embargo +revise, ends 25 Nov 2026, 12:00:00 UTC/,
      /proposed +5: without an end/,
      /a participant, finder/,
      /and 2 who hide/,
      /you may +answer, leave/,
    ])
      assert.match(out, said)
    assert.equal(JSON.parse((await weir('show', CASE, '--json')).out).version, 7)
  })

  test('opens a case about the flaws that were named, and prints its id alone', async () => {
    answers = { 'POST /v1/cases': VIEW }
    const ran = await weir('open', 'flw_a', 'flw_b', '--policy', 'cert-cc/45-days', '--project', 'prj_1')
    assert.deepEqual([ran.code, ran.out], [0, `${CASE}\n`], ran.err)
    const { url, json } = last()
    assert.deepEqual([url, json], ['/v1/cases', { flaws: ['flw_a', 'flw_b'], policy: 'cert-cc/45-days', project: 'prj_1' }])
  })

  test('fills in who acts, at which version, and which terms are accepted; what was said stands', async () => {
    answers = { [`GET /v1/cases/${CASE}`]: VIEW, [`POST /v1/cases/${CASE}/acts`]: VIEW }
    assert.equal((await weir('act', CASE, '{"do":"accept"}')).code, 0)
    assert.deepEqual(last().json, { version: 7, act: { party: PARTY, version: 4, do: 'accept' } })
    assert.equal((await weir('act', CASE, '{"do":"answer","party":"part_x","number":5,"answer":"accept"}')).code, 0)
    assert.deepEqual(last().json, { version: 7, act: { do: 'answer', party: 'part_x', number: 5, answer: 'accept' } })
    answers = { [`GET /v1/cases/${CASE}`]: VIEW, [`POST /v1/cases/${CASE}/acts`]: { gone: true } }
    const left = await weir('act', CASE, '{"do":"leave"}')
    assert.deepEqual([left.code, left.out], [0, ''])
    assert.match(left.err, /You read this case no longer/)
  })

  test('what the server refuses is told with its sentence, and ends with its own code', async () => {
    const detail = 'An embargo binds, and its end has not come.'
    answers = {
      [`GET /v1/cases/${CASE}`]: VIEW,
      [`POST /v1/cases/${CASE}/acts`]: { code: 'case.refused', status: 409, title: 'Refused', detail, where: 'embargo.stands' },
    }
    status = 409
    const refused = await weir('act', CASE, '{"do":"close"}')
    status = 200
    assert.notEqual(refused.code, 0)
    assert.ok(refused.err.includes(detail), refused.err)
    assert.equal(refused.out, '')
  })

  test('writes a message to some, then prints all; sends a file with its kind and its name', async () => {
    answers = { [`GET /v1/cases/${CASE}/papers`]: { rows: [PAPER] } }
    const said = await weir('message', CASE, '--say', 'Hello', '--to', 'part_a', 'part_b')
    assert.equal(said.code, 0, said.err)
    const [written, read] = asked.splice(-2)
    assert.deepEqual([written?.method, JSON.parse(written!.body)], ['POST', { text: 'Hello', to: ['part_a', 'part_b'] }])
    assert.equal(read?.method, 'GET')
    assert.match(said.out, /Weir +message doc_1\n {2}Hello/)
    const file = join(folder, 'a fix.patch')
    writeFileSync(file, '--- a\n+++ b\n')
    answers = { [`POST /v1/cases/${CASE}/papers`]: { ...PAPER, id: 'doc_2' } }
    const sent = await weir('file', CASE, file, '--kind', 'patch')
    assert.deepEqual([sent.code, sent.out], [0, 'doc_2\n'], sent.err)
    const { url, body } = last()
    const query = new URL(url, 'http://x').searchParams
    assert.deepEqual([query.get('kind'), query.get('title'), body], ['patch', 'a fix.patch', '--- a\n+++ b\n'])
  })

  test('lists letters with what keeps them, and sends or drops one at the version that stands', async () => {
    const letter = {
      id: 'ltr_1',
      state: 'draft',
      template: 'invitation',
      to: 'Vendor',
      version: 3,
      missing: [{ says: 'A reproducer.' }],
      waits: null,
    }
    answers = { [`GET /v1/cases/${CASE}/letters`]: { rows: [letter] } }
    const shown = await weir('letters', CASE)
    assert.match(shown.out, /^ltr_1 {2}draft {2}invitation {2}Vendor {2}A reproducer\.\n$/)
    for (const [word, what] of [
      ['--send', 'send'],
      ['--drop', 'drop'],
    ] as const) {
      assert.equal((await weir('letters', CASE, word, 'ltr_1')).code, 0)
      const [, acted] = asked.splice(-3)
      assert.deepEqual([acted?.url, JSON.parse(acted!.body)], ['/v1/letters/ltr_1/acts', { do: what, version: 3 }])
    }
  })

  test('lists what was drafted to be passed on, and drops a draft with its reason', async () => {
    const draft = { id: 'doc_1', state: 'dropped', to: `github.com, a/b${ESCAPE}`, says: 'It was dropped: They have it.' }
    answers = { [`GET /v1/cases/${CASE}/relay`]: { rows: [draft] } }
    const ran = await weir('relay', CASE, '--drop', 'doc_1', '--why', 'They have it.')
    assert.match(ran.out, /^doc_1 {2}dropped {2}github\.com, a\/b.* {2}It was dropped: They have it\.\n$/)
    const [acted] = asked.splice(-2)
    assert.deepEqual(
      [acted?.url, JSON.parse(acted!.body)],
      [`/v1/cases/${CASE}/relay/doc_1/acts`, { do: 'drop', reason: 'They have it.' }],
    )
  })

  test('tells who read what, page after page, and no more than was asked for', async () => {
    const path = `GET /v1/cases/${CASE}/reads`
    answers = {
      [`${path}?limit`]: { rows: [{ ...READ, number: 2 }], next: '2' },
      [`${path}?cursor=2`]: { rows: [READ], next: null },
    }
    const all = await weir('reads', CASE)
    assert.equal(all.code, 0, all.err)
    assert.match(all.out, /^WHEN +WHO +FOR +WHAT\n/)
    assert.equal(all.out.trim().split('\n').length, 3)
    assert.match(all.out, /Ola .* +Vendor 1 +paper doc_1/)
    assert.equal((await weir('reads', CASE, '--most', '1', '--json')).out.trim().split('\n').length, 1)
    answers = { [path]: { rows: [], next: null } }
    assert.match((await weir('reads', CASE)).err, /Nothing of this case was read/)
  })

  test('wrong words are refused before anything is sent', async () => {
    const before = asked.length
    const wrong = [
      ['open'],
      ['show'],
      ['act', CASE, 'accept'],
      ['act', CASE, '{"say":1}'],
      ['reads', CASE, '--most', '0'],
      ['reads'],
    ]
    const ran = await Promise.all(wrong.map((words) => weir(...words)))
    assert.deepEqual(
      ran.map(({ code }) => code),
      wrong.map(() => 2),
    )
    assert.equal(asked.length, before)
  })
})
