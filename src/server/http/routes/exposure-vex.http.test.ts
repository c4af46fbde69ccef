import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type {
  ActionList,
  ActionOut,
  CheckOut,
  ExposureReport,
  ExposureWhy,
  InventoryWhole,
  RuleOut,
} from '../../../contract/shapes/exposure.ts'
import type { OwnVexList, OwnVexOut } from '../../../contract/shapes/own-vex.ts'
import type { Role } from '../../../core/access/principal.ts'
import { HOUR, instant, parseInstant } from '../../../core/kernel/instant.ts'
import { type Credential, openDoor, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'
import { npmBom } from '../../../devkit/npm-bom.ts'
import { readCycloneDxVex } from '../../../formats/known/cyclonedx-vex.ts'
import { readOpenVex } from '../../../formats/known/openvex.ts'

const START = parseInstant('2026-11-20T09:00:00Z')!

const osv = (id: string, name: string, cve: string) => ({
  id,
  modified: '2026-11-01T00:00:00Z',
  aliases: [cve],
  summary: `A flaw of ${name}`,
  affected: [
    { package: { ecosystem: 'npm', name }, ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '9.0.0' }] }] },
  ],
})
const openvex = (author: string, id: string, cve: string, status: string, product: string, more: object = {}) => ({
  '@context': 'https://openvex.dev/ns/v0.2.0',
  '@id': id,
  author,
  timestamp: '2026-11-10T00:00:00Z',
  statements: [{ vulnerability: { name: cve }, products: [{ '@id': product }], status, ...more }],
})
const NOT_PRESENT = { justification: 'vulnerable_code_not_present' }

