import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { createServer as createSecureServer } from 'node:https'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { inspect } from 'node:util'
import { draftForAkrites } from '../../core/cases/relay/akrites-draft.ts'
import { learnAlias } from '../../core/cases/relay/alias.ts'
import { draftForGithub } from '../../core/cases/relay/github-draft.ts'
import type { Drafted, RelayDraft, RelayRoute } from '../../core/cases/relay/relay-draft.ts'
import { refuseRelay } from '../../core/cases/relay/relay-refusal.ts'
import type { RelaySource } from '../../core/cases/relay/relay-source.ts'
import { type Sending, UNDER_WAY } from '../../core/cases/relay/sending.ts'
import { draftForVince } from '../../core/cases/relay/vince-draft.ts'
import { type Instant, instant } from '../../core/kernel/instant.ts'
import { type FakeRelay, type Mischief, openFakeRelay } from '../../devkit/fake-relay.ts'
import { type FakeAkrites, fakeAkrites } from '../../devkit/fake-relay-akrites.ts'
import { type FakeGithub, fakeGithub } from '../../devkit/fake-relay-github.ts'
import { type FakeJournals, fakeJournals } from '../../devkit/fake-relay-journal.ts'
import { relayFile, relaySource, sha256 } from '../../devkit/fake-relay-source.ts'
import { type FakeVince, fakeVince } from '../../devkit/fake-relay-vince.ts'
import { exchange, type Outgoing } from './exchange.ts'
import type { Outcome } from './outcome.ts'
import { type RelayDeps, sendRelay, settleRelay } from './send-relay.ts'
import { type RelaySettings, readRelaySettings } from './settings.ts'

const TOKEN = 'sesame-open-4711'
const NOW = instant(Date.UTC(2026, 10, 21, 12))
const PLACE = { owner: 'example', repository: 'lib' }
const CONTACT = { name: 'Desk', organisation: 'Clearing House', email: 'desk@clearing.example' }
const ANSWERS = {
  contact: CONTACT,
  shareContact: false,
  nameCredits: true,
  industrialControl: false,
  machineLearning: true,
  coordinateWithCisa: false,
  planToDisclose: true,
  vendorContact: 'We wrote twice.',
}

const ROUTES: readonly RelayRoute[] = ['github', 'vince', 'akrites']

function draftFor(route: RelayRoute, over: Partial<RelaySource> = {}): RelayDraft {
  const source = relaySource(over)
  const made: Readonly<Record<RelayRoute, () => Drafted>> = {
    github: () => draftForGithub(source, true, sha256),
    vince: () => draftForVince(source, ANSWERS, sha256),
    akrites: () => draftForAkrites(source, { email: CONTACT.email, notify: 'milestones' }, sha256),
  }
  const drafted = made[route]()
  assert.ok(drafted.ok, drafted.ok ? '' : drafted.say)
  return drafted.draft
}

