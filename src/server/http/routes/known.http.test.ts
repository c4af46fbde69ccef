import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { zipSync } from 'fflate'
import type { RecordSources } from '../../../contract/shapes/exposure.ts'
import type { KnownFlawOut, RecordsTaken } from '../../../contract/shapes/records.ts'
import { SCOPES } from '../../../core/access/principal.ts'
import type { Edition } from '../../../core/advisories/edition.ts'
import { type Credential, openDoor, type TestDoor } from '../../../devkit/door.ts'
import { type Member, member } from '../../../devkit/members.ts'
import { SAMPLE_PUBLISHER, sampleEdition } from '../../../devkit/sample-edition.ts'
import { OwnRecords } from '../../app/exposure/known-own.ts'
import { makeToken } from '../../identity/tokens.ts'
import { putAdvisory } from '../../store/advisory.ts'
import { inTransaction } from '../../store/connection.ts'

const CVE = 'CVE-2026-0001'
const osv = (id: string, more: object = {}) => ({
  id,
  modified: '2026-01-01T00:00:00Z',
  summary: `What ${id} says`,
  severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
  affected: [
    {
      package: { ecosystem: 'npm', name: 'a' },
      ranges: [{ type: 'SEMVER', events: [{ introduced: '0' }, { fixed: '1.2.0' }] }],
    },
  ],
  ...more,
})
const lines = (...records: object[]) => records.map((record) => JSON.stringify(record)).join('\n')