describe('statements that an organisation believes', () => {
  let door: TestDoor
  const by = new Map<string, Credential>()
  const as = (who: string) => by.get(who) ?? null

  before(async () => {
    door = await openDoor()
    door.time.now = START
    const people: readonly (readonly [string, string, readonly Role[]])[] = [
      ['operator', 'Fjordlight', ['operator']],
      ['other', 'Brackwater', ['operator']],
      ['coordinator', 'Coordination', ['coordinator']],
    ]
    for (const [name, organisation, roles] of people) by.set(name, (await member(door.ground, organisation, roles)).as)
    await records(
      'osv',
      osv('GHSA-aaaa-aaaa-aaaa', 'gate', 'CVE-2026-0001'),
      osv('GHSA-bbbb-bbbb-bbbb', 'pump', 'CVE-2026-0002'),
    )
    await ask(
      'operator',
      'POST',
      '/v1/inventories?asset=one&exposure=public',
      npmBom(['pkg:npm/gate@1.0.0', 'pkg:npm/pump@1.0.0']),
      201,
    )
    await ask('operator', 'POST', '/v1/inventories?asset=two&exposure=public', npmBom(['pkg:npm/gate@1.0.0']), 201)
    await ask('other', 'POST', '/v1/inventories?asset=theirs&exposure=public', npmBom(['pkg:npm/gate@1.0.0']), 201)
  })
  after(async () => await door.close())

  async function records(kind: string, ...what: readonly object[]): Promise<void> {
    const body = what.map((one) => JSON.stringify(one)).join('\n')
    const answer = await door.ask('POST', `/v1/records?kind=${kind}&name=${kind}.ndjson`, { as: as('coordinator'), body })
    assert.ok(answer.status < 300, `${answer.status} ${await answer.text()}`)
    await door.desks.known.follower.follow()
    await door.desks.exposure.follow()
  }
  async function ask<T = unknown>(who: string, method: string, path: string, body?: unknown, status = 200): Promise<T> {
    const answer = await door.ask(method, path, { as: as(who), ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path} ${text.slice(0, 500)}`)
    return JSON.parse(text) as T
  }
  const list = (query = '', who = 'operator') => ask<ActionList>(who, 'GET', `/v1/actions${query}`)
  const open = async (component: string, who = 'operator') =>
    (await list('?standing=open', who)).rows.find((row) => row.component === component)
  const held = async (component: string) =>
    (await list('?standing=not-affected')).rows.find((row) => row.component === component)
  const row = async (flaw: string) =>
    (await ask<ExposureReport>('operator', 'GET', '/v1/exposure/report')).rows.find((one) => one.flaw === flaw)!
  const believe = async (believe: readonly string[], believeInventories = false) => {
    const rule = await ask<RuleOut>('operator', 'GET', '/v1/exposure/rule')
    return await ask<RuleOut>('operator', 'PUT', '/v1/exposure/rule', { ...rule, believe, believeInventories })
  }
  const act = (id: string, body: object, status = 200) => ask<ActionOut>('operator', 'POST', `/v1/actions/${id}`, body, status)

  test('nobody is believed unasked; an author that is listed settles, with the statement as the reason, and nothing is hidden', async () => {
    const before = await row('CVE-2026-0001')
    await records('vex', openvex('Gate Makers', 'gm-1', 'CVE-2026-0001', 'not_affected', 'pkg:npm/gate@1.0.0', NOT_PRESENT))
    assert.deepEqual([(await open('gate'))?.of, (await list()).held], [2, 0])
    const { authors } = await ask<OwnVexList>('operator', 'GET', '/v1/exposure/vex')
    assert.deepEqual(authors, [{ author: 'Gate Makers', statements: 1, believed: false }])
    const set = await believe([' gate makers '])
    assert.deepEqual(set.believe, ['gate makers'])
    assert.equal(await open('gate'), undefined)
    assert.equal((await list()).held, 2)
    const settled = (await held('gate'))!
    assert.deepEqual([settled.standing, settled.of, settled.assets.every((one) => one.held)], ['not-affected', 2, true])
    const [statement] = settled.flaws[0]!.statements
    assert.deepEqual(
      [statement?.author, statement?.document, statement?.justification, statement?.at, statement?.source],
      ['Gate Makers', 'gm-1', 'vulnerable_code_not_present', '2026-11-10T00:00:00.000Z', 'record'],
    )
    const after = await row('CVE-2026-0001')
    assert.deepEqual([after.standing, after.due, after.openedAt], ['not-affected', before.due, before.openedAt])
    assert.match(after.evidence.at(-1)!.says, /Gate Makers states in gm-1 on 2026-11-10/)
    assert.equal((await open('gate', 'other'))?.standing, 'open')
  })

  test('trust taken back, or a later word, opens it again with the reason and the date it had', async () => {
    const before = await row('CVE-2026-0001')
    door.time.now = instant(door.time.now + HOUR)
    await believe([])
    const after = await row('CVE-2026-0001')
    assert.deepEqual(
      [after.standing, after.due, after.openedAt, after.history],
      ['open', before.due, before.openedAt, before.history],
    )
    assert.match(after.evidence.at(-1)!.says, /Gate Makers is not believed any more/)
    await believe(['Gate Makers'])
    assert.equal(await open('gate'), undefined)
    const later = {
      ...openvex('Gate Makers', 'gm-1', 'CVE-2026-0001', 'affected', 'pkg:npm/gate@1.0.0'),
      timestamp: '2026-11-19T00:00:00Z',
    }
    await records('vex', later)
    const again = await row('CVE-2026-0001')
    assert.deepEqual([again.standing, again.due], ['open', before.due])
    assert.match(again.evidence.at(-1)!.says, /stated in gm-1 on 2026-11-19.* that it is affected/)
    assert.equal(again.statements[0]?.status, 'affected')
  })

  test('a document of its own is believed, shown, and when it is taken out everything is open as before', async () => {
    const before = await row('CVE-2026-0002')
    const document = openvex('Us', 'our-1', 'CVE-2026-0002', 'under_investigation', 'pkg:npm/pump@1.0.0')
    const body = gzipSync(JSON.stringify(document))
    const made = await ask<OwnVexOut>('operator', 'POST', '/v1/exposure/vex?name=pump.json', body, 201)
    assert.deepEqual([made.document, made.author, made.statements.underInvestigation, made.aside], ['our-1', 'Us', 1, 0])
    assert.equal((await open('pump'))?.flaws[0]?.statements[0]?.status, 'under-investigation')
    const next = openvex('Us', 'our-1', 'CVE-2026-0002', 'fixed', 'pkg:npm/pump@1.0.0')
    const renewed = await ask<OwnVexOut>('operator', 'POST', '/v1/exposure/vex', JSON.stringify(next), 201)
    assert.equal(renewed.id, made.id)
    assert.equal(await open('pump'), undefined)
    assert.equal((await held('pump'))?.flaws[0]?.statements[0]?.source, 'own-document')
    const why = await ask<ExposureWhy>('operator', 'GET', '/v1/exposure/why?component=pkg:npm/pump@1.0.0&flaw=CVE-2026-0002')
    assert.deepEqual([why.affected, why.statements.map((one) => [one.author, one.why])], ['no', [['Us', null]]])
    const theirs = await ask<ExposureWhy>('other', 'GET', '/v1/exposure/why?component=pkg:npm/pump@1.0.0&flaw=CVE-2026-0002')
    assert.deepEqual([theirs.affected, theirs.statements], ['yes', []])
    const check = await ask<CheckOut>(
      'operator',
      'POST',
      '/v1/exposure/check',
      npmBom(['pkg:npm/pump@1.0.0', 'pkg:npm/gate@2.0.0']),
    )
    assert.deepEqual(
      [check.findings.map(({ id }) => id), check.settled.map(({ id }) => id)],
      [['CVE-2026-0001'], ['CVE-2026-0002']],
    )
    await ask('other', 'DELETE', `/v1/exposure/vex/${made.id}`, undefined, 404)
    const { rows } = await door.database.owner.query('select key_slot from weir.exposure_vex where id = $1', [made.id])
    await ask('operator', 'DELETE', `/v1/exposure/vex/${made.id}`)
    assert.deepEqual(door.ground.keys.get([rows[0].key_slot]), [null])
    const after = await row('CVE-2026-0002')
    assert.deepEqual([after.standing, after.due, after.openedAt], ['open', before.due, before.openedAt])
    assert.match(after.evidence.at(-1)!.says, /our-1 was taken out/)
  })

  test('what an inventory states of itself counts only for that inventory, and only when asked', async () => {
    const vulnerabilities = [
      {
        id: 'CVE-2026-0001',
        analysis: { state: 'not_affected', justification: 'code_not_reachable' },
        affects: [{ ref: 'pkg:npm/gate@1.0.0' }],
      },
    ]
    await ask('operator', 'POST', '/v1/inventories?asset=two', npmBom(['pkg:npm/gate@1.0.0'], { vulnerabilities }), 201)
    assert.equal((await open('gate'))?.of, 2)
    await believe([], true)
    const [left, settled] = [await open('gate'), await held('gate')]
    assert.deepEqual([left?.assets.map(({ asset }) => asset), settled?.assets.map(({ asset }) => asset)], [['one'], ['two']])
    assert.equal(settled?.flaws[0]?.statements[0]?.author, 'The inventory of two')
    await believe([])
    assert.equal((await open('gate'))?.of, 2)
  })

  test('by hand: on named assets, with a word of VEX and words, kept, exported, and taken back', async () => {
    const action = (await open('gate'))!
    const [one, two] = action.assets.map(({ inventory }) => inventory)
    const says = { do: 'not-affected', justification: 'vulnerable_code_not_in_execute_path', says: 'We never parse.' }
    await act(action.id, { ...says, assets: [one], justification: 'because' }, 400)
    await act(action.id, { ...says, assets: ['ivt_nobody'] }, 400)
    await act(action.id, { ...says, assets: [one], flaws: ['CVE-1999-0001'] }, 400)
    const after = await act(action.id, { ...says, assets: [one] })
    assert.deepEqual([after.standing, after.of], ['open', 1])
    const some = (await (await door.ask('GET', '/v1/exposure/stated', { as: as('operator') })).json()) as {
      vulnerabilities: object[]
    }
    assert.equal(some.vulnerabilities.length, 0)
    await act((await open('gate'))!.id, { ...says, assets: 'all' })
    assert.equal(await open('gate'), undefined)
    const kept = await row('CVE-2026-0001')
    assert.deepEqual(
      kept.statements.map(({ source, detail, by: who, assets }) => [source, detail, who, assets]),
      [
        ['operator', 'We never parse.', 'operator', ['one']],
        ['operator', 'We never parse.', 'operator', ['two']],
      ],
    )
    const cdx = readCycloneDxVex(await (await door.ask('GET', '/v1/exposure/stated', { as: as('operator') })).json())
    const vex = readOpenVex(await (await door.ask('GET', '/v1/exposure/stated?format=openvex', { as: as('operator') })).json())
    for (const read of [cdx, vex]) {
      assert.ok(read.ok)
      assert.deepEqual(
        read.value.map(({ author, status, products }) => [author, status, products[0]?.identity]),
        [['Fjordlight', 'not-affected', 'purl:pkg:npm/gate@1.0.0']],
      )
    }
    await ask('operator', 'GET', '/v1/exposure/stated?format=pdf', undefined, 400)
    const theirs = (await (await door.ask('GET', '/v1/exposure/stated', { as: as('other') })).json()) as {
      vulnerabilities: object[]
    }
    assert.equal(theirs.vulnerabilities.length, 0)
    await act((await held('gate'))!.id, { do: 'reopen', reason: 'We do.', assets: [two] })
    assert.deepEqual([(await open('gate'))?.assets.map(({ asset }) => asset), (await list()).held], [['two'], 1])
    await act((await held('gate'))!.id, { do: 'reopen', reason: 'We do.' })
    const again = await row('CVE-2026-0001')
    assert.deepEqual([again.standing, again.due, again.openedAt], ['open', kept.due, kept.openedAt])
  })

  test('another version in the next inventory is not spared by what was said of this one', async () => {
    const action = (await open('pump'))!
    await act(action.id, { do: 'not-affected', assets: 'all', justification: 'component_not_present', says: 'Not built in.' })
    assert.equal(await open('pump'), undefined)
    const before = await row('CVE-2026-0002')
    door.time.now = instant(door.time.now + HOUR)
    await ask('operator', 'POST', '/v1/inventories?asset=one', npmBom(['pkg:npm/gate@1.0.0', 'pkg:npm/pump@1.1.0']), 201)
    const after = await row('CVE-2026-0002')
    assert.deepEqual([after.version, after.standing, after.openedAt], ['1.1.0', 'open', before.openedAt])
    assert.match(after.evidence.at(-1)!.says, /another version/)
  })

  test('who opens again what a statement ended is not overruled by that statement', async () => {
    await believe(['Gate Makers'])
    await records('vex', openvex('Gate Makers', 'gm-2', 'CVE-2026-0002', 'not_affected', 'pkg:npm/pump@1.1.0', NOT_PRESENT))
    const settled = (await held('pump'))!
    await act(settled.id, { do: 'reopen', reason: 'It is in use here.' })
    assert.ok(await open('pump'))
    await believe(['Gate Makers', 'Somebody else'])
    assert.ok(await open('pump'))
  })

  test('what is no VEX document is refused, and nothing of it is kept', async () => {
    const none = openvex('Us', 'n', 'CVE-2026-0001', 'fixed', 'pkg:npm/gate@1.0.0')
    const unnamed = { ...none, '@id': undefined }
    const wrong: readonly (readonly [string | Uint8Array, number])[] = [
      ['hello', 422],
      ['', 422],
      ['[]', 422],
      [JSON.stringify({ ...none, statements: [{ vulnerability: { name: 'CVE-2026-0001' }, status: 'fixed' }] }), 422],
      [`${JSON.stringify(none)}\n${JSON.stringify(none)}`, 422],
      [JSON.stringify(unnamed), 422],
      [gzipSync(Buffer.alloc(32 << 20, 0x20)), 413],
      [Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.alloc(20)]), 422],
      [`${'['.repeat(50_000)}`, 422],
    ]
    for (const [body, status] of wrong) await ask('operator', 'POST', '/v1/exposure/vex', body, status)
    assert.deepEqual((await ask<OwnVexList>('operator', 'GET', '/v1/exposure/vex')).rows, [])
    const named = await ask<OwnVexOut>('operator', 'POST', '/v1/exposure/vex?name=n.json', JSON.stringify(unnamed), 201)
    assert.equal(named.document, 'n.json')
    const { rows } = await door.database.owner.query('select body, contents from weir.exposure_vex')
    assert.ok(rows.every((one) => !`${one.body.toString('latin1')}${one.contents.toString('latin1')}`.includes('gate')))
    assert.equal((await ask<OwnVexList>('other', 'GET', '/v1/exposure/vex')).rows.length, 0)
    await ask('coordinator', 'GET', '/v1/exposure/vex', undefined, 404)
  })

  test('the impact of an asset is an input of SSVC, assumed where nobody said it', async () => {
    const rule = await ask<RuleOut>('operator', 'GET', '/v1/exposure/rule')
    await ask('operator', 'PUT', '/v1/exposure/rule', { ...rule, directive: 'ssvc-deployer' })
    const impact = async () => (await open('pump'))!.why.inputs.find(({ input }) => input === 'human-impact')!
    assert.deepEqual([(await impact()).value, (await impact()).assumed === null], ['M', false])
    const { id, tags } = await ask<InventoryWhole>(
      'operator',
      'POST',
      '/v1/inventories?asset=one&impact=very-high&exposure=public',
      npmBom(['pkg:npm/pump@1.1.0']),
      201,
    )
    assert.equal(tags.impact, 'very-high')
    assert.deepEqual([(await impact()).value, (await impact()).assumed], ['VH', null])
    await ask('operator', 'PUT', `/v1/inventories/${id}/tags`, { ...tags, impact: 'low' })
    assert.equal((await impact()).value, 'L')
    const { history } = await row('CVE-2026-0002')
    assert.ok(
      history.some(({ because }) => /impact/.test(because)),
      JSON.stringify(history),
    )
    await ask('operator', 'PUT', `/v1/inventories/${id}/tags`, { ...tags, impact: 'enormous' }, 400)
  })
})
