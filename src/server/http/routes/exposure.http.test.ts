import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type {
  ActionList,
  ActionOut,
  CheckOut,
  ExposureReport,
  ExposureWhy,
  InventoryList,
  InventoryWhole,
  RuleOut,
  UptakeOut,
} from '../../../contract/shapes/exposure.ts'
import type { Role } from '../../../core/access/principal.ts'
import { HOUR, instant, parseInstant } from '../../../core/kernel/instant.ts'
import { type Credential, openDoor, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'
import { npmBom } from '../../../devkit/npm-bom.ts'
import { sweepDeferrals } from '../../app/exposure/obligation-sweep.ts'

const SECRET = 'heron-turbine-plc'
const START = parseInstant('2026-11-20T09:00:00Z')!

const osv = (id: string, name: string, fixed: string, aliases: readonly string[] = []) => ({
  schema_version: '1.6.0',
  id,
  modified: '2026-11-01T00:00:00Z',
  published: '2026-11-01T00:00:00Z',
  aliases,
  summary: `A flaw of ${name}`,
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [
    {
      package: { ecosystem: 'npm', name },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed }] }],
    },
  ],
})
const kev = (...listed: readonly (readonly [string, string, string])[]) => ({
  title: 'CISA Catalog of Known Exploited Vulnerabilities',
  catalogVersion: '2026.11.20',
  dateReleased: '2026-11-20T10:00:00.000Z',
  count: listed.length,
  vulnerabilities: listed.map(([cveID, dateAdded, dueDate]) => ({
    cveID,
    vendorProject: 'x',
    product: 'y',
    vulnerabilityName: 'z',
    dateAdded,
    shortDescription: 's',
    requiredAction: 'Apply updates.',
    dueDate,
    knownRansomwareCampaignUse: 'Unknown',
    notes: '',
  })),
})
const bom = (...purls: readonly string[]) => npmBom(purls)

