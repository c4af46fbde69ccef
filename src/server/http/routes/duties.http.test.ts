import assert from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type { DutyHistory, DutyList, DutyOut } from '../../../contract/shapes/duty.ts'
import type { Role } from '../../../core/access/principal.ts'
import { PUBLIC_DUTIES } from '../../../core/duties/registry.ts'
import { instant, parseInstant } from '../../../core/kernel/instant.ts'
import { type Credential, openDoor, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'
import { parseKey } from '../../../ledger/key.ts'
import { sha256 } from '../../../ledger/sha256.ts'
import { verifyReceipt } from '../../../ledger/verify-receipt.ts'
import { inTransaction } from '../../store/connection.ts'

const CLEARINGHOUSE = 'eo-14409/2(d)'
const EVIDENCE = [{ title: 'Announcement of 14 July', address: 'https://example.org/announcement', mark: 'C' }]
const SECRET = 'Feed the heron'
const MINE = { id: 'heron', what: SECRET, who: 'IT', source: 'Board, 3 March', from: '2026-11-01', due: { days: 30 } }

describe('the tracker of duties', () => {
  let door: TestDoor
  const by = new Map<string, Credential>()
  const as = (who: string) => by.get(who) ?? null

  before(async () => {
    door = await openDoor()
    door.time.now = parseInstant('2026-11-21T12:00:00Z')!
    await signIn()
  })
  after(async () => await door.close())

  async function signIn(): Promise<void> {
    const people: readonly (readonly [string, string, readonly Role[]])[] = [
      ['coordinator', 'Coordination', ['coordinator']],
      ['operator', 'Fjordlight', ['operator']],
      ['fellow', 'Fjordlight', ['operator']],
      ['finder', 'Fjordlight', ['finder', 'group-admin']],
      ['other', 'Brackwater', ['operator', 'coordinator']],
      ['root', 'Coordination', ['administrator', 'inspector']],
    ]
    for (const [name, organisation, roles] of people) by.set(name, (await member(door.ground, organisation, roles)).as)
  }

  async function ask<T = DutyOut>(who: string, method: string, path: string, body?: unknown, status = 200): Promise<T> {
    const answer = await door.ask(method, path, { as: as(who), ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path} ${text.slice(0, 300)}`)
    return JSON.parse(text) as T
  }
  const act = <T = DutyOut>(version: number, what: object, status = 200, who = 'coordinator', duty = CLEARINGHOUSE) =>
    ask<T>(who, 'POST', '/v1/duties/acts', { duty, version, act: what }, status)
  const one = (list: DutyList, id: string) => list.rows.find((row) => row.id === id)!
  const list = (who = 'stranger') => ask<DutyList>(who, 'GET', '/v1/duties')

  test('a stranger reads every duty with source, mark and what is unknown; lateness follows from the date', async () => {
    const all = await list()
    assert.equal(all.rows.length, PUBLIC_DUTIES.length)
    assert.ok(all.rows.every(({ instrument, mark, key }) => instrument.source !== '' && mark !== undefined && key === null))
    const clearinghouse = one(all, CLEARINGHOUSE)
    assert.deepEqual(
      [clearinghouse.status, clearinghouse.overdue, clearinghouse.daysLate, clearinghouse.due.on, clearinghouse.due.counted],
      ['not-reported', true, 142, '2026-07-02', '30 days after 2 Jun 2026'],
    )
    assert.ok(clearinghouse.known.length > 0 && clearinghouse.unknown.length > 0)
    assert.deepEqual(
      all.rows.map(({ overdue }) => overdue),
      all.rows.map(({ overdue }) => overdue).toSorted((a, b) => Number(b) - Number(a)),
    )
    assert.equal(one(all, 'bod-26-04/III').overdue, false)
    door.time.now = parseInstant('2026-12-08T00:00:00Z')!
    assert.equal(one(await list(), 'bod-26-04/III').overdue, true)
    door.time.now = parseInstant('2026-11-21T12:00:00Z')!
  })

  test('a coordinator reports, disputes, answers and takes back; each is in the history and the ledger', async () => {
    const reported = await act(0, { do: 'report-done', doneOn: '2026-07-14', evidence: EVIDENCE })
    assert.deepEqual([reported.status, reported.overdue, reported.daysLate, reported.version], ['reported-done', false, 12, 1])
    assert.equal((await act(1, { do: 'dispute', reason: 'It was only announced.' })).overdue, true)
    assert.equal((await act(2, { do: 'answer-dispute', stands: true, reason: 'It takes reports.' })).overdue, false)
    assert.equal((await act(3, { do: 'note', text: 'Members are not known.', mark: 'U' })).notes.length, 1)
    assert.equal((await act(4, { do: 'take-back', reason: 'Entered by mistake.' })).status, 'not-reported')
    assert.equal(one(await list('finder'), CLEARINGHOUSE).answered[0]?.reason, 'It takes reports.')
    const history = await ask<DutyHistory>('stranger', 'GET', `/v1/duties/history?duty=${encodeURIComponent(CLEARINGHOUSE)}`)
    assert.deepEqual(
      history.rows.map(({ version, type }) => [version, type]),
      [
        [5, 'report-taken-back'],
        [4, 'duty-noted'],
        [3, 'dispute-answered'],
        [2, 'report-disputed'],
        [1, 'duty-reported'],
      ],
    )
    assert.deepEqual(history.rows[4]?.evidence, EVIDENCE)
    assert.doesNotMatch(JSON.stringify(history) + JSON.stringify(await list()), /per_/)
    const { rows } = await door.database.owner.query(
      `select version, type, actor, payload from weir.event where aggregate = 'duty' order by version`,
    )
    assert.equal(rows.length, 5)
    assert.ok(rows.every(({ actor, payload }) => /^person:per_/.test(actor) && JSON.stringify(payload) === '{}'))

    const proof = `/v1/duties/proof?duty=${encodeURIComponent(CLEARINGHOUSE)}`
    await ask('stranger', 'GET', proof, undefined, 503)
    door.time.now += 120_000
    await door.desks.ledger.turn()
    const receipt = await ask<{ statement: { duty: string; version: number; says: string } }>('stranger', 'GET', proof)
    const { statement } = receipt
    assert.deepEqual([statement.duty, statement.version, statement.says], [CLEARINGHOUSE, 5, 'Entered by mistake.'])
    const trust = trustIn(door)
    assert.ok(verifyReceipt(receipt, trust).ok)
    assert.equal(verifyReceipt({ ...receipt, statement: { ...statement, says: 'On purpose.' } }, trust).ok, false)
    door.time.now = instant(door.time.now - 120_000)
  })

  test('what does not fit is refused with its reason, and nothing is stored', async () => {
    const before = JSON.stringify(await list())
    const refused = async (version: number, what: object, status: number, code: string) =>
      assert.equal((await act<{ code: string }>(version, what, status)).code, code)
    await refused(4, { do: 'note', text: 'Late.', mark: 'C' }, 409, 'duty.changed')
    await refused(5, { do: 'take-back', reason: 'x' }, 409, 'duty.refused')
    await refused(5, { do: 'report-done', doneOn: '2026-07-14', evidence: [] }, 400, 'request.invalid')
    for (const doneOn of ['2026-02-30', '2027-01-01', '2026-06-01', 'yesterday'])
      await refused(5, { do: 'report-done', doneOn, evidence: EVIDENCE }, 400, 'request.invalid')
    const script = [{ title: 'x', address: 'javascript:alert(1)', mark: 'C' }]
    await refused(5, { do: 'report-done', doneOn: '2026-07-14', evidence: script }, 400, 'request.invalid')
    await refused(5, { do: 'note', text: 'a\u202eb', mark: 'C' }, 400, 'request.invalid')
    const standing = { do: 'report-done', doneOn: '2026-07-14', evidence: EVIDENCE }
    assert.equal((await act<{ code: string }>(0, standing, 409, 'coordinator', 'eo-14409/4')).code, 'duty.refused')
    await act(0, { do: 'note', text: 'x', mark: 'C' }, 404, 'coordinator', 'eo-14409/9')
    for (const who of ['operator', 'finder', 'root']) await act(5, { do: 'note', text: 'x', mark: 'C' }, 404, who)
    await act(5, { do: 'note', text: 'x', mark: 'C' }, 401, 'stranger')
    assert.equal(JSON.stringify(await list()), before)
  })

  test('two who say something at once: one is told that it changed', async () => {
    const say = (text: string) =>
      door.ask('POST', '/v1/duties/acts', {
        as: as('coordinator'),
        body: { duty: 'eo-14409/2(a)', version: 0, act: { do: 'note', text, mark: 'S' } },
      })
    const statuses = (await Promise.all([say('one'), say('two')])).map(({ status }) => status)
    assert.deepEqual(statuses.toSorted(), [200, 409])
  })

  test('the list is a file too: JSON, a table that no spreadsheet runs, a calendar', async () => {
    await act(0, { do: 'note', text: 'x', mark: 'C' }, 200, 'coordinator', 'eo-14409/2(b)')
    const danger = [{ title: '=HYPERLINK("x"),"y"', address: null, mark: 'S' }]
    await act(0, { do: 'report-done', doneOn: '2026-07-01', evidence: danger }, 200, 'coordinator', 'eo-14409/2(e)')
    door.time.now += 61_000
    const file = async (as: string) => {
      const answer = await door.ask('GET', `/v1/feed/duties.${as}`)
      return { type: answer.headers.get('content-type'), text: await answer.text() }
    }
    const json = await file('json')
    assert.equal(JSON.parse(json.text).rows.length, PUBLIC_DUTIES.length)
    const csv = await file('csv')
    assert.match(csv.type ?? '', /^text\/csv/)
    assert.equal(csv.text.split('\r\n').length, PUBLIC_DUTIES.length + 2)
    assert.match(csv.text, /"'=HYPERLINK\(""x""\),""y"" \(S\)"/)
    const ics = await file('ics')
    assert.match(ics.type ?? '', /^text\/calendar/)
    assert.equal(ics.text.match(/BEGIN:VEVENT/g)?.length, PUBLIC_DUTIES.filter(({ due }) => due.kind !== 'standing').length)
    assert.match(ics.text, /DTSTART;VALUE=DATE:20260702\r\nDTEND;VALUE=DATE:20260703/)
    assert.ok(ics.text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75))
    door.time.now -= 61_000
  })

  test('an organisation’s own duties are its own: set, written anew, acted on, dropped', async () => {
    const made = await ask('operator', 'POST', '/v1/own-duties', { duty: MINE }, 201)
    assert.deepEqual([made.id, made.due.on, made.overdue, made.version], ['own/heron', '2026-12-01', false, 0])
    await ask('fellow', 'POST', '/v1/own-duties', { duty: MINE }, 409)
    const path = `/v1/own-duties/${made.key}`
    const done = { do: 'report-done', doneOn: '2026-11-20', evidence: EVIDENCE }
    assert.equal((await ask('fellow', 'POST', `${path}/acts`, { version: 0, act: done })).status, 'reported-done')
    const anew = await ask('operator', 'PUT', path, { version: 1, duty: { ...MINE, due: { days: 3 } } })
    assert.deepEqual([anew.status, anew.daysLate, anew.version], ['reported-done', 16, 2])
    await ask('operator', 'PUT', path, { version: 2, duty: { ...MINE, due: 'standing' } }, 409)
    await ask('operator', 'PUT', path, { version: 1, duty: MINE }, 409)
    await ask('operator', 'PUT', path, { version: 2, duty: { ...MINE, id: 'eo-14409/2(d)' } }, 400)
    const mine = await ask<DutyList>('fellow', 'GET', '/v1/own-duties')
    assert.deepEqual([mine.rows.length, mine.counts.reported], [1, 1])

    // To everybody else it is as if it were not there.
    const nowhere = await (await door.ask('GET', '/v1/nowhere')).text()
    for (const who of ['other', 'coordinator'])
      assert.equal((await ask<DutyList>(who, 'GET', '/v1/own-duties')).rows.length, 0, who)
    for (const who of ['other', 'coordinator', 'finder', 'root']) {
      const acts = await door.ask('POST', `${path}/acts`, { as: as(who), body: { version: 2, act: done } })
      const put = await door.ask('PUT', path, { as: as(who), body: { version: 2, duty: MINE } })
      const gone = await door.ask('DELETE', path, { as: as(who) })
      for (const answer of [acts, put, gone]) assert.deepEqual([answer.status, await answer.text()], [404, nowhere], who)
    }
    await ask('finder', 'GET', '/v1/own-duties', undefined, 404)
    assert.doesNotMatch(JSON.stringify(await list('operator')), /heron/)
    const { rows } = await door.database.owner.query(`select * from weir.own_duty`)
    assert.equal(rows.length, 1)
    const other = (await member(door.ground, 'Brackwater', [])).organisation
    for (const scope of ['none', { organisation: other }] as const)
      assert.deepEqual(
        await inTransaction(door.ground.store, scope, async ({ db }) => await db.selectFrom('own_duty').selectAll().execute()),
        [],
      )
    assert.doesNotMatch(Buffer.concat([rows[0].body, rows[0].name_digest]).toString('latin1'), /heron|Board/)
    const { rows: told } = await door.database.owner.query(`select payload from weir.event where aggregate = 'own-duty'`)
    assert.ok(told.length === 3 && told.every(({ payload }) => JSON.stringify(payload) === '{}'))
    const { rows: entries } = await door.database.owner.query(`select statement from weir.duty_entry`)
    assert.doesNotMatch(JSON.stringify(entries), /heron/)

    await ask('operator', 'DELETE', path)
    await ask('operator', 'DELETE', path, undefined, 404)
    assert.deepEqual(door.ground.keys.get([rows[0].key_slot]), [null])
    await ask('operator', 'POST', '/v1/own-duties', { duty: MINE }, 201)
  })

  test('a key is not kept for a duty that is not taken', async () => {
    const before = (await door.ground.keys.allocate(1))[0]!.slot
    const bad = await ask<{ code: string; where: string }>(
      'operator',
      'POST',
      '/v1/own-duties',
      { duty: { ...MINE, who: '' } },
      400,
    )
    assert.deepEqual([bad.code, bad.where], ['request.invalid', '/duty/who'])
    await ask('operator', 'POST', '/v1/own-duties', { duty: MINE }, 409)
    const next = (await door.ground.keys.allocate(1))[0]!.slot
    for (let slot = before + 1; slot < next; slot++) assert.deepEqual(door.ground.keys.get([slot]), [null])
  })
})

function trustIn(door: TestDoor) {
  const key = parseKey(door.desks.ledger.status.key, sha256)!
  const { publicKey } = door.ground.keys.signingKey()
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey])
  const held = createPublicKey({ key: spki, format: 'der', type: 'spki' })
  const verifySignature = (_: Uint8Array, message: Uint8Array, signature: Uint8Array) => verify(null, message, held, signature)
  return { keys: [key], sha256, verifySignature }
}
