import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { pino } from 'pino'
import type { CustodyEvent } from '../../contract/custody.ts'
import { Custody, CustodyUnavailable } from './custody.ts'
import { tellClock } from './tell-clock.ts'

describe('the server’s side of the custodian', () => {
  let folder = ''
  let custody: Custody
  const events: CustodyEvent[] = []
  let bell = Promise.withResolvers<void>()
  let asked = 0
  let hears: () => void | Promise<void> = () => {}

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'weir-custody-server-'))
    custody = new Custody({
      folder,
      uid: null,
      privateEndpoints: false,
      databaseNow: async () => {
        asked++
        return Date.now()
      },
      log: pino({ level: 'silent' }),
      hear: (event) => {
        events.push(event)
        bell.resolve()
        return hears()
      },
    })
  })
  after(async () => {
    await custody.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  test('starts it, tells it the time at once, and starts it again at the same port when it dies', async () => {
    await assert.rejects(custody.ask({ do: 'recipient' }), CustodyUnavailable)
    custody.start()
    custody.start()
    await bell.promise
    const first = custody.ready
    assert.ok(first !== null && first.isolation === 'process-only')
    const recipient = await custody.ask({ do: 'recipient' })
    assert.ok(recipient.did === 'recipient' && /^age1/.test(recipient.recipient))
    const again = await custody.ask({ do: 'recipient' })
    assert.ok(again.did === 'recipient' && again.recipient !== recipient.recipient)
    assert.equal(asked, 1)
    assert.equal(custody.callBase('dkt_1'), `http://127.0.0.1:${first.port}/dkt_1`)
    bell = Promise.withResolvers<void>()
    const lost = custody.ask({ do: 'recipient' })
    const outcome = assert.rejects(lost, CustodyUnavailable)
    process.kill(custody.pid!, 'SIGKILL')
    await outcome
    assert.equal(custody.callBase('dkt_1'), null)
    await bell.promise
    assert.equal(custody.ready?.port, first.port)
    assert.deepEqual(
      events.map(({ event }) => event),
      ['ready', 'ready'],
    )
  })

  test('tells no time to one that was not told yet what was shut while it was away', async () => {
    const before = asked
    const telling = Promise.withResolvers<void>()
    hears = () => telling.promise
    bell = Promise.withResolvers<void>()
    process.kill(custody.pid!, 'SIGKILL')
    await bell.promise
    await custody.ask({ do: 'recipient' })
    assert.equal(asked, before, 'no clock, so that no call passes')
    telling.resolve()
    for (let n = 0; n < 3000 && asked === before; n++) await new Promise((done) => setTimeout(done, 10))
    assert.equal(asked, before + 1)
    hears = () => {}
  })

  test('the database’s clock is told with what the question took, and silence is no news', async () => {
    const told: number[] = []
    const heard = Promise.withResolvers<void>()
    const from = performance.now()
    const slow = tellClock(
      async () => {
        await new Promise((done) => setTimeout(done, 60))
        return 1000
      },
      (at) => {
        told.push(at)
        heard.resolve()
      },
    )
    slow.now()
    slow.now()
    const down = tellClock(
      async () => Promise.reject(new Error('down')),
      (at) => told.push(at),
    )
    down.now()
    await heard.promise
    const took = performance.now() - from
    // As long again, in which nothing more is told.
    await new Promise((done) => setTimeout(done, 60))
    slow.stop()
    down.stop()
    assert.equal(told.length, 1)
    assert.ok(told[0]! >= 1055 && told[0]! <= 1001 + took, `${told} after ${took}`)
  })
})