describe('the door of public records', () => {
  let door: TestDoor
  let coordinator: Member
  let operator: Member
  before(async () => {
    door = await openDoor()
    coordinator = await member(door.ground, 'Coordination', ['coordinator'])
    operator = await member(door.ground, 'Fjordlight', ['operator'])
  })
  after(async () => await door.close())

  async function ask<T>(as: Credential, method: string, path: string, body?: unknown, status = 200): Promise<T> {
    const answer = await door.ask(method, path, { as, ...(body === undefined ? {} : { body }) })
    const text = await answer.text()
    assert.equal(answer.status, status, `${method} ${path} ${text.slice(0, 300)}`)
    return JSON.parse(text) as T
  }
  const send = <T = RecordsTaken>(query: string, body: string | Uint8Array, status = 200, as: Credential = coordinator.as) =>
    ask<T>(as, 'POST', `/v1/records?${query}`, body, status)

  test('a coordinator brings a file; anyone signed in reads a flaw with its records side by side and why they are one', async () => {
    const bad = '{"id": "GHSA-x\u001b[31m"'
    const taken = await send(
      'name=npm.ndjson&kind=osv',
      gzipSync([lines(osv('GHSA-aaaa-bbbb-cccc', { aliases: [CVE] }), osv('PYSEC-1', { aliases: [CVE] })), bad].join('\n')),
    )
    assert.deepEqual([taken.fresh, taken.setAsideCount, taken.setAside[0]?.why], [2, 1, 'not-readable'])
    const flaw = await ask<KnownFlawOut>(operator.as, 'GET', '/v1/known-flaws/ghsa-AAAA-bbbb-cccc')
    assert.deepEqual([flaw.id, flaw.names], [CVE, [CVE, 'GHSA-aaaa-bbbb-cccc', 'PYSEC-1']])
    assert.deepEqual(flaw.joined.map(({ by }) => by).sort(), ['GHSA-aaaa-bbbb-cccc', 'PYSEC-1'])
    assert.deepEqual(flaw.records[0]?.packages, [{ ecosystem: 'npm', name: 'a', says: ['from 0, fixed 1.2.0'] }])
    assert.deepEqual([flaw.severity?.word, flaw.kev, flaw.epss], ['critical', null, null])
    await send('name=named', lines(osv('DB 2026/1:é?')))
    const odd = await ask<KnownFlawOut>(operator.as, 'GET', `/v1/known-flaws/${encodeURIComponent('DB 2026/1:é?')}`)
    assert.equal(odd.id, 'DB 2026/1:é?')
    await ask(operator.as, 'GET', '/v1/known-flaws/CVE-1999-9999', undefined, 404)
    await ask(null, 'GET', `/v1/known-flaws/${CVE}`, undefined, 401)
  })

  test('what only a catalogue speaks of is known too', async () => {
    const vulnerabilities = [
      { cveID: 'CVE-2026-0007', dateAdded: '2026-02-03', dueDate: '2026-02-24', requiredAction: 'Mend.' },
    ]
    const catalogue = JSON.stringify({ catalogVersion: '2026.02.03', dateReleased: '2026-02-03T12:00:00Z', vulnerabilities })
    await send('name=kev', catalogue)
    const only = await ask<KnownFlawOut>(operator.as, 'GET', '/v1/known-flaws/cve-2026-0007')
    assert.deepEqual([only.records, only.kev?.listed, only.kev?.added], [[], true, '2026-02-03T00:00:00.000Z'])
    assert.equal((await ask<KnownFlawOut>(operator.as, 'GET', `/v1/known-flaws/${CVE}`)).kev?.listed, false)
  })

  test('what came in is listed by feed, with what of it was set aside, and by database', async () => {
    const all = await ask<RecordSources>(operator.as, 'GET', '/v1/records')
    const npm = all.rows.find(({ source }) => source === 'npm.ndjson')
    assert.deepEqual([npm?.kind, npm?.count, npm?.setAsideCount, npm?.setAside.length], ['osv', 2, 1, 1])
    assert.deepEqual([all.held[0]?.source, all.held[0]?.count, all.loaded], ['osv', 3, true])
    assert.deepEqual(all.editions, [{ kind: 'kev', source: 'KEV 2026.02.03', asOf: '2026-02-03T12:00:00.000Z' }])
  })

  test('only who keeps or coordinates brings files, a machine only with the scope for it', async () => {
    for (const role of ['finder', 'maintainer', 'operator', 'inspector', 'developer'] as const) {
      const { as } = await member(door.ground, 'Elsewhere', [role])
      await send('name=x', lines(osv('GHSA-evil')), 404, as)
    }
    const token = async (scopes: readonly (typeof SCOPES)[number][]) => {
      const { id: person, organisation } = coordinator
      const named = { name: 'feeds', organisation, person, roles: ['coordinator' as const], days: 1 }
      return { token: (await makeToken(door.ground, { ...named, scopes: [...scopes] })).secret }
    }
    await send('name=x', lines(osv('GHSA-evil')), 404, await token(SCOPES.filter((scope) => scope !== 'record:send')))
    await send('name=x', lines(osv('GHSA-good')), 200, await token(['record:send']))
    await ask(operator.as, 'GET', '/v1/known-flaws/GHSA-evil', undefined, 404)
  })

  test('hostile files are refused, or set aside in part, and nothing of them stays half', async () => {
    const code = async (query: string, body: string | Uint8Array, status: number) =>
      (await send<{ code: string }>(query, body, status)).code
    assert.equal(await code('name=x', 'hello', 422), 'report.unknown-format')
    assert.equal(await code('name=x', new Uint8Array(0), 422), 'report.unknown-format')
    assert.equal(await code('name=x&kind=sbom', '{}', 400), 'request.invalid')
    assert.equal(await code('name=x&whole=maybe', '{}', 400), 'request.invalid')
    for (const name of ['', 'weir', '%00', '..%0a', '%2Fetc', 'x'.repeat(201)])
      assert.equal(await code(`name=${name}`, lines(osv('GHSA-z')), 400), 'request.invalid', name)
    const cut = gzipSync(lines(...Array.from({ length: 2000 }, (_, n) => osv(`GHSA-${n}`)))).subarray(0, -20)
    assert.equal(await code('name=x', cut, 422), 'report.not-decodable')
    await ask(operator.as, 'GET', '/v1/known-flaws/GHSA-0', undefined, 404)
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const bomb = Buffer.alloc(64 << 20, 0x20)
    const zip = zipSync({
      'good.json': Buffer.from(lines(osv('GHSA-in-zip'))),
      'bomb.json': bomb,
      'notes.txt': Buffer.from('x'),
    })
    const zipped = await send('name=zip', zip)
    assert.deepEqual([zipped.fresh, zipped.setAside.map(({ place, why }) => `${place} ${why}`)], [1, ['bomb.json too-large']])
    const nested = await send('name=deep', `{"id": ${deep}}\n${lines(osv('GHSA-after-deep'))}`)
    assert.deepEqual([nested.fresh, nested.setAsideCount], [1, 1])
    const broken = await send('name=zip2', zip.subarray(0, 40))
    assert.deepEqual([broken.fresh, broken.setAsideCount], [0, 1])
    const proto =
      '{"__proto__": {"id": "x"}, "constructor": 1, "id": "GHSA-proto", "modified": "2026-01-01T00:00:00Z", "affected": []}'
    assert.equal((await send('name=proto', proto)).setAsideCount, 0)
  })

  test('an own advisory is a record once it is published, under its CVE id and its own', async () => {
    const edition = JSON.parse(JSON.stringify(sampleEdition(3)).replaceAll('\\u0000', ' ')) as Edition
    const own = new OwnRecords(door.desks.known, SAMPLE_PUBLISHER)
    await own.follow()
    await inTransaction(door.ground.store, 'all', (tx) =>
      putAdvisory(tx, {
        id: edition.id,
        version: 1,
        state: 'published',
        case: 'cas_x',
        slot: 1,
        body: Buffer.alloc(0),
        public: edition,
        releaseAt: null,
        publishedAt: edition.released,
        changedAt: edition.updated,
      }),
    )
    await own.follow()
    const ours = [...door.desks.known.book.records].filter(({ source }) => source === 'weir')
    assert.ok(ours.length > 0)
    const flaw = await ask<KnownFlawOut>(operator.as, 'GET', `/v1/known-flaws/${encodeURIComponent(ours[0]!.id)}`)
    assert.ok(flaw.records.some(({ source }) => source === 'weir'))
    const { readTo } = door.desks.known.book
    await new OwnRecords(door.desks.known, SAMPLE_PUBLISHER).follow()
    assert.equal(door.desks.known.book.readTo, readTo, 'another process changes nothing')
  })
})
