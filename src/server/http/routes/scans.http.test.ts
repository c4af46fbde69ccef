import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import type {
  CertificateOut,
  ClaimList,
  ClaimOut,
  CoverageOut,
  OptOutOut,
  ScanFeed,
  ScanRequestList,
} from '../../../contract/shapes/scan.ts'
import { DAY, formatInstant, instant } from '../../../core/kernel/instant.ts'
import { RENEWALS } from '../../../core/scans/claim.ts'
import { CLAIM_QUOTA } from '../../../core/scans/claim-quota.ts'
import { PAYLOAD_TYPE } from '../../../core/scans/clean-scan.ts'
import { pae } from '../../../core/validation/signed/pae.ts'
import { type Credential, openDoor, type TestDoor } from '../../../devkit/door.ts'
import { member } from '../../../devkit/members.ts'
import { sweepClaims } from '../../app/scans/sweep-claims.ts'

describe('who scans what', () => {
  let door: TestDoor
  let lab: Credential
  let firm: Credential
  let coordinator: Credential
  before(async () => {
    door = await openDoor()
    await wait(0)
  })
  after(async () => await door.close())

  /** Time goes by; sessions end with it, so everybody signs in again. */
  async function wait(ms: number): Promise<void> {
    door.time.now += ms
    lab = (await member(door.ground, 'Lab', ['finder'])).as
    firm = (await member(door.ground, 'Firm', ['finder'])).as
    coordinator = (await member(door.ground, 'Coordination', ['coordinator'])).as
  }

  async function post<T>(as: Credential, path: string, body: unknown, status = 201): Promise<T> {
    const answer = await door.ask('POST', path, { as, body })
    const json = await answer.json()
    assert.equal(answer.status, status, JSON.stringify(json))
    return json as T
  }
  const get = async <T>(as: Credential, path: string): Promise<T> => (await (await door.ask('GET', path, { as })).json()) as T
  const claim = (as: Credential, target: string, more: object = {}, status = 201) =>
    post<ClaimOut & { code: string; where: string }>(as, '/v1/claims', { target, ...more }, status)
  const stated = () => ({ source: 'https://example.org/SECURITY.md', on: formatInstant(instant(door.time.now)) })

  test('an overlap is told to both sides as match and contact, and nothing of what the other scans', async () => {
    const first = await claim(lab, 'pkg:npm/both', { path: 'src', reach: 'scans@lab.example' })
    assert.deepEqual(first.overlaps, [])
    const second = await claim(firm, 'pkg:npm/both', { path: 'src/secret-place', weakness: 'CWE-416' })
    assert.deepEqual(
      second.overlaps.map(({ reach }) => reach),
      ['scans@lab.example'],
    )
    const { rows } = await get<ClaimList>(lab, '/v1/claims')
    const told = rows.find(({ id }) => id === first.id)!
    assert.equal(told.overlaps.length, 1)
    assert.equal(told.overlaps[0]!.reach, null)
    const text = JSON.stringify(rows)
    for (const word of ['secret-place', 'CWE-416', 'Firm', second.id, 'org_']) assert.ok(!text.includes(word), word)
    // The two contacts differ, and coordination can say whose each is; a finder cannot.
    const [labs, firms] = [told.overlaps[0]!.contact, second.overlaps[0]!.contact]
    assert.notEqual(labs, firms)
    assert.equal((await get<{ name: string }>(coordinator, `/v1/scan-contacts/${labs}`)).name, 'Firm')
    assert.equal((await get<{ name: string }>(coordinator, `/v1/scan-contacts/${firms}`)).name, 'Lab')
    assert.equal((await door.ask('GET', `/v1/scan-contacts/${labs}`, { as: lab })).status, 404)
  })

  test('what does not overlap is told nothing, and one’s own second claim is no overlap', async () => {
    await claim(lab, 'pkg:npm/apart', { to: '1.9.9' })
    assert.deepEqual((await claim(firm, 'pkg:npm/apart', { from: '2.0.0' })).overlaps, [])
    assert.deepEqual((await claim(lab, 'pkg:npm/apart', { to: '1.0.0' })).overlaps, [])
    assert.equal((await claim(firm, 'pkg:npm/apart', { from: '1.5.0' })).overlaps.length, 1)
  })

  test('a package and the repository that its project names are one target', async () => {
    await claim(lab, 'pkg:npm/known')
    await door.ground.store.db
      .insertInto('project')
      .values({
        id: 'prj_1',
        version: 1,
        purl: 'pkg:npm/known',
        repository: 'https://git.example.org/known/known.git',
        name: 'known',
        terms: '{}',
        source: 'test',
        entered_at: new Date(door.time.now) as never,
        changed_at: new Date(door.time.now) as never,
        steward_body: null,
        organisation_id: null,
        paused_until: null,
        due_at: null,
        entered_by: null,
      })
      .execute()
    assert.equal((await claim(firm, 'https://git.example.org/known/known', { path: 'x' })).overlaps.length, 1)
  })

  test('the same key gives the same claim and counts once; for another target it is refused', async () => {
    const one = await claim(lab, 'pkg:npm/key', { key: 'k1' })
    assert.deepEqual(await claim(lab, 'pkg:npm/key', { key: 'k1' }, 200), one)
    const told = { target: 'pkg:npm/key', path: 'y', key: 'k2' }
    await claim(firm, 'pkg:npm/key', { reach: 'one' })
    await claim(firm, 'pkg:npm/key', { path: 'y', reach: 'two' })
    const again = await claim(lab, 'pkg:npm/key', told)
    assert.equal(again.overlaps.length, 1)
    assert.deepEqual(await claim(lab, 'pkg:npm/key', told, 200), again)
    assert.equal((await claim(lab, 'pkg:npm/other', { key: 'k1' }, 409)).where, 'claim.key-used')
    assert.notEqual((await claim(firm, 'pkg:npm/key', { key: 'k1', path: 'x' })).id, one.id)
  })

  test('many at once: of two that overlap at least one is told at once, and both in the end', async () => {
    const both = await Promise.all(
      Array.from({ length: 6 }, (_, n) => claim(n % 2 === 0 ? lab : firm, 'pkg:npm/race', { path: `p/${Math.floor(n / 2)}` })),
    )
    for (const one of both) {
      const { rows } = await get<ClaimList>(both.indexOf(one) % 2 === 0 ? lab : firm, '/v1/claims?limit=500')
      assert.equal(rows.find(({ id }) => id === one.id)?.overlaps.length, 1, one.path ?? '')
    }
  })

  test('a claim is renewed, released, lapses at its end, and nobody else touches it', async () => {
    const one = await claim(lab, 'pkg:npm/life', { days: 2 })
    const act = (as: Credential, body: object, status: number) => post<ClaimOut>(as, `/v1/claims/${one.id}/acts`, body, status)
    await act(firm, { do: 'release' }, 404)
    const renewed = await act(lab, { do: 'renew', days: 3 }, 200)
    assert.deepEqual([renewed.endsAt, renewed.renewalsLeft], [formatInstant(instant(door.time.now + 3 * DAY)), RENEWALS - 1])
    assert.equal((await act(lab, { do: 'release' }, 200)).state, 'released')
    assert.deepEqual((await claim(firm, 'pkg:npm/life')).overlaps, [])
    const two = await claim(lab, 'pkg:npm/lapse', { days: 1 })
    await wait(DAY)
    // Over is over, whether the clock was told or not.
    assert.deepEqual((await claim(firm, 'pkg:npm/lapse')).overlaps, [])
    assert.ok((await sweepClaims(door.ground)) > 0)
    const { rows } = await get<ClaimList>(lab, '/v1/claims?limit=500')
    assert.equal(rows.find(({ id }) => id === two.id)?.state, 'lapsed')
  })

  test('who has learned of enough overlaps today learns no more, overlap or not', async () => {
    const sign = async () => (await member(door.ground, 'Probe', ['finder'])).as
    const probe = await sign()
    await claim(lab, 'pkg:npm/probed')
    for (let n = 0; n < CLAIM_QUOTA.overlaps; n++) await claim(probe, 'pkg:npm/probed', { path: `p${n}` })
    const refused = [await claim(probe, 'pkg:npm/probed', { path: 'q' }, 429), await claim(probe, 'pkg:npm/none', {}, 429)]
    assert.deepEqual(refused[0], refused[1])
    assert.equal(refused[0]!.where, 'quota.overlaps')
    await wait(DAY)
    await claim(await sign(), 'pkg:npm/none')
  })

  test('hostile bodies are refused and store nothing', async () => {
    const count = async () => (await get<ClaimList>(firm, '/v1/claims?limit=500')).rows.length
    const before = await count()
    const bodies: unknown[] = [
      {},
      { target: 'x' },
      { target: 'pkg:npm/x', days: 15 },
      { target: 'pkg:npm/x', days: '7' },
      { target: 'pkg:npm/x', extra: 1 },
      { target: 'pkg:npm/x', path: '../../etc' },
      { target: 'pkg:npm/x', reach: 'a\u202eb' },
      { target: 'x'.repeat(600) },
      { target: 'https://github.com/apache' },
      { target: 'pkg:github/torvalds/linux' },
      { target: ['pkg:npm/x'] },
      'null',
      '[',
    ]
    for (const body of bodies) {
      const { status } = await door.ask('POST', '/v1/claims', { as: firm, body })
      assert.ok(status === 400 || status === 422, `${JSON.stringify(body)} gave ${status}`)
    }
    assert.equal(await count(), before)
  })

  test('nothing of a claim stands readable in the records', async () => {
    await claim(lab, 'pkg:npm/marker-of-a-claim', { path: 'marker/path', reach: 'marker-reach', key: 'marker-key' })
    for (const table of ['scan_claim', 'scan_overlap', 'scan_day', 'event']) {
      const { rows } = await door.database.owner.query(`select t::text as row from weir.${table} t`)
      const hex = Buffer.from('marker').toString('hex')
      for (const { row } of rows) assert.ok(!row.includes('marker') && !row.includes(hex), table)
    }
  })

  test('an opt-out is entered with its source, keeps claims out, is in the feed and the ledger, and is withdrawn', async () => {
    const body = { do: 'state', target: 'https://github.com/quiet/place', ...stated(), says: { kind: 'no-scans' } }
    const optOut = await post<OptOutOut>(coordinator, '/v1/opt-outs', body)
    assert.equal((await claim(lab, 'pkg:github/quiet/place', { path: 'x' }, 409)).where, 'target.opted-out')
    await wait(120_000)
    const feed = await get<ScanFeed>(null, '/v1/feed/scans.json')
    assert.deepEqual(
      feed.optOuts.find(({ id }) => id === optOut.id),
      optOut,
    )
    assert.ok(!JSON.stringify(feed).includes('per_'))
    await door.desks.ledger.turn()
    const proof = await get<{ statement: { id: string } }>(null, `/v1/scan-proofs/${optOut.id}`)
    assert.equal(proof.statement.id, optOut.id)
    await post(coordinator, '/v1/opt-outs', { do: 'withdraw', id: optOut.id })
    assert.equal(
      (await door.ask('POST', '/v1/opt-outs', { as: coordinator, body: { do: 'withdraw', id: optOut.id } })).status,
      409,
    )
    await claim(lab, 'pkg:github/quiet/place')
    const asked = { ...body, target: 'pkg:npm/asked-first', says: { kind: 'with-consent' } }
    await post(coordinator, '/v1/opt-outs', asked)
    assert.equal((await claim(lab, 'pkg:npm/asked-first', {}, 409)).where, 'target.needs-consent')
    assert.deepEqual((await claim(lab, 'pkg:npm/asked-first', { consent: 'J. Doe, by mail' })).conditions, [
      { kind: 'with-consent' },
    ])
  })

  test('a route is entered, listed by its target and withdrawn', async () => {
    const route = { do: 'state', target: 'pkg:npm/routed', ...stated(), kind: 'mail', address: 'security@example.org' }
    const { id } = await post<{ id: string }>(coordinator, '/v1/scan-routes', route)
    const listed = await get<{ rows: { id: string }[] }>(lab, '/v1/scan-routes?target=pkg:npm/routed@1.0.0')
    assert.deepEqual(
      listed.rows.map((row) => row.id),
      [id],
    )
    assert.equal(
      (await door.ask('POST', '/v1/scan-routes', { as: coordinator, body: { ...route, address: 'nowhere' } })).status,
      400,
    )
    await post(coordinator, '/v1/scan-routes', { do: 'withdraw', id })
    assert.deepEqual((await get<{ rows: unknown[] }>(lab, '/v1/scan-routes?target=pkg:npm/routed')).rows, [])
  })

  test('a request is ranked, taken as a claim, free again when that ends, and shows finders nothing of claims', async () => {
    const ask = (target: string, criticality: number) =>
      post<ScanRequestList>(coordinator, '/v1/scan-requests', {
        do: 'ask',
        target,
        criticality,
        source: 'criticality list, 2026',
      })
    await ask('pkg:npm/low', 10)
    await ask('pkg:npm/high', 90)
    const list = async (as: Credential) => (await get<ScanRequestList>(as, '/v1/scan-requests')).rows
    assert.deepEqual(
      (await list(lab)).map(({ target, score }) => [target, score]),
      [
        ['pkg:npm/high', 90],
        ['pkg:npm/low', 10],
      ],
    )
    // A claim that ended: coordination ranks by it, a finder's list stays as it was.
    const quiet = await claim(firm, 'pkg:npm/high', { path: 'x' })
    await post(firm, `/v1/claims/${quiet.id}/acts`, { do: 'release' }, 200)
    assert.deepEqual(
      (await list(lab)).map(({ score }) => score),
      [90, 10],
    )
    assert.ok((await list(coordinator)).some(({ target, score }) => target === 'pkg:npm/high' && score! < 1))
    const [top] = await list(lab)
    const taken = await post<ClaimOut>(lab, `/v1/scan-requests/${top!.id}/take`, {})
    assert.deepEqual([taken.target, taken.request], ['pkg:npm/high', top!.id])
    assert.deepEqual(
      (await list(firm)).map((row) => [row.target, row.taken]),
      [
        ['pkg:npm/low', false],
        ['pkg:npm/high', true],
      ],
    )
    await post(lab, `/v1/claims/${taken.id}/acts`, { do: 'release' }, 200)
    assert.ok((await list(firm)).every((row) => !row.taken))
    await post(coordinator, '/v1/scan-requests', { do: 'close', id: top!.id })
    assert.equal((await door.ask('POST', `/v1/scan-requests/${top!.id}/take`, { as: lab, body: {} })).status, 409)
  })

  const scan = () => ({
    target: 'https://github.com/clean/code',
    commit: 'c'.repeat(40),
    path: 'src',
    weakness: 'CWE-416',
    methods: ['fuzzing'],
    tools: [{ name: 'libfuzzer', version: '18.1' }],
    finishedAt: formatInstant(instant(door.time.now)),
  })

  test('a certificate is signed here, or by the organisation; both verify, stand in the feed, and once', async () => {
    const here = await post<CertificateOut>(lab, '/v1/certificates', { signed: 'here', ...scan() })
    assert.equal(here.by, 'Lab')
    const payload = Buffer.from(here.envelope.payload, 'base64')
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(here.key, 'base64')])
    const key = await crypto.subtle.importKey('spki', spki, 'Ed25519', false, ['verify'])
    const sig = Buffer.from(here.envelope.signatures[0]!.sig, 'base64')
    assert.ok(await crypto.subtle.verify('Ed25519', key, sig, pae(PAYLOAD_TYPE, payload) as never))

    const statement = JSON.parse(payload.toString('utf8'))
    statement.predicate.by = 'Firm'
    const pair = generateKeyPairSync('ed25519')
    const raw = pair.publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')
    const keyid = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(raw, 'base64'))).toString('hex')
    const signed = (value: unknown) => {
      const bytes = Buffer.from(JSON.stringify(value))
      const sig = sign(null, pae(PAYLOAD_TYPE, bytes), pair.privateKey).toString('base64')
      return {
        signed: 'by-us',
        key: raw,
        envelope: { payloadType: PAYLOAD_TYPE, payload: bytes.toString('base64'), signatures: [{ keyid, sig }] },
      }
    }
    const theirs = await post<CertificateOut>(firm, '/v1/certificates', signed(statement))
    assert.equal(theirs.by, 'Firm')
    assert.equal((await post<CertificateOut>(firm, '/v1/certificates', signed(statement))).id, theirs.id)
    const refused = async (body: object, as: Credential = firm) =>
      (await (await door.ask('POST', '/v1/certificates', { as, body })).json()).where as string
    assert.equal(await refused(signed(statement), lab), 'certificate.malformed')
    assert.equal(await refused(signed({ ...statement, note: 'overflow in parse()' })), 'certificate.malformed')
    const good = signed(statement)
    const [one] = good.envelope.signatures
    const bent = {
      ...good,
      envelope: { ...good.envelope, signatures: [{ ...one!, sig: Buffer.alloc(64).toString('base64') }] },
    }
    assert.equal(await refused(bent), 'certificate.not-signed')
    await wait(120_000)
    const feed = await get<ScanFeed>(null, '/v1/feed/scans.json')
    assert.ok([here, theirs].every(({ id }) => feed.certificates.some((row) => row.id === id)))
    await door.desks.ledger.turn()
    const proof = await get<{ statement: { digest: string } }>(null, `/v1/scan-proofs/${here.id}`)
    assert.equal(proof.statement.digest, here.digest)
    const unnamed = await post<CertificateOut>(lab, '/v1/certificates', { signed: 'here', ...scan(), named: false })
    assert.ok(unnamed.by === null && !JSON.stringify(unnamed).includes('Lab'))
  })

  test('the map tells certificates, and claims only of three organisations and in whole weeks', async () => {
    const names = ['One', 'Two', 'Three']
    const row = async () =>
      (await get<CoverageOut>(lab, '/v1/coverage')).rows.find(({ target }) => target === 'pkg:npm/covered')
    for (const name of names) {
      const as = (await member(door.ground, name, ['finder'])).as
      const { id } = await claim(as, 'pkg:npm/covered', { weakness: 'use-after-free' })
      await post(as, `/v1/claims/${id}/acts`, { do: 'release' }, 200)
      assert.equal(await row(), undefined)
    }
    await wait(8 * DAY)
    const told = await row()
    assert.deepEqual([told?.organisations, told?.classes], ['3-4', ['use-after-free']])
    assert.equal(new Date(told!.lastWeek!).getUTCDay(), 1)
    const rows = (await get<CoverageOut>(lab, '/v1/coverage')).rows
    assert.deepEqual(rows.find(({ target }) => target === 'pkg:github/clean/code')?.classes, ['use-after-free'])
    assert.ok(!JSON.stringify(rows).includes('pkg:npm/both'))
  })

  test('claims are in no feed, and what ended long ago is gone with its key', async () => {
    assert.ok(!JSON.stringify(await get<ScanFeed>(null, '/v1/feed/scans.json')).includes('clm_'))
    await wait(400 * DAY)
    while ((await sweepClaims(door.ground)) > 0) {}
    const { rows: slots } = await door.database.owner.query('select key_slot from weir.scan_claim order by seq limit 1')
    await wait(400 * DAY)
    await sweepClaims(door.ground)
    const { rows } = await door.database.owner.query(`select count(*)::int as n from weir.scan_claim`)
    assert.equal(rows[0].n, 1)
    assert.deepEqual(door.ground.keys.get([slots[0].key_slot]), [null])
    assert.equal((await claim(lab, 'pkg:npm/both')).overlaps.length, 0)
  })
})
