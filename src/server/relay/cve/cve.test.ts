import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { afterEach, before, beforeEach, describe, test } from 'node:test'
import { inspect } from 'node:util'
import { SKEW } from '../../../core/cases/relay/match-reserved.ts'
import type { CvePlace } from '../../../core/cases/relay/reservation.ts'
import { newId } from '../../../core/kernel/id.ts'
import { type Instant, instant } from '../../../core/kernel/instant.ts'
import { type FakeRelay, openFakeRelay } from '../../../devkit/fake-relay.ts'
import { type FakeCve, fakeCve } from '../../../devkit/fake-relay-cve.ts'
import { type FakeJournals, fakeJournals } from '../../../devkit/fake-relay-journal.ts'
import { sampleEdition } from '../../../devkit/sample-edition.ts'
import { renderCve } from '../../../formats/advisory/render-cve.ts'
import { sortedJson } from '../../../formats/advisory/sorted-json.ts'
import { exchange } from '../exchange.ts'
import type { Outcome } from '../outcome.ts'
import type { CveDeps } from './cve-deps.ts'
import { publishCve, rejectCve } from './publish-cve.ts'
import { reserveCve } from './reserve-cve.ts'
import { type CveSchema, loadCveSchema } from './schema.ts'
import { chooseCve, settleCve } from './settle-cve.ts'

const KEY = 'key-of-the-desk'
const US = { organisation: 'weir', user: 'desk@weir.example', key: KEY }
const THEM = { organisation: 'other', user: 'desk@other.example', key: 'their-key-here' }
const THIRD_PARTY = new URL('../../../../third-party/', import.meta.url)

const PROVIDER = { orgId: '2b1e2c1e-2f6b-4a5e-9d6e-0a4a4a6f7c11', shortName: 'weir' }
const RECORD = {
  providerMetadata: PROVIDER,
  descriptions: [{ lang: 'en', value: 'A long header overflows a buffer.' }],
  affected: [{ vendor: 'example', product: 'lib', versions: [{ version: '1.0.0', status: 'affected' }] }],
  references: [{ url: 'https://weir.example/advisory' }],
}
const REJECTION = { providerMetadata: PROVIDER, rejectedReasons: [{ lang: 'en', value: 'It was no flaw.' }] }