describe('sending a draft', () => {
  let fakes: Record<RelayRoute, FakeRelay>
  let github: FakeGithub
  let vince: FakeVince
  let akrites: FakeAkrites
  let journals: FakeJournals
  let now: Instant
  let deps: RelayDeps

  beforeEach(async () => {
    now = NOW
    github = fakeGithub(TOKEN)
    github.repositories.set('example/lib', true).set('example/shut', false)
    vince = fakeVince(TOKEN, () => now)
    akrites = fakeAkrites(TOKEN)
    fakes = {
      github: await openFakeRelay(github.answer),
      vince: await openFakeRelay(vince.answer),
      akrites: await openFakeRelay(akrites.answer),
    }
    journals = fakeJournals()
    const env: Record<string, string> = {}
    for (const route of ROUTES) {
      env[`WEIR_RELAY_${route.toUpperCase()}_TOKEN`] = TOKEN
      env[`WEIR_RELAY_${route.toUpperCase()}_URL`] = fakes[route].base.href
    }
    const read = readRelaySettings(env)
    assert.ok(read.ok)
    const short = { ms: 150, bytes: 1 << 20, authorities: null }
    deps = {
      settings: read.settings,
      journal: journals.sendings,
      exchange: (outgoing) => exchange(outgoing, short),
      now: () => now,
      random: randomBytes,
      sha256,
    }
  })

  afterEach(async () => {
    for (const route of ROUTES) await fakes[route].close()
  })

  const send = (draft: RelayDraft, draftId = 'd1', place = PLACE, over: Partial<RelayDeps> = {}) =>
    sendRelay(draft, { draftId, place, by: 'per_1', seen: draft.digest }, { ...deps, ...over })
  const stored = (route: RelayRoute): number => ({ github, vince, akrites })[route].stored.length
  const refusal = (outcome: Outcome) => (outcome.ok ? 'ok' : 'unsure' in outcome ? 'unsure' : outcome.refused)

  for (const route of ROUTES) {
    test(`${route}: what was drafted is stored once, and the identifier that comes back is an alias`, async () => {
      const outcome = await send(draftFor(route))
      assert.ok(outcome.ok, inspect(outcome))
      assert.ok(learnAlias([], outcome.handle, now).ok)
      assert.equal(stored(route), 1)
      assert.equal(refusal(await send(draftFor(route))), 'relay.not-begun')
      assert.equal(stored(route), 1)
    })

    const mischiefs: readonly (readonly [Mischief, number])[] = [
      ['lose-request', 0],
      ['lose-answer', 1],
      ['stall', 1],
      ['flood', 1],
      ['not-json', 1],
      ['broken', 0],
    ]
    for (const [mischief, arrived] of mischiefs) {
      test(`${route}: after "${mischief}" nobody knows, nothing is sent again, and a person settles it`, async () => {
        fakes[route].mischief = mischief
        assert.equal(refusal(await send(draftFor(route))), 'unsure')
        fakes[route].mischief = null
        for (let n = 0; n < 3; n++) assert.equal(refusal(await send(draftFor(route))), 'unsure')
        assert.equal(stored(route), arrived)
        await settleRelay('d1', arrived === 1 ? 'VU#1' : null, 'per_2', deps)
        assert.equal(refusal(await send(draftFor(route))), arrived === 1 ? 'relay.not-begun' : 'ok')
        assert.equal(stored(route), 1)
      })
    }

    test(`${route}: a process that dies before or after it stored the answer never sends twice`, async () => {
      for (const [n, stores] of [false, true].entries()) {
        const draftId = `crash ${n}`
        journals.dies = { after: 1, stored: stores }
        await assert.rejects(send(draftFor(route), draftId), /died/)
        assert.equal(refusal(await send(draftFor(route), draftId)), stores ? 'relay.not-begun' : 'unsure')
        assert.equal(stored(route), n + 1)
      }
      // The first crash left it under way: nobody can say yet that it did not arrive, and a minute later a person can.
      assert.deepEqual(await settleRelay('crash 0', null, 'per_2', deps), refuseRelay('sending.under-way'))
      now = instant(now + UNDER_WAY)
      assert.deepEqual(await settleRelay('crash 0', '<b>', 'per_2', deps), refuseRelay('alias.malformed'))
      assert.equal(((await settleRelay('crash 0', 'VU#7', 'per_2', deps)) as Sending).state, 'sent')
      journals.dies = { after: 0, stored: true }
      await assert.rejects(send(draftFor(route), 'crash 3'), /died/)
      assert.equal(refusal(await send(draftFor(route), 'crash 3')), 'unsure')
      assert.equal(stored(route), 2)
    })

    test(`${route}: two clicks at once send one report`, async () => {
      const both = await Promise.all([send(draftFor(route)), send(draftFor(route))])
      assert.equal(both.filter(({ ok }) => ok).length, 1)
      assert.equal(stored(route), 1)
    })

    test(`${route}: a redirect is not followed, a wrong token is told, a server that is away was sent nothing`, async () => {
      fakes[route].mischief = 'redirect'
      assert.equal(refusal(await send(draftFor(route))), 'relay.redirected')
      assert.equal(fakes[route].asked.length, 1)
      fakes[route].mischief = null
      const wrong = { ...deps.settings, [route]: { ...deps.settings[route], token: () => 'another-token' } } as RelaySettings
      const refused = await send(draftFor(route), 'd2', PLACE, { settings: wrong })
      assert.equal(refusal(refused), 'relay.credential')
      const away = { ...deps.settings, [route]: { base: new URL('http://127.0.0.1:1'), token: () => TOKEN } }
      const unreachable = await send(draftFor(route), 'd3', PLACE, { settings: away })
      assert.equal(refusal(unreachable), 'relay.unreachable')
      assert.ok((await send(draftFor(route), 'd3')).ok)
      assert.equal(stored(route), 1)
    })

    test(`${route}: no token stands in settings, outcomes or what is kept`, async () => {
      const seen = [inspect(deps.settings, { depth: 9 }), JSON.stringify(deps.settings), inspect(await send(draftFor(route)))]
      fakes[route].mischief = 'broken'
      seen.push(inspect(await send(draftFor(route), 'd2')), inspect(await journals.sendings.load('d2')))
      for (const text of seen) assert.ok(!text.includes(TOKEN), text)
    })
  }

  test('what another saw is not sent, nor what was changed since; a closed route and an odd place send nothing', async () => {
    const draft = draftFor('github')
    const other = draftFor('github', { summary: 'Another' })
    assert.equal(
      refusal(await sendRelay(draft, { draftId: 'd', place: PLACE, by: 'p', seen: other.digest }, deps)),
      'relay.not-seen',
    )
    const forged = { ...other, digest: draft.digest } as RelayDraft
    assert.equal(refusal(await send(forged)), 'relay.not-seen')
    assert.equal(refusal(await send(draft, 'd', { owner: '../..', repository: 'x' })), 'relay.wrong-place')
    assert.equal(refusal(await send(draft, 'd', { owner: 'a', repository: '..' })), 'relay.wrong-place')
    assert.equal(refusal(await send(draft, 'd', PLACE, { settings: { ...deps.settings, github: null } })), 'relay.closed')
    assert.equal(fakes.github.asked.length, 0)
  })

  test('GitHub: reporting switched off, no such project, and a rate limit with its wait', async () => {
    assert.equal(refusal(await send(draftFor('github'), 'a', { owner: 'example', repository: 'shut' })), 'relay.not-open')
    assert.equal(refusal(await send(draftFor('github'), 'b', { owner: 'example', repository: 'none' })), 'relay.no-place')
    github.wait = 60
    const waits = await send(draftFor('github'), 'c')
    assert.ok(!waits.ok && 'refused' in waits && waits.refused === 'relay.too-many' && waits.retryAt === now + 60_000)
    github.wait = null
    assert.ok((await send(draftFor('github'), 'c')).ok)
  })

  test('VINCE: the hundred-and-first call of an hour is told when to come again', async () => {
    const draft = draftFor('vince', { files: [] })
    for (let n = 0; n < 100; n++) assert.ok((await send(draft, `v${n}`)).ok)
    const over = await send(draft, 'v100')
    assert.ok(!over.ok && 'refused' in over && over.refused === 'relay.too-many' && over.retryAt === now + 3_600_000)
    now = instant(now + 3_600_000)
    assert.ok((await send(draft, 'v100')).ok)
    assert.equal(vince.stored.length, 101)
  })

  test('VINCE: a file arrives byte for byte', async () => {
    const bytes = randomBytes(100_000)
    assert.ok((await send(draftFor('vince', { files: [relayFile('reproducer', bytes)] }))).ok)
    assert.deepEqual(vince.stored[0]?.file?.bytes, bytes)
    assert.equal(vince.stored[0]?.fields.get('product_name'), 'lib')
  })

  test('Akrites: 503 stored nothing, and the same draft goes out by another click', async () => {
    akrites.busy = 30
    const busy = await send(draftFor('akrites'))
    assert.ok(!busy.ok && 'refused' in busy && busy.refused === 'relay.not-stored' && busy.retryAt === now + 30_000)
    akrites.busy = null
    assert.ok((await send(draftFor('akrites'))).ok)
    assert.equal(akrites.stored.length, 1)
  })

  test('over TLS: a certificate that nobody vouches for is no proof; with one a lost answer is as unsure as without', async (t) => {
    const words = 'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost'
    const made = spawnSync('openssl', [
      ...words.split(' '),
      '-addext',
      'subjectAltName=DNS:localhost',
      '-keyout',
      '-',
      '-out',
      '-',
    ])
    if (made.status !== 0) return t.skip('openssl is not installed')
    let heard = 0
    let lose = false
    const server = createSecureServer({ key: made.stdout, cert: made.stdout }, (request, response) => {
      heard += 1
      if (lose) request.socket.destroy()
      else response.writeHead(201).end('{"ghsa_id":"GHSA-2345-6789-cfgh"}')
    })
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    const { port } = server.address() as { port: number }
    const settings = { ...deps.settings, github: { base: new URL(`https://localhost:${port}`), token: () => TOKEN } }
    const trusting = (outgoing: Outgoing) =>
      exchange(outgoing, { ms: 2000, bytes: 1 << 20, authorities: made.stdout.toString() })
    assert.equal(refusal(await send(draftFor('github'), 'd1', PLACE, { settings })), 'relay.unreachable')
    assert.equal(heard, 0)
    assert.equal(refusal(await send(draftFor('github'), 'd2', PLACE, { settings, exchange: trusting })), 'ok')
    lose = true
    assert.equal(refusal(await send(draftFor('github'), 'd3', PLACE, { settings, exchange: trusting })), 'unsure')
    assert.equal(heard, 2)
    await new Promise((resolve) => server.close(resolve))
  })

  test('a host that does not prove who it is by TLS is sent nothing', async () => {
    const heard: Buffer[] = []
    const server = createServer((socket) => {
      socket.on('error', () => {})
      socket.on('data', (part) => heard.push(part))
      socket.end('HTTP/1.1 201 Created\r\n\r\n{"ghsa_id":"GHSA-2345-6789-cfgh"}')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    const settings = { ...deps.settings, github: { base: new URL(`https://127.0.0.1:${port}`), token: () => TOKEN } }
    assert.equal(refusal(await send(draftFor('github'), 'd', PLACE, { settings })), 'relay.unreachable')
    assert.ok(!Buffer.concat(heard).includes(TOKEN))
    await new Promise((resolve) => server.close(resolve))
  })
})
