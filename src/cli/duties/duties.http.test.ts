import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { VerbStage } from '../../devkit/verb-stage.ts'

const ROW = {
  id: 'eo-14409/2(d)',
  instrument: { id: 'eo-14409', name: 'Executive Order 14409', source: '91 FR 34565' },
  section: '2(d)',
  who: 'Secretary of the \u001b[31mTreasury',
  with: ['National Cyber Director'],
  what: 'Form a clearinghouse.',
  due: { on: '2026-07-02', counted: '30 days after 2026-06-02' },
  mark: 'C',
  caveat: null,
  known: [{ on: '2026-07-14', what: 'Announced.', mark: 'S' }],
  unknown: ['Members.'],
  status: 'not-reported',
  overdue: true,
  daysLate: 142,
  report: null,
  dispute: { reason: 'Only announced.', evidence: [{ title: 'A page', address: null, mark: 'X' }] },
}
const STANDING = { ...ROW, id: 'eo-14409/4', due: { on: null }, overdue: false, daysLate: 0, status: 'other', known: 7 }

describe('weir duties', () => {
  const asked: string[] = []
  const stage = new VerbStage('duties', ({ method, url }) => {
    asked.push(`${method} ${url}`)
    return { rows: [ROW, STANDING], counts: { standing: 1 } }
  })
  const weir = (...words: string[]) => stage.run(...words)
  before(async () => await stage.open())
  after(() => stage.close())

  test('lists who, by when and how late; one in full says source, doubt and what is unknown', async () => {
    const table = await weir()
    assert.equal(table.code, 0, table.err)
    assert.match(table.out, /^DUE +LATE +SAID OF IT +DUTY +WHO\n2026-07-02 {2}142 d {2}not reported {2}eo-14409\/2\(d\)/)
    assert.match(table.out, /\nstanding +unknown +eo-14409\/4/)
    assert.match(table.err, /2 duties, 1 late, 1 without an end/)
    assert.ok(!table.out.includes('\u001b'))
    assert.ok(table.out.split('\n').every((line) => line.length <= 80))
    const one = await weir('eo-14409/2(d)')
    assert.match(one.out, /said {6}not reported, 142 d late\n/)
    assert.match(one.out, /source {4}Executive Order 14409\. 91 FR 34565\. Section 2\(d\)/)
    assert.match(one.out, /known {5}2026-07-14 Announced\. \(one source\)\nunknown {3}Members\./)
    assert.match(one.out, /evidence {2}A page \(sources disagree\)\ndispute {3}Only announced\./)
    assert.deepEqual(asked.splice(0), ['GET /v1/duties', 'GET /v1/duties'])
  })

  test('JSON is a line each; one’s own that are late end with 1; what is not there is said', async () => {
    const json = await weir('--json')
    assert.deepEqual([json.code, json.out.trim().split('\n').length, JSON.parse(json.out.split('\n')[0]!).id], [0, 2, ROW.id])
    assert.equal((await weir('--own', '--json')).code, 1)
    assert.deepEqual(asked.splice(0), ['GET /v1/duties', 'GET /v1/own-duties'])
    const none = await weir('eo-14409/9')
    assert.deepEqual([none.code, none.out], [2, ''])
  })
})
