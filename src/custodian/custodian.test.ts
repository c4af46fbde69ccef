import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type FakeEndpoint, fakeEndpoint } from '../../conformance/custody/endpoint.ts'
import { makeKit } from '../../conformance/custody/kit.ts'
import { PowerDisk } from '../../conformance/custody/power-disk.ts'
import type { CustodyEvent } from '../contract/custody.ts'
import { Custodian } from './custodian.ts'
import { ask } from './endpoint/ask.ts'
import { placeOf } from './endpoint/place.ts'
import { type Ground, ToldClock } from './keep/ground.ts'
import { ShutList } from './keep/shut-list.ts'

const DOCKET = 'dkt_000000000000000000000001'
const HOUR = 3_600_000
const START = 1_800_000_000_000

describe('a custodian by a clock that is turned by hand', () => {
  let endpoint: FakeEndpoint
  let kit: Awaited<ReturnType<typeof makeKit>>
  before(async () => {
    endpoint = await fakeEndpoint()
    kit = await makeKit()
  })
  after(() => endpoint?.close())

  const clock = { host: START, mono: 0, boot: 'a' }
  function begin(files: ReadonlyMap<string, Buffer>) {
    const disk = new PowerDisk(() => 0.5, files)
    const events: CustodyEvent[] = []
    const ground: Ground = {
      disk,
      clocks: { boot: clock.boot, read: () => ({ host: clock.host, mono: clock.mono }) },
      told: new ToldClock(),
      random: (length) => new Uint8Array(length).map((_, n) => n + disk.names().length),
      shut: new ShutList(disk),
      gather: (work) => work(),
      tell: (event) => void events.push(event),
    }
    return { disk, events, custodian: new Custodian(ground, 'process-only', true) }
  }
  async function open() {
    Object.assign(clock, { host: START, mono: 0, boot: 'a' })
    const made = begin(new Map([[kit.identity.name, kit.identity.bytes]]))
    const at = { api: 'openai-chat', base: endpoint.base, model: 'm', spki: null } as const
    await made.custodian.answer({ n: 1, do: 'register', docket: DOCKET, endpoint: at, sealed: kit.sealed })
    await made.custodian.answer({ n: 1, do: 'clock', database: START })
    const window = { opens: START, ends: START + 10 * HOUR, latest: START + 10 * HOUR }
    const laid = await made.custodian.answer({ n: 1, do: 'window', docket: DOCKET, ...window })
    assert.equal(laid.did, 'window')
    return made
  }
  const pass = (milliseconds: number) => {
    clock.host += milliseconds
    clock.mono += milliseconds
  }

  test('probes every hour while the window is open, and never while it is not', async () => {
    const { custodian, events } = await open()
    const probes = async (expected: number) => {
      await custodian.answer({ n: 1, do: 'clock', database: clock.host })
      const told = () =>
        events.flatMap((event) => (event.event === 'entry' && event.entry.what === 'probe' ? [event.entry.note] : []))
      for (let n = 0; n < 20 || (told().length < expected && n < 1000); n++) await new Promise((done) => setTimeout(done, 5))
      return told()
    }
    custodian.sweep()
    pass(HOUR - 1)
    assert.deepEqual(await probes(0), [])
    pass(1)
    assert.deepEqual(await probes(1), ['baseline'])
    pass(HOUR)
    assert.deepEqual(await probes(2), ['baseline', '0.000'])
    pass(20 * HOUR)
    assert.deepEqual(await probes(2), ['baseline', '0.000'])
    assert.equal(custodian.find(DOCKET)?.latch?.why, 'end')
  })

  test('a question of its own goes out with no key where the window was shut while it connected', async () => {
    const at = { api: 'openai-chat', base: endpoint.base, model: 'm', spki: null } as const
    const { signal } = new AbortController()
    const before = endpoint.asked.length
    const put = (may: () => boolean) => ask(at, placeOf(at, true)!, 'sk-simulated', '/v1/models', null, true, signal, may)
    await assert.rejects(put(() => false))
    assert.equal(endpoint.asked.length, before)
    await put(() => true)
    assert.equal(endpoint.asked.length, before + 1)
  })

  test('its clock goes on over restarts of the process although host and database went back a day', async () => {
    const { disk, custodian } = await open()
    pass(HOUR)
    await custodian.answer({ n: 1, do: 'clock', database: clock.host })
    pass(1000)
    // An entry after the last mark: the log's instant is later than the mark's, and yet older than where the mark is now.
    custodian.find(DOCKET)?.refused(null, 'grant.unknown')
    clock.host -= 24 * HOUR
    pass(8 * HOUR)
    const second = begin(disk.found(false))
    assert.equal(second.custodian.find(DOCKET)?.now(), START + 9 * HOUR + 1000)
    pass(HOUR)
    const third = begin(second.disk.found(false)).custodian
    await third.answer({ n: 1, do: 'clock', database: clock.host })
    assert.equal(third.find(DOCKET)?.judge(), 'window.ended')
  })

  test('after a start of the machine its clock stands at least where it stood', async () => {
    const { disk, custodian } = await open()
    pass(9 * HOUR)
    await custodian.answer({ n: 1, do: 'clock', database: clock.host })
    Object.assign(clock, { host: START - 5, mono: 50, boot: 'b' })
    const second = begin(disk.found(true))
    assert.equal(second.custodian.find(DOCKET)?.now(), START + 9 * HOUR)
    pass(HOUR)
    const third = begin(second.disk.found(false)).custodian
    assert.equal(third.find(DOCKET)?.judge(), 'window.ended')
  })

  test('says first that its clock is unsure after a start, and that is no latch', async () => {
    const { disk } = await open()
    const { custodian } = begin(disk.found(false))
    assert.equal(custodian.find(DOCKET)?.judge(), 'window.clock-unsure')
    await custodian.answer({ n: 1, do: 'clock', database: clock.host })
    assert.equal(custodian.find(DOCKET)?.judge(), null)
    pass(30_001)
    assert.equal(custodian.find(DOCKET)?.judge(), 'window.clock-unsure')
    await custodian.answer({ n: 1, do: 'clock', database: clock.host })
    assert.equal(custodian.find(DOCKET)?.judge(), null)
  })

  test('keeps at most 64 recipients that nothing is sealed to, and never drops one that counts', async () => {
    const { disk, custodian } = await open()
    for (let n = 0; n < 70; n++) await custodian.answer({ n: 1, do: 'recipient' })
    assert.equal(disk.names().filter((name) => name.startsWith('identity-')).length, 65)
    assert.equal(await custodian.openKey(custodian.find(DOCKET)!), 'sk-simulated')
  })
})
