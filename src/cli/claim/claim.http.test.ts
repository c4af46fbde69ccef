import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { VerbStage } from '../../devkit/verb-stage.ts'

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
  const stage = new VerbStage('claim', ({ method, url, text }) => {
    asked.push({ method, url, body: text === '' ? null : JSON.parse(text) })
    return answer
  })
  const weir = (...words: string[]) => stage.run(...words)
  before(async () => await stage.open())
  after(() => stage.close())

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
