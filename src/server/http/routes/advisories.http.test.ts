import assert from 'node:assert/strict'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import type { AdvisoryList, AdvisoryPreview, AdvisoryView } from '../../../contract/shapes/advisory.ts'
import type { CalendarOut } from '../../../contract/shapes/case.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../core/kernel/instant.ts'
import { CaseWorld } from '../../../devkit/case-world.ts'
import { openDoor, type TestDoor } from '../../../devkit/door.ts'
import type { Member } from '../../../devkit/members.ts'
import { PublicTree } from '../../app/advisories/public-tree.ts'
import { nextReleaseDue, sweepReleases } from '../../app/advisories/sweep-releases.ts'
import { buildTree } from '../../feeds/build-tree.ts'
import { scanTree } from '../../feeds/scan-tree.ts'
import { Ear } from '../../jobs/ear.ts'
import { clusterWorker } from '../../jobs/workers/cluster.ts'
import { CASES_DUE } from '../../store/case.ts'

type Content = { [name: string]: unknown; flaws: { [name: string]: unknown }[] }

const MARK = 'frobnicator-marker-7731'

describe('an advisory from draft to withdrawal', () => {
  let door: TestDoor
  let world: CaseWorld
  let tree: PublicTree
  let vendor: Member
  let again: string
  let published: string
  before(async () => {
    door = await openDoor()
    world = await CaseWorld.open(door)
    vendor = world.vendors[0]!
    tree = new PublicTree(door.desks.advisory, async (asked) => buildTree(asked))
    await tree.follow()
  })
  after(async () => await door.close())

  const ask = (as: Member | null, method: string, path: string, body?: unknown) =>
    door.ask(method, path, { as: as?.as ?? null, ...(body === undefined ? {} : { body }) })
  async function need<T>(answer: Promise<Response>, status: number): Promise<T> {
    const got = await answer
    const text = await got.text()
    assert.equal(got.status, status, text)
    return JSON.parse(text) as T
  }
  const read = (as: Member | null, id: string) => ask(as, 'GET', `/v1/advisories/${id}`)
  const view = (as: Member | null, id: string) => need<AdvisoryView>(read(as, id), 200)
  const act = async (id: string, what: object, status = 200, as: Member = world.coordinator) => {
    const version = ((await (await read(world.coordinator, id)).json()) as AdvisoryView).version
    return await need<AdvisoryView & { code: string; where: string; detail: string }>(
      ask(as, 'POST', `/v1/advisories/${id}/acts`, { version, act: what }),
      status,
    )
  }
  /** A draft with everything that CSAF needs, full of a marker. */
  async function drafted(of: string, more: object = {}): Promise<AdvisoryView> {
    const first = await need<AdvisoryView>(ask(world.coordinator, 'POST', `/v1/cases/${of}/advisory`, {}), 201)
    const content = filled(first, more)
    const path = `/v1/advisories/${first.row.id}`
    return await need<AdvisoryView>(ask(world.coordinator, 'PUT', path, { version: first.version, content }), 200)
  }
  function filled({ content }: AdvisoryView, more: object = {}): Content {
    const given = content as Content
    const affected = [
      {
        purl: 'pkg:npm/frobnicator',
        vendor: null,
        product: null,
        ranges: [{ scheme: 'semver', repository: null, introduced: null, fixed: '1.2.3', lastAffected: null }],
        versions: [],
        status: 'affected',
        justification: null,
        statement: null,
      },
    ]
    const flaws = given.flaws.map((flaw) => ({ ...flaw, title: `Overflow ${MARK}`, description: `All of ${MARK}.`, affected }))
    return { ...given, title: `About ${MARK}`, summary: `It is ${MARK}.`, flaws, ...more }
  }
  /** A flaw that is in no case. */
  async function another(): Promise<string> {
    const report = { title: 'One more', target: { purl: 'pkg:generic/one-more', version: '1' }, text: 'Words.' }
    const finder = world.finders[0]!
    const body = `${JSON.stringify(report)}\n`
    assert.equal((await door.ask('POST', '/v1/reports?format=weir-ndjson', { as: finder.as, body })).status, 200)
    const { desks } = door
    const group = clusterWorker(door.ground, desks.macs, desks.board, desks.hub, (error) => assert.fail(String(error)))
    await group({}, new AbortController().signal)
    const { rows } = await need<{ rows: { id: string; title: string }[] }>(
      ask(world.coordinator, 'GET', '/v1/flaws?tab=everything&limit=100'),
      200,
    )
    return rows.find(({ title }) => title === report.title)!.id
  }
  const leaks = () => scanTree(door.desks.advisory.feeds, [MARK])
  const strangersSee = async () => JSON.stringify(await need(ask(null, 'GET', '/v1/advisories'), 200))

  test('a draft is made of the case: flaws, what finders and vendors said, credits of those who show themselves', async () => {
    const id = (await world.openCase([world.flaw(3)])).row.id
    await world.bring(id, world.finders[2]!, 'finder')
    await world.bring(id, vendor, 'vendor')
    const party = await world.party(vendor, id)
    await world.act(vendor, id, { do: 'report', party, to: 'valid' } as never)
    await world.act(vendor, id, { do: 'report', party, to: 'accepted' } as never)
    const said = { do: 'state', party, flaw: world.flaw(3), status: 'affected', text: 'All builds since 3.0.' }
    await world.act(vendor, id, said as never)
    const two = await world.colleague(vendor, 'maintainer')
    const draft = () => need<AdvisoryView>(ask(world.coordinator, 'POST', `/v1/cases/${id}/advisory`, {}), 201)
    const first = await draft()
    const flaw = (first.content as Content).flaws[0]!
    assert.deepEqual([flaw['id'], flaw['title']], [world.flaw(3), 'Overflow number 3'])
    assert.deepEqual(flaw['credits'], [{ kind: 'finder', name: 'Finder 3', organisation: null }])
    assert.ok(!JSON.stringify(first).includes('All builds'), 'what is not approved is not there')
    assert.ok(first.missing.csaf.some(({ at }) => at === 'summary'))
    await need(ask(world.coordinator, 'POST', `/v1/cases/${id}/advisory`, {}), 409)
    await world.act(two, id, { do: 'approve-status', party, flaw: world.flaw(3), number: 1 } as never)
    again = first.row.id
    assert.equal((await read(vendor, first.row.id)).status, 200)
    assert.equal((await read(world.stranger, first.row.id)).status, 404)
    assert.equal((await read(null, first.row.id)).status, 404)
  })

  test('who does not read all flaws of a draft does not read the draft; who reads them writes nothing', async () => {
    const id = (await world.openCase([world.flaw(1), world.flaw(2)])).row.id
    await world.bring(id, vendor, 'vendor', { flaws: [world.flaw(1)] })
    await world.bring(id, world.vendors[1]!, 'vendor')
    const { row, version, content } = await drafted(id)
    assert.equal((await read(vendor, row.id)).status, 404)
    const other = await view(world.vendors[1]!, row.id)
    assert.deepEqual([other.may, other.row.case], [[], id])
    const list = async (as: Member) =>
      (await need<AdvisoryList>(ask(as, 'GET', '/v1/advisories'), 200)).drafts.map((one) => one.id)
    assert.ok((await list(world.vendors[1]!)).includes(row.id))
    assert.ok(!(await list(vendor)).includes(row.id))
    await need(ask(world.vendors[1]!, 'PUT', `/v1/advisories/${row.id}`, { version, content }), 404)
    await need(ask(world.vendors[1]!, 'POST', `/v1/advisories/${row.id}/acts`, { version, act: { do: 'ready' } }), 404)
    const foreign = { ...(content as Content), flaws: [{ ...(content as Content).flaws[0], id: world.flaw(3) }] }
    const refused = await need<{ where: string }>(
      ask(world.coordinator, 'PUT', `/v1/advisories/${row.id}`, { version, content: foreign }),
      400,
    )
    assert.equal(refused.where, 'content/flaws/0')
    for (const content of [{}, { flaws: 'x' }, { flaws: [null] }, { title: 7, flaws: [] }])
      await need(ask(world.coordinator, 'PUT', `/v1/advisories/${row.id}`, { version, content }), 400)
    // It goes with the case's key.
    await world.act(world.coordinator, id, { do: 'close', why: 'enough' } as never)
    await sweepReleases(door.desks.advisory)
    assert.equal((await read(world.coordinator, row.id)).status, 404)
  })

  test('nothing of it is anywhere public before its instant, all of it after; corrected and withdrawn it stays listed', async (t) => {
    const id = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row.id
    published = id
    await world.bring(id, vendor, 'vendor')
    const draft = await drafted(id)
    const advisory = draft.row.id
    assert.equal((await act(advisory, { do: 'publish' }, 409)).where, 'act/without')
    const without = ['cve']
    assert.equal((await act(advisory, { do: 'publish', without }, 409)).code, 'advisory.refused')
    const preview = await need<AdvisoryPreview>(ask(vendor, 'GET', `/v1/advisories/${advisory}/preview?format=csaf`), 200)
    assert.deepEqual(preview.faults, [])
    assert.ok(preview.files[0]?.text.includes(MARK))
    await act(advisory, { do: 'ready' })
    assert.equal((await act(advisory, { do: 'publish', without }, 409)).where, 'embargo.stands')
    const at = world.in(45 * DAY + HOUR)
    const ear = new Ear(door.ground.store)
    t.after(() => ear.close())
    const woken = Promise.withResolvers<string>()
    await ear.hear(CASES_DUE, () => woken.resolve('woken'))
    const planned = await act(advisory, { do: 'publish', at, without })
    assert.deepEqual([planned.row.releaseAt, planned.without, planned.publish?.may], [at, without, false])
    assert.equal(await nextReleaseDue(door.desks.advisory), Date.parse(at))
    assert.equal(await Promise.race([woken.promise, wait(5000, 'still asleep', { ref: false })]), 'woken')
    const releases = async (as: Member) =>
      (await need<CalendarOut>(ask(as, 'GET', '/v1/calendar'), 200)).rows
        .filter(({ what }) => what === 'release')
        .map((one) => one.at)
    assert.deepEqual([await releases(vendor), await releases(world.vendors[1]!)], [[at], []])
    await tree.follow()
    assert.deepEqual(leaks(), [])
    assert.ok(!(await strangersSee()).includes(MARK))

    // The embargo's end opens nothing, and the plan waits for its own instant.
    await world.pass(45 * DAY + 10 * MINUTE)
    assert.equal(await sweepReleases(door.desks.advisory), 0)
    await tree.follow()
    assert.deepEqual(leaks(), [])
    // One clock says that it has come, the other does not; then they are too far apart to be believed.
    door.time.now += 50 * MINUTE - SECOND
    door.time.second = 2 * SECOND
    assert.equal(await sweepReleases(door.desks.advisory), 0)
    door.time.now += 2 * SECOND
    door.time.second = -3 * SECOND
    assert.equal(await sweepReleases(door.desks.advisory), 0)
    assert.equal((await read(null, advisory)).status, 404)
    assert.equal((await act(advisory, { do: 'publish', without }, 503)).code, 'server.unavailable')
    door.time.second = -1 * SECOND
    assert.equal(await sweepReleases(door.desks.advisory), 1)
    assert.equal(await nextReleaseDue(door.desks.advisory), null)
    assert.equal((await view(null, advisory)).row.state, 'published')
    assert.deepEqual(leaks(), [], 'the tree follows, it never leads')
    await tree.follow()
    assert.ok(leaks().length > 3)
    assert.ok((await strangersSee()).includes(MARK))
    const shown = await view(null, advisory)
    assert.deepEqual([shown.row.case, shown.publish, shown.may], [null, null, []])
    assert.ok(!JSON.stringify(shown).includes(id), 'the case has no public name')
    const noted = await world.view(world.coordinator, id)
    assert.equal(noted.flaws[0]?.public?.evidence, advisory)

    // Exactly the bytes of the preview but for the instants, and of the ledger.
    const csaf = shown.files.find((path) => path.startsWith('csaf/'))!
    const served = await door.ask('GET', `/${csaf}`, { as: null })
    const text = await served.text()
    assert.equal(JSON.parse(text).document.title, `About ${MARK}`)
    const dates = (of: string) => of.replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '')
    const early = preview.files[0]!
    assert.equal(dates(text), dates(early.text.replaceAll(early.path, csaf)))

    door.time.second = 0
    door.time.now += DAY
    await world.pass(2 * HOUR)
    const corrected = { do: 'correct', content: filled(shown, { summary: 'Corrected words.' }), what: 'The summary was wrong.' }
    const after = await act(advisory, corrected)
    assert.deepEqual([after.row.state, after.row.revision], ['corrected', 2])
    assert.equal((await act(advisory, corrected, 409)).where, 'advisory.unchanged')
    door.time.now += MINUTE
    await act(advisory, { do: 'withdraw', reason: 'It was no flaw.' })
    door.time.now += MINUTE
    await tree.follow()
    const index = JSON.parse(await (await door.ask('GET', '/advisories/index.json')).text())
    assert.deepEqual(
      index.advisories.map(({ state }: { state: string }) => state),
      ['withdrawn'],
    )
    const last = await view(null, advisory)
    assert.deepEqual([last.row.state, last.withdrawn?.reason], ['withdrawn', 'It was no flaw.'])
    assert.equal((await act(advisory, { do: 'ready' }, 409)).where, 'advisory.wrong-state')
  })

  test('a crash between the release and the tree, or amid a build, leaves the old tree, and the next start makes it up', async () => {
    const marker = 'after-the-crash-5512'
    const { version, content } = await view(world.coordinator, again)
    const given = filled({ content } as AdvisoryView, { title: marker })
    await need(ask(world.coordinator, 'PUT', `/v1/advisories/${again}`, { version, content: given }), 200)
    await act(again, { do: 'ready' })
    await act(again, { do: 'publish', without: ['cve'] })
    const folder = door.desks.advisory.feeds
    const shown = async () => await (await door.ask('GET', '/advisories/index.json')).text()
    const before = await shown()
    assert.ok(!before.includes(marker))
    // What a build that was killed leaves: half a tree, and a link that was not moved.
    mkdirSync(join(folder, 'tree-900', 'csaf'), { recursive: true })
    writeFileSync(join(folder, 'tree-900', 'csaf', 'index.txt'), 'half')
    symlinkSync('tree-900', join(folder, '.current.draft'))
    assert.equal(await shown(), before)
    await new PublicTree(door.desks.advisory, async (asked) => buildTree(asked)).follow()
    assert.ok((await shown()).includes(marker))
    assert.ok(!readdirSync(folder).includes('tree-900'))
    assert.ok(!readFileSync(join(folder, 'current', 'csaf', 'index.txt'), 'utf8').includes('half'))
  })

  test('files say what they are, are asked again by their ETag, and for good by their digest; no path leads out', async () => {
    const get = (path: string, headers: Record<string, string> = {}) => door.ask('GET', path, { headers })
    const feed = await get('/feed.atom', { cookie: 'weir_session=whatever' })
    assert.deepEqual([feed.status, feed.headers.get('content-type')], [200, 'application/atom+xml; charset=utf-8'])
    assert.equal(feed.headers.get('cache-control'), 'public, max-age=60')
    const etag = feed.headers.get('etag')!
    assert.equal((await get('/feed.atom', { 'if-none-match': etag })).status, 304)
    const kept = await get(`/feed.atom?sha256=${etag.slice(1, -1)}`)
    assert.equal(kept.headers.get('cache-control'), 'public, max-age=31536000, immutable')
    assert.equal((await get(`/feed.atom?sha256=${'0'.repeat(64)}`)).status, 404)
    assert.equal((await get('/.well-known/csaf/provider-metadata.json')).status, 200)
    for (const path of [
      '/csaf/../../../data/x.json',
      '/csaf/%2e%2e/%2e%2e/secret.json',
      '/osv/none.json',
      '/csaf/__proto__.json',
    ])
      assert.equal((await get(path)).status, 404, path)
  })

  test('hostile text stays text in every format, preview and answer', async () => {
    const id = (await world.openCase([world.flaw(2)])).row.id
    const hostile = '<script>alert(1)</script>\u202e\u0000 ]]> [x](javascript:alert(1)) {jndi:x}'
    const first = await need<AdvisoryView>(ask(world.coordinator, 'POST', `/v1/cases/${id}/advisory`, {}), 201)
    const base = filled(first, { title: hostile, summary: hostile })
    const flaws = base.flaws.map((flaw) => ({ ...flaw, title: hostile, description: hostile }))
    const path = `/v1/advisories/${first.row.id}`
    await need(ask(world.coordinator, 'PUT', path, { version: first.version, content: { ...base, flaws } }), 200)
    for (const format of ['csaf', 'osv', 'cve', 'atom']) {
      const { files, faults } = await need<AdvisoryPreview>(
        ask(world.coordinator, 'GET', `${path}/preview?format=${format}`),
        200,
      )
      assert.deepEqual(faults, [])
      for (const { text } of files) {
        assert.ok(!/[\u0000\u202e]/.test(text), format)
        if (format === 'atom') assert.ok(!text.includes('<script>'))
        if (format === 'osv') assert.ok(!JSON.parse(text).details.includes('[x](javascript'))
      }
    }
    await act(first.row.id, { do: 'ready' })
    await act(first.row.id, { do: 'publish', without: ['cve'] })
    await tree.follow()
    const feed = await (await door.ask('GET', '/feed.atom')).text()
    assert.ok(!feed.includes('<script>'))
    assert.equal((await door.ask('GET', '/feed.atom')).headers.get('content-security-policy'), "sandbox; default-src 'none'")
  })

  test('everybody’s word lets it out before the end, and that ends the embargo', async () => {
    await world.act(world.coordinator, published, { do: 'close', why: 'over' } as never)
    const id = (await world.openCase([world.flaw(1)], { policy: 'cert-cc/45-days' })).row.id
    await world.bring(id, vendor, 'vendor')
    const { row } = await drafted(id)
    await act(row.id, { do: 'ready' })
    await world.act(vendor, id, { do: 'agree-to-publish', party: await world.party(vendor, id) } as never)
    assert.equal((await act(row.id, { do: 'publish', without: ['cve'] }, 409)).where, 'embargo.stands')
    const chair = await world.party(world.coordinator, id)
    await world.act(world.coordinator, id, { do: 'agree-to-publish', party: chair } as never)
    assert.equal((await act(row.id, { do: 'publish', without: ['cve'] })).row.state, 'published')
    const after = await world.view(world.coordinator, id)
    assert.deepEqual([after.embargo.state, after.embargo.ended?.why], ['exited', 'public'])
    published = id
  })

  test('a draft follows its case into the one that it is merged with; it must be made ready again there', async () => {
    await world.act(world.coordinator, published, { do: 'close', why: 'over' } as never)
    const [one, into] = [await world.openCase([world.flaw(1)]), await world.openCase([await another()])]
    const { row } = await drafted(one.row.id)
    await act(row.id, { do: 'ready' })
    assert.equal(await nextReleaseDue(door.desks.advisory), null)
    await world.act(world.coordinator, into.row.id, { do: 'merge', from: one.row.id } as never)
    assert.equal(await nextReleaseDue(door.desks.advisory), 0, 'a draft without its case waits for nothing')
    await sweepReleases(door.desks.advisory)
    assert.equal(await nextReleaseDue(door.desks.advisory), null)
    const moved = await view(world.coordinator, row.id)
    assert.deepEqual([moved.row.case, moved.row.state], [into.row.id, 'draft'])
    await act(row.id, { do: 'ready' })
    assert.equal((await act(row.id, { do: 'publish', without: ['cve'] })).row.state, 'published')
    published = into.row.id
  })

  test('of two who publish at once one does; a version that is not the newest is refused', async () => {
    await world.act(world.coordinator, published, { do: 'close', why: 'over' } as never)
    const { row } = await drafted((await world.openCase([world.flaw(1)])).row.id)
    const ready = await act(row.id, { do: 'ready' })
    const publish = () =>
      ask(world.coordinator, 'POST', `/v1/advisories/${row.id}/acts`, {
        version: ready.version,
        act: { do: 'publish', without: ['cve'] },
      })
    const both = await Promise.all([publish(), publish()])
    assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409])
    assert.equal((await publish()).status, 409)
    await door.desks.ledger.turn()
    door.time.now += 10 * MINUTE
    await door.desks.ledger.turn()
    const proof = await ask(null, 'GET', `/v1/advisories/${row.id}/proof`)
    assert.ok([200, 503].includes(proof.status), await proof.text())
  })
})