describe('what an operator runs and owes', () => {
  let door: TestDoor
  const by = new Map<string, Credential>()
  const as = (who: string) => by.get(who) ?? null

  before(async () => {
    door = await openDoor()
    door.time.now = START
    const people: readonly (readonly [string, string, readonly Role[]])[] = [
      ['operator', 'Fjordlight', ['operator']],
      ['finder', 'Fjordlight', ['finder', 'group-admin']],
      ['other', 'Brackwater', ['operator', 'coordinator']],
      ['coordinator', 'Coordination', ['coordinator']],
      ['root', 'Coordination', ['administrator', 'inspector']],
    ]
    for (const [name, organisation, roles] of people) by.set(name, (await member(door.ground, organisation, roles)).as)
    await records('osv', [
      osv('GHSA-aaaa-aaaa-aaaa', 'lodash', '4.17.21', ['CVE-2026-0001']),
      osv('GHSA-bbbb-bbbb-bbbb', 'left', '2.0.0'),
    ])
    await records('kev', kev(), 'kev.json')
  })
  after(async () => await door.close())

  async function records(kind: string, what: object, name = `${kind}.ndjson`): Promise<void> {
    const body = Array.isArray(what) ? what.map((one) => JSON.stringify(one)).join('\n') : JSON.stringify(what)
    const answer = await door.ask('POST', `/v1/records?kind=${kind}&name=${name}`, { as: as('coordinator'), body })
    assert.ok(answer.status < 300, `${answer.status} ${await answer.text()}`)
    await door.desks.known.follower.follow()
    await door.desks.exposure.follow()
  }
  async function ask<T = unknown>(
    who: string,
    method: string,
    path: string,
    body?: unknown,
    status = 200,
    headers = {},
  ): Promise<T> {
    const answer = await door.ask(method, path, { as: as(who), headers, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path} ${text.slice(0, 500)}`)
    return JSON.parse(text) as T
  }
  const put = (asset: string, body: string | Uint8Array, tags = '') =>
    ask<InventoryWhole>('operator', 'POST', `/v1/inventories?asset=${encodeURIComponent(asset)}${tags}`, body, 201)
  const list = (query = '') => ask<ActionList>('operator', 'GET', `/v1/actions${query}`)
  const of = (all: ActionList, component: string, what = 'upgrade') =>
    all.rows.find((row) => row.component === component && row.do === what)

  let first: InventoryWhole

  test('an inventory is kept, read and listed by its organisation; what could not be matched is told', async () => {
    const nameless = JSON.stringify({ ...JSON.parse(bom('pkg:npm/lodash@4.17.20', 'pkg:npm/fine@1.0.0')) })
    const odd = JSON.parse(nameless)
    odd.components.push({ type: 'library', name: 'nothing known' })
    first = await put(SECRET, gzipSync(JSON.stringify(odd)), '&exposure=public&unit=Turbines')
    assert.deepEqual([first.components, first.unmatched, first.set.length, first.tags.unit], [2, 1, 1, 'Turbines'])
    const listed = await ask<InventoryList>('operator', 'GET', '/v1/inventories')
    assert.deepEqual(
      listed.rows.map(({ asset, format }) => [asset, format]),
      [[SECRET, 'cyclonedx-json']],
    )
    await ask('operator', 'POST', '/v1/inventories?asset=x', 'hello', 422)
    await ask('operator', 'POST', '/v1/inventories?asset=', bom('pkg:npm/a@1'), 400)
    await ask('operator', 'POST', '/v1/inventories?asset=x&exposure=perhaps', bom('pkg:npm/a@1'), 400)
  })

  test('the distribution of a package list is said with it and kept; a name nobody knows is refused', async () => {
    const rpms = 'curl-7.76.1-26.x86_64\nbash-5.1.8-6.x86_64\n'
    const said = (given: string, status: number) =>
      ask<InventoryWhole>('operator', 'POST', `/v1/inventories?asset=list&name=rpm.txt${given}`, rpms, status)
    const unsaid = await said('', 201)
    assert.deepEqual([unsaid.components, unsaid.distribution], [0, null])
    const kept = await said('&distribution=rocky%3A9', 201)
    assert.deepEqual([kept.id, kept.components, kept.unmatched, kept.distribution], [unsaid.id, 2, 0, 'rocky-9'])
    await said('&distribution=nothing%3A1', 400)
    await ask('operator', 'POST', '/v1/exposure/check?distribution=nothing', rpms, 400)
    const checked = await ask<CheckOut>('operator', 'POST', '/v1/exposure/check?name=rpm.txt&distribution=rocky%3A9', rpms)
    assert.deepEqual([checked.components, checked.unmatched], [2, 0])
    await ask('operator', 'DELETE', `/v1/inventories/${kept.id}`)
  })

  test('nobody else reads it, and cannot tell that it is there', async () => {
    const [action] = (await list()).rows
    const paths = [`/v1/inventories/${first.id}`, `/v1/actions/${action!.id}`]
    for (const who of ['other', 'finder', 'coordinator', 'root'])
      for (const path of paths) {
        const none = await door.ask('GET', path.replace(/[0-9a-z]{4}$/, '0000'), { as: as(who) })
        const there = await door.ask('GET', path, { as: as(who) })
        assert.deepEqual([there.status, await there.text()], [none.status, await none.text()], `${who} ${path}`)
        assert.equal(there.status, 404)
      }
    const other = JSON.stringify(await ask('other', 'GET', '/v1/actions'))
    assert.ok(!other.includes('lodash') && !other.includes(SECRET))
    const why = await ask<ExposureWhy>('other', 'GET', '/v1/exposure/why?component=pkg:npm/lodash@4.17.20&flaw=CVE-2026-0001')
    assert.deepEqual([why.affected, why.assets], ['yes', []])
    for (const table of ['inventory', 'obligation', 'exposure_rule', 'event']) {
      const { rows: all } = await door.database.owner.query(`select * from weir.${table}`)
      const text = all
        .flatMap((row) =>
          Object.values(row).map((cell) => (cell instanceof Buffer ? cell.toString('latin1') : JSON.stringify(cell))),
        )
        .join(' ')
      assert.ok(!text.includes('lodash') && !text.includes(SECRET), table)
    }
  })

  test('the list says what to do, by when and why; a listing in KEV re-dates it and the old date stays', async () => {
    const before = of(await list(), 'lodash')!
    assert.deepEqual([before.to, before.assets.map(({ asset }) => asset), before.standing], ['4.17.21', [SECRET], 'open'])
    assert.deepEqual(
      before.flaws.map(({ id, aliases, score }) => [id, aliases, score]),
      [['CVE-2026-0001', ['GHSA-aaaa-aaaa-aaaa'], 9.8]],
    )
    assert.ok(before.why.analogy !== null && before.why.inputs.length > 0)
    assert.match(before.plain.first, /^Make a backup/)
    await records('kev', kev(['CVE-2026-0001', '2026-11-20', '2026-12-11']), 'kev.json')
    const all = await list()
    const after = of(all, 'lodash')!
    assert.ok(after.due !== null && (before.due === null || after.due < before.due), `${before.due} ${after.due}`)
    assert.equal(after.why.history.length, 1)
    assert.equal(after.why.history[0]?.due, before.due)
    assert.ok(after.flaws[0]?.exploited)
    const triage = of(all, 'lodash', 'triage')
    assert.ok(triage !== undefined && triage.triage.length === 3 && triage.due! < after.due!)
    assert.match(after.plain.first, /^First save memory and logs/, 'who opens the update alone does not miss it')
  })

  test('triage is done step by step, an upgrade is put off and comes back by the clock', async () => {
    const triage = of(await list(), 'lodash', 'triage')!
    const body = { do: 'triage-step', step: 'scope', found: null }
    const next = await ask<ActionOut>('operator', 'POST', `/v1/actions/${triage.id}`, body, 200, { 'idempotency-key': 'k1' })
    assert.ok(next.triage.length === 0 || next.triage[0]?.doneAt !== null)
    const again = await ask<ActionOut>('operator', 'POST', `/v1/actions/${triage.id}`, body, 200, { 'idempotency-key': 'k1' })
    assert.deepEqual(again, next)
    const upgrade = of(await list(), 'lodash')!
    const until = new Date(START + 2 * HOUR).toISOString()
    // Another act is another request, whatever key it bears.
    const defer = { do: 'defer', reason: 'Winter', until }
    const put_off = await ask<ActionOut>('operator', 'POST', `/v1/actions/${upgrade.id}`, defer, 200, {
      'idempotency-key': 'k1',
    })
    assert.deepEqual(
      [put_off.standing, put_off.until?.slice(0, 10), put_off.reason],
      ['deferred', until.slice(0, 10), 'Winter'],
    )
    await ask('operator', 'POST', `/v1/actions/${upgrade.id}`, defer, 404)
    await ask('operator', 'POST', `/v1/actions/${put_off.id}`, { do: 'defer', reason: 'x', until: '2020-01-01T00:00:00Z' }, 409)
    door.time.now = instant(START + 2 * HOUR + 1000)
    assert.equal(await sweepDeferrals(door.desks.exposure), 1)
    const back = of(await list('?standing=open'), 'lodash')
    assert.deepEqual([back?.standing, back?.until, back?.reason], ['open', null, null])
  })

  test('a fixed version in the next inventory is the evidence; the old version again opens it', async () => {
    door.time.now = instant(door.time.now + 1000)
    const second = await put(SECRET, bom('pkg:npm/lodash@4.17.21'))
    assert.equal(second.id, first.id)
    assert.equal(second.tags.unit, 'Turbines')
    assert.equal(of(await list(), 'lodash'), undefined)
    const done = of(await list('?standing=remediated'), 'lodash')!
    assert.deepEqual([done.standing, done.done, done.of], ['remediated', 1, 1])
    const report = await ask<ExposureReport>('operator', 'GET', '/v1/exposure/report')
    const row = report.rows.find(({ flaw }) => flaw === 'CVE-2026-0001')!
    assert.match(row.evidence.at(-1)!.says, /lists lodash 4\.17\.21/)
    const uptake = await ask<UptakeOut>('operator', 'GET', '/v1/exposure/uptake')
    assert.deepEqual(uptake.points.map(({ open, settled }) => [open, settled]).at(-1), [0, 1])
    door.time.now = instant(door.time.now + 1000)
    await put(SECRET, bom('pkg:npm/lodash@4.17.20', 'pkg:npm/left@1.0.0'))
    const back = of(await list(), 'lodash')!
    assert.deepEqual([back.standing, back.done, back.why.history.length], ['open', 0, 1])
    assert.ok(of(await list(), 'left'))
  })

  test('assets are mitigated one by one; tags move the date and the old one stays', async () => {
    await put('second', bom('pkg:npm/lodash@4.17.20'), '&exposure=public')
    const both = of(await list(), 'lodash')!
    assert.deepEqual(
      both.assets.map(({ asset }) => asset),
      [SECRET, 'second'],
    )
    const one = both.assets[0]!.inventory
    const act = { do: 'mitigate', assets: [one], evidence: 'Behind a gate' }
    const half = await ask<ActionOut>('operator', 'POST', `/v1/actions/${both.id}`, act)
    assert.deepEqual([half.do, half.done, half.of, half.standing], ['upgrade', 1, 2, 'open'])
    await ask('operator', 'POST', `/v1/actions/${both.id}`, { ...act, assets: [`ivt_${'0'.repeat(24)}`] }, 400)
    const second = both.assets[1]!.inventory
    const back = { do: 'reopen', reason: 'The gate is open' }
    await ask('operator', 'POST', `/v1/actions/${half.id}`, { ...back, assets: [second] }, 409)
    const again = await ask<ActionOut>('operator', 'POST', `/v1/actions/${half.id}`, { ...back, assets: [second, one] })
    assert.deepEqual([again.done, again.of, again.standing], [0, 2, 'open'])
    await ask('operator', 'POST', `/v1/actions/${again.id}`, act)
    const tags = { organisation: null, unit: null, environment: null, exposure: 'internal', type: null }
    await ask('operator', 'PUT', `/v1/inventories/${second}/tags`, tags)
    const report = await ask<ExposureReport>('operator', 'GET', '/v1/exposure/report')
    const inner = report.rows.find(
      ({ flaw, assets }) => flaw === 'CVE-2026-0001' && assets.some(({ asset }) => asset === 'second'),
    )!
    assert.ok(inner.history.length >= 2, JSON.stringify(inner.history))
    assert.equal(inner.assets.length, 1)
    const csv = await door.ask('GET', '/v1/exposure/report?format=csv', { as: as('operator') })
    assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8')
    assert.equal((await csv.text()).trim().split('\r\n').length, report.rows.length + 1)
  })

  test('a policy of its own is read with its problems named, dates everything anew, and is kept apart', async () => {
    const rule = await ask<RuleOut>('operator', 'GET', '/v1/exposure/rule')
    assert.deepEqual([rule.directive, rule.binds, rule.version], ['bod-26-04', false, 0])
    const bad = {
      ...rule,
      directive: 'own',
      own: { format: 'weir-exposure-policy/1', name: 'Ours', version: '1', rules: [{}] },
    }
    const problem = await ask<{ detail: string }>('operator', 'PUT', '/v1/exposure/rule', bad, 400)
    assert.match(problem.detail, /name/)
    const own = {
      format: 'weir-exposure-policy/1',
      name: 'Ours',
      version: '1',
      rules: [{ name: 'All', when: {}, time: { days: 5 } }],
    }
    const set = await ask<RuleOut>('operator', 'PUT', '/v1/exposure/rule', { ...rule, directive: 'own', binds: true, own })
    assert.deepEqual([set.directive, set.version], ['own', 1])
    await ask('operator', 'PUT', '/v1/exposure/rule', { ...rule, directive: 'none' }, 409)
    const left = of(await list(), 'left')!
    assert.deepEqual([left.why.directive, left.why.outcome, left.why.history.length > 0], ['own/1', '5 days', true])
    const other = await ask<RuleOut>('other', 'GET', '/v1/exposure/rule')
    assert.equal(other.directive, 'bod-26-04')
    await ask('operator', 'PUT', '/v1/exposure/rule', { ...rule, version: 1 })
    await ask('stranger', 'GET', '/v1/exposure/policy-schema')
  })

  test('a check keeps nothing and answers finding by finding', async () => {
    const counted = async () => (await door.database.owner.query('select count(*)::int as n from weir.inventory')).rows[0].n
    const before = await counted()
    const out = await ask<CheckOut>(
      'operator',
      'POST',
      '/v1/exposure/check',
      bom('pkg:npm/lodash@4.17.20', 'pkg:npm/left@3.0.0'),
    )
    assert.deepEqual(
      out.findings.map(({ id, fixed, purl }) => [id, fixed, purl]),
      [['CVE-2026-0001', '4.17.21', 'pkg:npm/lodash@4.17.20']],
    )
    for (const field of ['aliases', 'why', 'directive', 'due']) assert.ok(field in out.findings[0]!, field)
    assert.equal(await counted(), before)
    await ask('coordinator', 'POST', '/v1/exposure/check', bom('pkg:npm/lodash@4.17.20'), 404)
  })

  test('another version with the same flaw does not start the clock again', async () => {
    const opened = async (version: string) => {
      const { rows } = await ask<ExposureReport>('operator', 'GET', '/v1/exposure/report')
      return rows.filter((row) => row.version === version).map(({ openedAt, due, assets }) => [openedAt, due, assets.length])
    }
    const { id } = await put('third', bom('pkg:npm/lodash@4.17.10'))
    const [first] = await opened('4.17.10')
    door.time.now = instant(door.time.now + HOUR)
    await put('third', bom('pkg:npm/lodash@4.17.11'))
    assert.deepEqual(await opened('4.17.11'), [first])
    assert.deepEqual(await opened('4.17.10'), [])
    await ask('operator', 'DELETE', `/v1/inventories/${id}`)
    assert.deepEqual(await opened('4.17.11'), [])
  })

  test('an inventory that is dropped leaves no key and no obligation that only it had', async () => {
    const { rows: held } = await door.database.owner.query('select key_slot from weir.inventory where id = $1', [first.id])
    const slot = held[0].key_slot as number
    await ask('operator', 'DELETE', `/v1/inventories/${first.id}`)
    assert.deepEqual(door.ground.keys.get([slot]), [null])
    await ask('operator', 'GET', `/v1/inventories/${first.id}`, undefined, 404)
    assert.equal(of(await list('?standing=open,remediated,mitigated,deferred'), 'left'), undefined)
    const report = await ask<ExposureReport>('operator', 'GET', '/v1/exposure/report')
    assert.ok(
      report.rows.every(({ assets }) => assets.every(({ asset }) => asset === 'second')),
      JSON.stringify(report.rows),
    )
  })

  test('counts of what was patched at home are taken where they can be', async () => {
    await ask('operator', 'POST', '/v1/patched', { flaw: 'CVE-2026-0007', patched: 3, total: 2 }, 400)
    const said = await ask<{ patched: number }>('operator', 'POST', '/v1/patched', {
      flaw: 'CVE-2026-0007',
      patched: 2,
      total: 4,
    })
    assert.equal(said.patched, 2)
  })
})