describe('CVE Services', () => {
  let schema: CveSchema
  let relay: FakeRelay
  let service: FakeCve
  let journals: FakeJournals
  let now: Instant
  let deps: CveDeps

  before(async () => {
    schema = await loadCveSchema(THIRD_PARTY)
  })

  beforeEach(async () => {
    now = instant(Date.UTC(2026, 10, 21, 12))
    service = fakeCve([US, THEM], schema, () => now)
    relay = await openFakeRelay(service.answer)
    journals = fakeJournals()
    deps = depsOf(US)
  })

  afterEach(() => relay.close())

  const depsOf = (who: typeof US, over: Partial<CveDeps> = {}): CveDeps => ({
    host: {
      base: new URL('/api', relay.base),
      token: () => who.key,
      organisation: who.organisation,
      user: who.user,
      production: false,
    },
    schema,
    journal: journals.reservations,
    exchange: (outgoing) => exchange(outgoing, { ms: 150, bytes: 1 << 20, authorities: null }),
    now: () => now,
    ...over,
  })
  const place = (): CvePlace => ({ case: newId('case', randomBytes), flaw: newId('flaw', randomBytes) })
  const refusal = (outcome: Outcome) => (outcome.ok ? 'ok' : 'unsure' in outcome ? 'unsure' : outcome.refused)
  const reserved = async (at: CvePlace): Promise<string> => {
    const outcome = await reserveCve(at, deps)
    assert.ok(outcome.ok, inspect(outcome))
    return outcome.handle
  }

  test('a flaw has one id however often it is asked for, and another flaw another', async () => {
    const [first, second] = [place(), place()]
    const id = await reserved(first)
    assert.equal(await reserved(first), id)
    assert.notEqual(await reserved(second), id)
    assert.equal(service.ids.size, 2)
    const both = place()
    const clicks = await Promise.all([reserveCve(both, deps), reserveCve(both, deps)])
    assert.equal(clicks.filter(({ ok }) => ok).length, 1)
    assert.equal(service.ids.size, 3)
  })

  test('an id whose answer was lost is found in the list, bound, and not reserved again', async () => {
    const [flaw, neighbour] = [place(), place()]
    await reserved(neighbour)
    relay.mischief = 'lose-answer'
    assert.equal(refusal(await reserveCve(flaw, deps)), 'unsure')
    relay.mischief = null
    assert.equal(refusal(await reserveCve(flaw, deps)), 'unsure')
    assert.equal((await settleCve(flaw, deps)).found, 'too-early')
    now = instant(now + SKEW)
    assert.equal(
      (await settleCve(flaw, depsOf(US, { exchange: async () => ({ came: 'nothing', why: 'x' }) }))).found,
      'unknown',
    )
    const found = await settleCve(flaw, deps)
    assert.ok(found.found === 'one')
    assert.equal(await reserved(flaw), found.id)
    assert.equal(service.ids.size, 2)
  })

  test('a process that died while asking leaves an id that can be found', async () => {
    const flaw = place()
    journals.dies = { after: 1, stored: false }
    await assert.rejects(reserveCve(flaw, deps), /died/)
    assert.equal(refusal(await reserveCve(flaw, deps)), 'unsure')
    now = instant(now + 2 * SKEW)
    assert.equal((await settleCve(flaw, deps)).found, 'one')
    assert.equal(service.ids.size, 1)
  })

  test('where nothing was reserved it may be asked again; where two could be it a person chooses', async () => {
    const [none, one, two] = [place(), place(), place()]
    relay.mischief = 'lose-request'
    assert.equal(refusal(await reserveCve(none, deps)), 'unsure')
    relay.mischief = null
    now = instant(now + SKEW)
    assert.equal((await settleCve(none, deps)).found, 'none')
    await reserved(none)
    now = instant(now + 5 * SKEW)
    relay.mischief = 'lose-answer'
    await reserveCve(one, deps)
    await reserveCve(two, deps)
    relay.mischief = null
    now = instant(now + SKEW)
    const several = await settleCve(one, deps)
    assert.ok(several.found === 'several' && several.ids.length === 2)
    assert.equal(await chooseCve(one, several.ids[0]!, 'per_1', deps), null)
    assert.equal((await chooseCve(two, several.ids[0]!, 'per_1', deps))?.code, 'cve.bound')
    assert.equal((await chooseCve(two, 'CVE-nonsense', 'per_1', deps))?.code, 'cve.malformed')
    assert.deepEqual(await settleCve(two, deps), { found: 'one', id: several.ids[1] })
    assert.equal(service.ids.size, 3)
  })

  test('a full quota and a wrong key are refusals, and leave the flaw without an id', async () => {
    service.quota = 0
    const full = await reserveCve(place(), deps)
    assert.ok(!full.ok && 'refused' in full && full.faults.includes('EXCEEDED_ID_QUOTA'))
    const wrong = await reserveCve(place(), depsOf({ ...US, key: 'no-such-key' }))
    assert.equal(refusal(wrong), 'relay.credential')
    assert.ok(!inspect(wrong).includes('no-such-key'))
    service.quota = 10
    await reserved(place())
  })

  test('a record is checked before it is sent, published, updated and rejected; nothing is published after that', async () => {
    const flaw = place()
    assert.equal(refusal(await publishCve(flaw, RECORD, deps)), 'relay.not-begun')
    const id = await reserved(flaw)
    const asked = relay.asked.length
    const { references, ...short } = RECORD
    const faulty = await publishCve(flaw, short, deps)
    assert.ok(!faulty.ok && 'refused' in faulty && /references/.test(faulty.faults.join()))
    assert.equal(relay.asked.length, asked)
    for (const word of ['first', 'second']) {
      const record = { ...RECORD, title: word }
      assert.deepEqual(await publishCve(flaw, record, deps), { ok: true, handle: id, at: now })
      assert.deepEqual(service.records.get(id), { kind: 'cna', container: record })
    }
    assert.ok((await rejectCve(flaw, REJECTION, deps)).ok)
    assert.equal(service.ids.get(id)?.state, 'REJECTED')
    assert.equal(refusal(await publishCve(flaw, RECORD, deps)), 'relay.not-begun')
    const unused = place()
    const spare = await reserved(unused)
    assert.ok((await rejectCve(unused, REJECTION, deps)).ok)
    assert.equal(service.ids.get(spare)?.state, 'REJECTED')
  })

  test('publishing whose answer was lost is done again and mends itself', async () => {
    const flaw = place()
    const id = await reserved(flaw)
    relay.mischief = 'lose-answer'
    assert.equal(refusal(await publishCve(flaw, RECORD, deps)), 'unsure')
    relay.mischief = null
    assert.ok((await publishCve(flaw, RECORD, deps)).ok)
    assert.equal(service.ids.get(id)?.state, 'PUBLISHED')
  })

  test('an id of another organisation cannot be published', async () => {
    const flaw = place()
    await reserved(flaw)
    const theirs = await publishCve(flaw, RECORD, depsOf(THEM))
    assert.ok(!theirs.ok && 'refused' in theirs && theirs.faults.includes('ORG_DOES_NOT_OWN_ID'))
  })

  test('the service itself refuses what our check would', async () => {
    const flaw = place()
    await reserved(flaw)
    const lax = { published: () => [], rejected: () => [] }
    for (const container of [
      {},
      { ...RECORD, surprise: 1 },
      { ...RECORD, descriptions: [...RECORD.descriptions, { lang: 'en', value: 'two' }] },
    ]) {
      const refused = await publishCve(flaw, container, depsOf(US, { schema: lax }))
      assert.ok(!refused.ok && 'refused' in refused && refused.faults.includes('INVALID_JSON_SCHEMA'))
    }
  })

  test('what an advisory renders is what the service takes', async () => {
    let taken = 0
    for (let seed = 0; seed < 40; seed++) {
      for (const { record } of renderCve(sampleEdition(seed))) {
        const { cna } = (JSON.parse(sortedJson(record)) as { containers: { cna: unknown } }).containers
        const withdrawn = typeof cna === 'object' && cna !== null && 'rejectedReasons' in cna
        const flaw = place()
        await reserved(flaw)
        const outcome = await (withdrawn ? rejectCve : publishCve)(flaw, cna, deps)
        assert.ok(outcome.ok, inspect(outcome, { depth: 5 }))
        taken += 1
      }
    }
    assert.ok(taken >= 20)
  })
})
