import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ActEdgeDevice, EdgeDeviceList, EdgeDeviceOut, EdgeOwnOut } from '../../../contract/shapes/edge-device.ts'
import type { ActionList, ExposureReport, InventoryList, InventoryOut, RuleOut } from '../../../contract/shapes/exposure.ts'
import type { Principal, Role } from '../../../core/access/principal.ts'
import { HOUR, instant, parseInstant } from '../../../core/kernel/instant.ts'
import { type Credential, openDoor, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'
import { npmBom } from '../../../devkit/npm-bom.ts'
import { actEdgeDevice } from '../../app/exposure/edge-act.ts'

const SECRET = 'heron-gate-7'
const START = parseInstant('2026-11-20T20:00:00Z')!
const DEVICE = { name: SECRET, maker: 'Heron', model: 'H-7', unit: 'Grid', support: '2025-06-30', listed: 'yes' }
const RECORD = {
  schema_version: '1.6.0',
  id: 'GHSA-aaaa-aaaa-aaaa',
  modified: '2026-11-01T00:00:00Z',
  published: '2026-11-01T00:00:00Z',
  aliases: ['CVE-2026-0001'],
  summary: 'A flaw without a fix',
  affected: [
    { package: { ecosystem: 'npm', name: 'left' }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }] }] },
    {
      package: { ecosystem: 'npm', name: 'right' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '2.0.0' }] }],
    },
  ],
}
const bom = (...purls: readonly string[]) => npmBom(purls)

