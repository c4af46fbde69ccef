import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, test } from 'node:test'
import type { AdvisoryView } from '../../../contract/shapes/advisory.ts'
import type { RelayList, RelayOut } from '../../../contract/shapes/relay.ts'
import { SKEW } from '../../../core/cases/relay/match-reserved.ts'
import { DAY, MINUTE } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type FakeRelay, openFakeRelay } from '../../../devkit/fake-relay.ts'
import { type FakeAkrites, fakeAkrites } from '../../../devkit/fake-relay-akrites.ts'
import { type FakeCve, fakeCve } from '../../../devkit/fake-relay-cve.ts'
import { type FakeGithub, fakeGithub } from '../../../devkit/fake-relay-github.ts'
import { type FakeVince, fakeVince } from '../../../devkit/fake-relay-vince.ts'
import { type Member, member } from '../../../devkit/members.ts'
import { clusterWorker } from '../../jobs/workers/cluster.ts'
import { loadCveSchema } from '../../relay/cve/schema.ts'
import { readRelaySettings } from '../../relay/settings.ts'

const TOKEN = 'sesame-open-4711'
const US = { organisation: 'weir', user: 'desk@weir.example', key: 'key-of-the-desk' }
const CNA = { organisation: '2b1e2c1e-2f6b-4a5e-9d6e-0a4a4a6f7c11', shortName: 'weir' }
const REPOSITORY = 'https://github.com/example/lib'
const THIRD_PARTY = new URL('../../../../third-party/', import.meta.url)