describe('devices at the edge of a network', () => {
  let door: TestDoor
  const by = new Map<string, Credential>()
  const at = '/v1/exposure/edge-devices'

  before(async () => {
    door = await openDoor()
    door.time.now = START
    const people: readonly (readonly [string, string, readonly Role[]])[] = [
      ['operator', 'Fjordlight', ['operator']],
      ['finder', 'Fjordlight', ['finder', 'group-admin']],
      ['other', 'Brackwater', ['operator', 'coordinator']],
      ['root', 'Coordination', ['administrator', 'inspector', 'coordinator']],
    ]
    for (const [name, organisation, roles] of people) by.set(name, (await member(door.ground, organisation, roles)).as)
    await ask('root', 'POST', '/v1/records?kind=osv&name=osv.ndjson', JSON.stringify(RECORD), [200, 201, 202])
    await door.desks.known.follower.follow()
    await door.desks.exposure.follow()
  })
  after(async () => await door.close())

  async function ask<T = unknown>(
    who: string,
    method: string,
    path: string,
    body?: unknown,
    statuses: number | readonly number[] = 200,
  ): Promise<T> {
    const answer = await door.ask(method, path, { as: by.get(who) ?? null, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.ok([statuses].flat().includes(answer.status), `${method} ${path} ${answer.status} ${text.slice(0, 500)}`)
    return JSON.parse(text) as T
  }
  const list = async (query = '') => await ask<EdgeDeviceList>('operator', 'GET', `${at}${query}`)
  const states = ({ milestones }: Pick<EdgeDeviceOut, 'milestones'>) => milestones.map(({ row, state }) => `${row} ${state}`)
  const slots = async () =>
    (await door.database.owner.query('select key_slot from weir.edge_device')).rows.map(({ key_slot }) => key_slot as number)

  test('nobody wrote down a device: what is due of the organisation itself stands there', async () => {
    const { rows, own, directive, analogy, devices } = await list()
    assert.deepEqual([rows.length, devices, directive], [0, 0, 'bod-26-02/1.0.0'])
    assert.deepEqual(
      own.milestones.map(({ step, due, state }) => [step, due, state]),
      [['discover', '2028-02-05T23:59:59.999Z', 'later']],
    )
    assert.match(analogy!, /no finding of compliance/)
  })

  test('a device written down by hand has its rows, sealed, for its own operators only', async () => {
    const made = await ask<EdgeDeviceOut>('operator', 'PUT', at, DEVICE)
    assert.deepEqual(states(made), ['1 late', '2 later', '3 later'])
    assert.deepEqual([made.due, made.byHand, made.inventory], ['2026-05-05T23:59:59.999Z', true, null])
    assert.match(made.plain.what, /edge of your network/)
    assert.deepEqual([(await list()).late, (await ask<EdgeDeviceList>('other', 'GET', at)).rows.length], [1, 0])
    for (const who of ['finder', 'root']) {
      await ask(who, 'GET', at, undefined, 404)
      await ask(who, 'PUT', at, DEVICE, 404)
    }
    await ask('other', 'POST', `${at}/${made.id}`, { do: 'done', deed: 'removed', evidence: 'x' }, 404)
    await ask('other', 'DELETE', `${at}/${made.id}`, undefined, 404)
    const { rows } = await door.database.owner.query('select row_to_json(x)::text as line from weir.edge_device x')
    for (const { line } of rows) {
      assert.ok(!line.includes(SECRET))
      assert.ok(!line.includes(Buffer.from(SECRET).toString('hex')))
    }
  })

  test('what is no day, no word and no name is refused with its place', async () => {
    for (const [field, value] of [
      ['support', '2026-02-30'],
      ['listed', 'maybe'],
      ['name', '  '],
      ['more', 'x'],
    ] as const)
      await ask('operator', 'PUT', at, { ...DEVICE, [field]: value }, 400)
  })

  test('done with evidence and opened again with a reason; nothing of it is lost', async () => {
    const [device] = (await list()).rows
    const path = `${at}/${device!.id}`
    const act = async (body: object, status = 200) => await ask<EdgeDeviceOut>('operator', 'POST', path, body, status)
    const reported = await act({ do: 'done', deed: 'reported', evidence: 'CyberScope 44' })
    assert.deepEqual(states(reported), ['1 done', '2 later', '3 later'])
    assert.deepEqual([reported.milestones[0]!.evidence, reported.due], ['CyberScope 44', '2027-02-05T23:59:59.999Z'])
    await act({ do: 'done', deed: 'reported', evidence: 'again' }, 409)
    await act({ do: 'done', deed: 'process', evidence: 'not of a device' }, 409)
    await act({ do: 'done', deed: 'removed', evidence: '' }, 400)
    assert.deepEqual(states(await act({ do: 'done', deed: 'removed', evidence: 'WO-9' })), ['1 done', '2 done', '3 done'])
    const back = await act({ do: 'reopen', deed: 'removed', reason: 'It was put back.' })
    assert.deepEqual(states(back), ['1 done', '2 later', '3 later'])
    assert.deepEqual(
      back.history.map(({ deed, how, says }) => [deed, how, says]),
      [
        ['reported', 'done', 'CyberScope 44'],
        ['removed', 'done', 'WO-9'],
        ['removed', 'reopened', 'It was put back.'],
      ],
    )
    const again = await ask<EdgeDeviceOut>('operator', 'PUT', at, { ...DEVICE, listed: 'no' })
    assert.deepEqual([again.id, again.history.length, states(again)], [device!.id, 3, ['3 later']])
  })

  test('the process of the organisation itself is said done too', async () => {
    const own = await ask<EdgeOwnOut>('operator', 'POST', `${at}/own`, { do: 'done', deed: 'process', evidence: 'SOP 12' })
    assert.deepEqual(states(own), ['4 done'])
    assert.equal((await list()).own.milestones[0]!.evidence, 'SOP 12')
    assert.equal((await ask<EdgeDeviceList>('other', 'GET', at)).own.milestones[0]!.state, 'later')
    await ask('operator', 'DELETE', `${at}/own`, undefined, 404)
  })

  test('BOD 26-02 is an analogy until the organisation says that CISA’s directives bind it', async () => {
    const rule = await ask<RuleOut>('operator', 'GET', '/v1/exposure/rule')
    await ask('operator', 'PUT', '/v1/exposure/rule', { ...rule, binds: true })
    assert.equal((await list()).analogy, null)
    const bound = await ask<RuleOut>('operator', 'GET', '/v1/exposure/rule')
    await ask('operator', 'PUT', '/v1/exposure/rule', { ...bound, directive: 'none' })
    assert.match((await list()).analogy!, /does not bind/)
  })

  test('an asset that its tags call an edge device is one, and keeps what was said of it when its inventory goes', async () => {
    const tags = 'edge=yes&support=ended&listed=unknown&maker=Skerry'
    const kept = await ask<InventoryOut>(
      'operator',
      'POST',
      `/v1/inventories?asset=vpn-1&${tags}`,
      bom('pkg:npm/left@1.0.0'),
      201,
    )
    const vpn = async () => (await list()).rows.find(({ name }) => name === 'vpn-1')
    const device = (await vpn())!
    assert.deepEqual([device.inventory, device.byHand, device.maker], [kept.id, false, 'Skerry'])
    assert.deepEqual(
      device.milestones.map(({ row, assumed }) => [row, assumed !== null]),
      [
        [1, true],
        [2, true],
        [3, false],
      ],
    )
    await ask('operator', 'POST', `${at}/${device.id}`, { do: 'done', deed: 'removed', evidence: 'WO-10' })
    await ask('operator', 'PUT', `/v1/inventories/${kept.id}/tags`, { ...kept.tags, edge: 'no' })
    assert.equal(await vpn(), undefined)
    await ask('operator', 'PUT', `/v1/inventories/${kept.id}/tags`, kept.tags)
    await ask('operator', 'DELETE', `/v1/inventories/${kept.id}`)
    const left = (await vpn())!
    assert.deepEqual([left.id, left.inventory, left.maker, left.history.length], [device.id, null, 'Skerry', 1])
  })

  test('an asset that is an edge device no more, and is written down by hand, has its history and its key still', async () => {
    const kept = await ask<InventoryOut>(
      'operator',
      'POST',
      '/v1/inventories?asset=vpn-2&edge=yes',
      bom('pkg:npm/left@1.0.0'),
      201,
    )
    const device = (await list()).rows.find(({ name }) => name === 'vpn-2')!
    await ask('operator', 'POST', `${at}/${device.id}`, { do: 'done', deed: 'removed', evidence: 'WO-11' })
    await ask('operator', 'PUT', `/v1/inventories/${kept.id}/tags`, { ...kept.tags, edge: 'no', maker: 'Skerry' })
    const before = await slots()
    const byHand = await ask<EdgeDeviceOut>('operator', 'PUT', at, { name: 'vpn-2', support: 'ended' })
    assert.deepEqual([byHand.id, byHand.history.length, byHand.maker, byHand.inventory], [device.id, 1, 'Skerry', kept.id])
    assert.deepEqual((await slots()).sort(), before.sort())
    await ask('operator', 'DELETE', `/v1/inventories/${kept.id}`)
    await ask('operator', 'DELETE', `${at}/${device.id}`)
  })

  test('where support is over, a flaw without a fix asks to replace the device or to leave the component', async () => {
    const put = async (asset: string, query: string) =>
      await ask(
        'operator',
        'POST',
        `/v1/inventories?asset=${asset}${query}`,
        bom('pkg:npm/left@1.0.0', 'pkg:npm/right@1.0.0'),
        201,
      )
    await put('gate', '&edge=yes&support=2026-11-20')
    await put('box', '&support=ended')
    await put('server', '&support=2029-01-01')
    await put('other', '')
    const asked = async () => {
      const { rows } = await ask<ActionList>('operator', 'GET', '/v1/actions')
      return rows
        .flatMap(({ do: what, assets, component }) =>
          component === 'left' ? assets.map(({ asset }) => `${asset} ${what}`) : [],
        )
        .sort()
    }
    assert.deepEqual(await asked(), ['box retire', 'gate mitigate', 'other mitigate', 'server mitigate'])
    door.time.now = instant(START + 5 * HOUR)
    assert.deepEqual(await asked(), ['box retire', 'gate replace', 'other mitigate', 'server mitigate'])
    const { rows } = await ask<ActionList>('operator', 'GET', '/v1/actions')
    assert.match(rows.find(({ do: what }) => what === 'replace')!.plain.first, /plan a new one/)
    assert.equal(rows.filter(({ component, do: what }) => component === 'right' && what === 'upgrade').length, 1)
  })

  test('saying later until when an asset is supported moves its obligations along, and no clock starts again', async () => {
    const opened = async () => {
      const { rows } = await ask<ExposureReport>('operator', 'GET', '/v1/exposure/report')
      return rows
        .filter(({ assets }) => assets.some(({ asset }) => asset === 'other'))
        .map(({ component, openedAt, due, assets }) => [
          component,
          openedAt,
          due,
          assets.filter(({ asset }) => asset === 'other').length,
        ])
        .sort()
    }
    const before = await opened()
    assert.equal(before.length, 2)
    const { rows } = await ask<InventoryList>('operator', 'GET', '/v1/inventories')
    const other = rows.find(({ asset }) => asset === 'other')!
    door.time.now = instant(door.time.now + HOUR)
    await ask('operator', 'PUT', `/v1/inventories/${other.id}/tags`, { ...other.tags, support: 'ended' })
    assert.deepEqual(await opened(), before)
    const { rows: actions } = await ask<ActionList>('operator', 'GET', '/v1/actions')
    const retire = actions.find(({ do: what }) => what === 'retire')!
    assert.deepEqual(retire.assets.map(({ asset }) => asset).sort(), ['box', 'other'])
  })

  test('the table is a file too, a line for each row, formulas made harmless', async () => {
    await ask('operator', 'PUT', at, { ...DEVICE, name: '=cmd()', listed: 'no', support: '2999-01-01' })
    const answer = await door.ask('GET', `${at}?format=csv`, { as: by.get('operator') ?? null })
    const lines = (await answer.text()).trim().split('\r\n')
    assert.deepEqual([answer.status, answer.headers.get('content-type')], [200, 'text/csv; charset=utf-8'])
    const cells = lines.map((line) => line.split(','))
    assert.ok(
      cells.every((row) => row.length >= cells[0]!.length),
      'every line has every column',
    )
    assert.deepEqual(
      cells.filter(([name]) => name === SECRET).map(([, , , , , , row, step]) => [row, step]),
      [['3', 'remove-all']],
    )
    assert.ok(lines.some((line) => line.startsWith("'=cmd(),Heron")))
    assert.ok(lines.some((line) => line.startsWith(',,,,,,4,discover') && line.includes('SOP 12')))
    await ask('operator', 'GET', `${at}?format=xml`, undefined, 400)
    const other = await door.ask('GET', `${at}?format=csv`, { as: by.get('finder') ?? null })
    assert.equal(other.status, 404)
  })

  test('pages follow each other, and a device that is dropped leaves no key', async () => {
    const first = await list('?limit=1')
    const second = await list(`?limit=500&cursor=${first.next}`)
    const whole = (await list()).rows.map(({ id }) => id)
    assert.deepEqual(
      [...first.rows, ...second.rows].map(({ id }) => id),
      whole,
    )
    assert.equal(second.next, null)
    const before = await slots()
    const hand = (await list()).rows.find(({ name }) => name === SECRET)!
    await ask('operator', 'DELETE', `${at}/${hand.id}`)
    const rest = await slots()
    const gone = before.filter((slot) => !rest.includes(slot))
    assert.equal(gone.length, 1)
    assert.deepEqual(door.ground.keys.get(gone), [null])
    await ask('operator', 'POST', `${at}/${hand.id}`, { do: 'done', deed: 'removed', evidence: 'x' }, 404)
  })

  test('of devices no more is said than is read together', async () => {
    const { organisation, id: person } = await member(door.ground, 'Skerry', ['operator'])
    const who = { kind: 'person', person, organisation, roles: ['operator'], scopes: ['exposure:act'] } as unknown as Principal
    const words = 'x'.repeat(100)
    const say = async (act: object) => {
      const answer = await actEdgeDevice(door.desks.exposure, who, 'own', act as ActEdgeDevice, 250)
      return answer.ok ? null : answer.code
    }
    const done = { do: 'done', deed: 'process', evidence: words }
    const back = { do: 'reopen', deed: 'process', reason: words }
    const said = []
    for (const act of [done, back, done, { ...done, evidence: 'short' }]) said.push(await say(act))
    assert.deepEqual(said, [null, null, 'quota.exceeded', null])
  })
})