describe('what is passed on of a case', () => {
  let door: TestDoor
  let world: CaseWorld
  let github: FakeGithub
  let vince: FakeVince
  let akrites: FakeAkrites
  let cve: FakeCve
  const fakes: Record<string, FakeRelay> = {}
  let id: string
  let flaw: string
  let coordinator: Member

  before(async () => {
    const clock = { now: () => Date.now() }
    github = fakeGithub(TOKEN)
    github.repositories.set('example/lib', true)
    vince = fakeVince(TOKEN, () => clock.now())
    akrites = fakeAkrites(TOKEN)
    cve = fakeCve([US], await loadCveSchema(THIRD_PARTY), () => clock.now())
    const env: Record<string, string> = { WEIR_CVE_KEY: US.key, WEIR_CVE_ORG: US.organisation, WEIR_CVE_USER: US.user }
    for (const [name, { answer }] of Object.entries({ github, vince, akrites })) {
      fakes[name] = await openFakeRelay(answer)
      env[`WEIR_RELAY_${name.toUpperCase()}_TOKEN`] = TOKEN
      env[`WEIR_RELAY_${name.toUpperCase()}_URL`] = fakes[name].base.href
    }
    fakes['cve'] = await openFakeRelay(cve.answer)
    env['WEIR_CVE_URL'] = new URL('/api', fakes['cve'].base).href
    const read = readRelaySettings(env)
    assert.ok(read.ok, read.ok ? '' : read.why)
    const home = 'https://clearing.example'
    const publisher = {
      name: 'Clearing House',
      kind: 'coordinator',
      namespace: home,
      home,
      prefix: 'x_weir',
      cna: CNA,
    } as const
    door = await openDoor({ relay: read.settings, publisher: { ...publisher, contact: 'mailto:desk@clearing.example' } })
    clock.now = () => door.time.now
    // The official check is tested with the advisories; its library takes seconds to load.
    Object.assign(door.desks.advisory, { checkCsaf: async () => [] })
    world = await CaseWorld.open(door)
    coordinator = world.coordinator
    flaw = await anotherFlaw()
    id = (await world.openCase([flaw], { policy: 'cert-cc/45-days' })).row.id
    await world.bring(id, world.vendors[0]!, 'vendor')
  })
  after(async () => {
    await door.close()
    for (const fake of Object.values(fakes)) await fake.close()
  })
  beforeEach(() => {
    for (const fake of Object.values(fakes)) fake.mischief = null
  })

  /** A flaw in a project on GitHub, sent by somebody whose name and address stand in the words. */
  async function anotherFlaw(): Promise<string> {
    const reporter = await member(door.ground, 'Quiet Lab', ['finder'], 'grace@quiet.example')
    await door.ground.store.db.updateTable('person').set({ name: 'Grace Hollow' }).where('id', '=', reporter.id).execute()
    const report = {
      title: 'A long header overflows a buffer',
      text: 'Found by Grace Hollow (grace@quiet.example) of Quiet Lab in parseHeader.',
      target: { purl: 'pkg:npm/%40example/lib', repository: REPOSITORY, version: '1.0.0' },
      weaknesses: ['CWE-787'],
      severities: [{ kind: 'cvss-4.0', value: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N' }],
      provenance: { tool: 'a fuzzer', aiAssisted: true },
      evidence: [{ kind: 'patch', name: 'fix.diff', mediaType: 'text/x-diff', content: '--- a\n+++ b\n', encoding: 'utf8' }],
    }
    const sent = await door.ask('POST', '/v1/reports?format=weir-ndjson', {
      as: reporter.as,
      body: `${JSON.stringify(report)}\n`,
    })
    assert.equal(sent.status, 200)
    const { desks } = door
    await clusterWorker(door.ground, desks.macs, desks.board, desks.hub, (error) => assert.fail(String(error)))(
      {},
      new AbortController().signal,
    )
    const list = await (await door.ask('GET', '/v1/flaws?tab=everything&limit=100', { as: coordinator.as })).json()
    return (list as { rows: { id: string; title: string }[] }).rows.find(({ title }) => title === report.title)!.id
  }

  async function need<T>(answer: Promise<Response>, status: number): Promise<T> {
    const got = await answer
    const text = await got.text()
    assert.equal(got.status, status, text)
    return JSON.parse(text) as T
  }
  type Refusal = { code: string; where: string; detail: string }
  const post = <T = RelayList>(path: string, body: object, status = 200, as: Member = coordinator) =>
    need<T>(door.ask('POST', path, { as: as.as, body }), status)
  const list = () => need<RelayList>(door.ask('GET', `/v1/cases/${id}/relay`, { as: coordinator.as }), 200)
  async function draft(route: string, more: object = {}): Promise<RelayOut> {
    // Two in one millisecond have no order.
    door.time.now += 1
    const { rows } = await post(`/v1/cases/${id}/relay`, { flaw, route, ...more }, 201)
    return rows.at(-1)!
  }
  const send = <T = RelayList>(one: RelayOut, status = 200, digest = one.digest) =>
    post<T>(`/v1/cases/${id}/relay/${one.id}/acts`, { do: 'send', digest }, status)
  const number = <T = RelayList>(act: object, status = 200) => post<T>(`/v1/cases/${id}/flaws/${flaw}/cve`, act, status)
  const known = async () => (await world.view(coordinator, id)).flaws[0]?.cve

  test('a draft shows what is sent and what is not; it is sent once, by a click on what was seen, and its handle is kept', async () => {
    for (const [route, stored] of [
      ['github', () => github.stored.length],
      ['vince', () => vince.stored.length],
      ['akrites', () => akrites.stored.length],
    ] as const) {
      const one = await draft(route, { trigger: 'Send 9,000 bytes.', impact: 'Whoever sends it runs code.' })
      assert.equal(stored(), 0, 'nothing leaves with a draft')
      assert.deepEqual([one.state, one.handle], ['draft', null])
      const said = JSON.stringify([one, github.stored, vince.stored, akrites.stored])
      for (const secret of ['Grace Hollow', 'grace@quiet.example', 'Quiet Lab'])
        assert.ok(!said.includes(secret), `${route}: ${secret}`)
      const other = await send<Refusal>(one, 409, '0'.repeat(64))
      assert.equal(other.where, 'relay.not-seen')
      const after = (await send(one)).rows.find(({ id: of }) => of === one.id)!
      assert.equal(stored(), 1)
      assert.equal(after.state, 'sent')
      assert.ok(after.handle !== null && after.says.includes(after.handle))
      await send(one, 409)
      assert.equal(stored(), 1, 'never twice')
    }
    const sent = JSON.stringify([github.stored, vince.stored])
    assert.ok(sent.includes('Embargo until'), 'the terms go along')
    const papers = await (await world.get(coordinator, id, '/papers')).json()
    assert.equal((papers as { rows: { title: string }[] }).rows.filter(({ title }) => title.startsWith('Draft for')).length, 3)
  })

  test('a report on GitHub goes only where the flaw or its project says; how it was found is not guessed', async () => {
    const elsewhere = await post<Refusal>(
      `/v1/cases/${id}/relay`,
      { flaw, route: 'github', repository: 'https://github.com/stranger/lib' },
      400,
    )
    assert.equal(elsewhere.where, 'repository')
    const other = (await world.openCase([world.flaw(1)])).row.id
    const unsaid = await post<Refusal>(`/v1/cases/${other}/relay`, { flaw: world.flaw(1), route: 'vince' }, 400)
    assert.equal(unsaid.where, 'discovery')
    const said = { flaw: world.flaw(1), route: 'vince', discovery: 'manual' }
    const lacking = await post<Refusal>(`/v1/cases/${other}/relay`, said, 409)
    assert.equal(lacking.where, 'draft.field-missing')
    await post(`/v1/cases/${other}/relay`, { ...said, trigger: 'Open the file.', impact: 'It crashes.' }, 201)
  })

  test('an answer that is lost leaves it unsure until a person says what became of it', async () => {
    const one = await draft('github')
    const before = github.stored.length
    fakes['github']!.mischief = 'lose-answer'
    assert.equal((await send<Refusal>(one, 409)).where, 'relay.unsure')
    fakes['github']!.mischief = null
    assert.equal((await send<Refusal>(one, 409)).where, 'relay.unsure')
    assert.equal(github.stored.length, before + 1)
    const unsure = (await list()).rows.find(({ id: of }) => of === one.id)!
    assert.equal(unsure.state, 'unsure')
    const settle = (handle: unknown, status: number) =>
      post<Refusal>(`/v1/cases/${id}/relay/${one.id}/acts`, { do: 'settle', handle }, status)
    await settle('<b>', 400)
    await settle(github.stored.at(-1)!.id, 200)
    assert.equal((await list()).rows.find(({ id: of }) => of === one.id)!.handle, github.stored.at(-1)!.id)
  })

  test('a person drops a draft with or without a reason; it stays as dropped and is never sent, and what went is not dropped', async () => {
    const [one, other] = [await draft('github'), await draft('github')]
    const drop = <T = RelayList>(of: RelayOut, reason: string | undefined, status = 200) =>
      post<T>(`/v1/cases/${id}/relay/${of.id}/acts`, { do: 'drop', reason }, status)
    const stored = github.stored.length
    await drop(one, ' They have it. ')
    const { rows } = await drop(other, undefined)
    const told = rows.filter(({ id: of }) => of === one.id || of === other.id).map(({ state, says }) => [state, says])
    assert.deepEqual(told, [
      ['dropped', 'It was dropped: They have it.'],
      ['dropped', 'It was dropped.'],
    ])
    assert.equal((await send<Refusal>(one, 409)).where, 'relay.not-begun')
    assert.equal((await drop<Refusal>(one, '', 409)).where, 'sending.dropped')
    assert.equal(github.stored.length, stored)
    const sent = (await list()).rows.find(({ state }) => state === 'sent')!
    assert.equal((await drop<Refusal>(sent, '', 409)).where, 'sending.exists')
    await post(`/v1/cases/${id}/relay/${other.id}/acts`, { do: 'drop' }, 404, world.vendors[0]!)
  })

  test('participants and strangers neither see nor do any of it', async () => {
    for (const as of [world.vendors[0]!, world.stranger, world.finders[0]!]) {
      await need(door.ask('GET', `/v1/cases/${id}/relay`, { as: as.as }), 404)
      await post(`/v1/cases/${id}/relay`, { flaw, route: 'vince' }, 404, as)
      await post(`/v1/cases/${id}/flaws/${flaw}/cve`, { do: 'reserve' }, 404, as)
    }
    const papers = await (await world.get(world.vendors[0]!, id, '/papers')).json()
    assert.deepEqual((papers as { rows: object[] }).rows, [])
  })

  test('a CVE id is kept as asked before it is; a lost answer is found again; it is set in the case', async () => {
    fakes['cve']!.mischief = 'lose-answer'
    assert.equal((await number<Refusal>({ do: 'reserve' }, 409)).where, 'relay.unsure')
    assert.equal((await list()).cves[0]?.state, 'unsure')
    fakes['cve']!.mischief = null
    assert.equal((await number<Refusal>({ do: 'reserve' }, 409)).where, 'relay.unsure', 'never asked twice')
    assert.equal(cve.ids.size, 1)
    assert.equal((await number<Refusal>({ do: 'look' }, 409)).where, 'cve.too-early')
    door.time.now += 2 * SKEW + MINUTE
    const [only] = [...cve.ids.keys()]
    assert.deepEqual((await number({ do: 'look' })).cves[0]?.cve, only)
    assert.equal(await known(), only)
    assert.deepEqual((await number({ do: 'reserve' })).cves[0]?.state, 'reserved')
    assert.equal(cve.ids.size, 1)
  })

  test('its record goes out with the published advisory, and not before; a rejected id makes room for another', async () => {
    assert.equal((await number<Refusal>({ do: 'publish' }, 409)).where, 'cve.no-record')
    const first = await post<AdvisoryView>(`/v1/cases/${id}/advisory`, { summary: 'A header overflows a buffer.' }, 201)
    const path = `/v1/advisories/${first.row.id}`
    assert.ok(first.row.aliases.includes((await known())!) && first.row.aliases.some((one) => one.startsWith('GHSA-')))
    assert.deepEqual(first.missing.cve, [])
    const ready = await post<AdvisoryView>(`${path}/acts`, { version: first.version, act: { do: 'ready' } })
    await world.act(coordinator, id, { do: 'end-embargo', why: 'adversary-knows', reason: 'Seen in the open.' } as never)
    const out = await post<AdvisoryView>(`${path}/acts`, { version: ready.version, act: { do: 'publish' } })
    assert.equal(out.row.state, 'published')
    const published = await number({ do: 'publish' })
    assert.equal(published.cves[0]?.state, 'published')
    const old = (await known())!
    assert.equal(cve.records.get(old)?.kind, 'cna')
    await number({ do: 'reject', reason: '' }, 400)
    assert.equal((await number({ do: 'reject', reason: 'It was no flaw.' })).cves[0]?.state, 'rejected')
    assert.equal(await known(), null)
    const place = `/v1/cases/${id}/flaws/${flaw}/cve`
    const both = await Promise.all([1, 2].map(() => door.ask('POST', place, { as: coordinator.as, body: { do: 'reserve' } })))
    assert.ok(both.some(({ status }) => status === 200))
    const again = (await list()).cves[0]!
    assert.deepEqual([again.state, again.cve === old, cve.ids.size], ['reserved', false, 2])
    await world.pass(DAY)
  })
})
