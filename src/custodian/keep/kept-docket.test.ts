import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { PowerDisk } from '../../../conformance/custody/power-disk.ts'
import type { CustodyEvent } from '../../contract/custody.ts'
import { type Ground, ToldClock } from './ground.ts'
import { KeptDocket } from './kept-docket.ts'
import { loadMarks } from './marks.ts'
import { ShutList } from './shut-list.ts'

const DOCKET = 'dkt_000000000000000000000001'
const PLACES = [`${DOCKET}.json`, `${DOCKET}.log`, 'shut.log'] as const
const WINDOW = { opens: 1000, ends: 9000, latest: 20_000 }
const ENDPOINT = { api: 'openai-chat', base: 'https://models.example/v1', model: 'm', spki: null } as const

type Files = Map<string, Buffer>

/** A docket on a disk in memory whose host clock stands where `clock.host` says. */
function standing(files: Files = new Map()) {
  const disk = new PowerDisk(() => 0.9, files)
  const clock = { host: 2000, mono: 100 }
  const events: CustodyEvent[] = []
  const told = new ToldClock()
  told.tell(1500, clock)
  const ground: Ground = {
    disk,
    clocks: { boot: 'a', read: () => ({ ...clock }) },
    told,
    random: (length) => new Uint8Array(length).fill(7),
    shut: new ShutList(disk),
    gather: (work) => work(),
    tell: (event) => void events.push(event),
  }
  return { disk, clock, events, told, docket: new KeptDocket(ground, DOCKET, loadMarks(disk)) }
}

function open() {
  const made = standing()
  made.docket.register(ENDPOINT, { file: `${DOCKET}.key-1.age`, identity: 'identity-000001.age-key' }, 'registered')
  assert.ok(made.docket.lay(WINDOW).ok)
  return made
}

const whats = ({ docket }: { docket: KeptDocket }) => docket.log.file.page(0, 100).map(({ what }) => what)

describe('a docket in custody', () => {
  test('is shut after a restart by any one of the three places where its latch stands', () => {
    const made = open()
    const before = made.disk.found(false)
    made.docket.shut('withdrawn')
    const after = made.disk.found(false)
    assert.equal(standing(before).docket.judge(), null, 'what was before would still be open')
    for (const stays of PLACES) {
      const files = new Map(before)
      files.set(stays, after.get(stays)!)
      const { docket } = standing(files)
      assert.equal(docket.judge(), 'window.ended', stays)
      assert.equal(docket.latch?.why, 'withdrawn', stays)
      assert.equal(docket.lay({ ...WINDOW, ends: 20_000 }).ok, false, stays)
    }
  })

  test('tells what one place knows to the others', () => {
    const made = open()
    const before = made.disk.found(false)
    made.docket.shut('withdrawn')
    const mended = standing(new Map(before).set('shut.log', made.disk.found(false).get('shut.log')!))
    for (const stays of [PLACES[0], PLACES[1]]) {
      const files = new Map(before).set(stays, mended.disk.found(false).get(stays)!)
      assert.equal(standing(files).docket.judge(), 'window.ended', stays)
    }
  })

  test('is shut in memory although the disk fails, and stays so when it works again', () => {
    const made = open()
    made.disk.left = 0
    made.clock.host = 9000
    assert.equal(made.docket.judge(), 'window.ended')
    made.clock.host = 2000
    assert.equal(made.docket.judge(), 'window.ended')
    const other = open()
    other.disk.left = 0
    assert.throws(() => other.docket.shut('withdrawn'), /no power/)
    assert.equal(other.docket.judge(), 'window.ended')
    other.disk.isCut = false
    other.disk.left = Number.POSITIVE_INFINITY
    other.docket.shut('withdrawn')
    assert.equal(standing(other.disk.found(true)).docket.judge(), 'window.ended', 'asked again, it is durable')
  })

  test('lets nothing more through once an entry could not be written, and does not complete that call', async () => {
    const made = open()
    const call = made.docket.begin('rns_1', () => {})
    made.disk.left = 0
    assert.equal(await made.docket.finish(call, 'call', { purpose: 'rns_1', status: 200 }), false)
    assert.equal(made.docket.judge(), 'window.not-open')
    assert.ok(made.events.some((event) => event.event === 'failed' && event.say.includes('could not be written')))
  })

  test('tells of calls that were under way when its process was killed', async () => {
    const made = open()
    made.docket.begin('rns_lost', () => {})
    const call = made.docket.begin('rns_done', () => {})
    assert.ok(await made.docket.finish(call, 'call', { purpose: 'rns_done' }))
    const again = standing(made.disk.found(false))
    const told = again.docket.log.file.page(0, 100).map(({ what, purpose, note }) => [what, purpose, note])
    assert.deepEqual(told.slice(2), [
      ['call', 'rns_done', null],
      ['cut', 'rns_lost', 'custodian-ended'],
    ])
    assert.deepEqual(whats(standing(again.disk.found(false))), whats(again), 'once')
  })

  test('notices a log that is shorter, another, or changed, and a record that is none', () => {
    const made = open()
    made.docket.grant('rns_1')
    const files = made.disk.found(false)
    const log = files.get(`${DOCKET}.log`)!
    const lines = log.toString().split('\n')
    const damages: [string, Buffer, RegExp][] = [
      ['log', Buffer.from(`${lines[0]}\n`), /shorter/],
      ['log', Buffer.alloc(0), /shorter/],
      ['log', Buffer.from(log.toString().replace('"at":2000', '"at":2001')), /damaged at entry 1/],
      ['log', Buffer.from(`${lines[0]}\n${'x'.repeat(9000)}\n`), /damaged at entry 2/],
      ['json', Buffer.from('{'), /record/],
      ['json', Buffer.from(files.get(`${DOCKET}.json`)!.toString().replace('"latest":20000', '"latest":"20000"')), /record/],
    ]
    for (const [end, bytes, says] of damages) {
      const { docket } = standing(new Map(files).set(`${DOCKET}.${end}`, bytes))
      assert.match(docket.log.damage ?? '', says)
      assert.notEqual(docket.judge(), null)
    }
    const torn = standing(new Map(files).set(`${DOCKET}.log`, Buffer.concat([log, Buffer.from('{"entry":3,')])))
    assert.deepEqual(
      [torn.docket.log.damage, torn.docket.judge()],
      [null, null],
      'a line without its end was never answered for',
    )
    const list = standing(new Map(files).set('shut.log', Buffer.from('{"docket":\n')))
    assert.match(list.docket.log.damage ?? '', /list of shut dockets/)
  })

  test('a flood of refusals is one entry and a number a minute', () => {
    const made = open()
    for (let n = 0; n < 1000; n++) made.docket.refused(null, 'grant.unknown')
    made.clock.mono += 60_000
    made.told.tell(1500, made.clock)
    made.docket.sweep()
    const told = made.docket.log.file.page(0, 100).filter(({ what }) => what === 'refused')
    assert.deepEqual(
      told.map(({ note }) => note),
      ['grant.unknown', 'grant.unknown, 999 more in a minute'],
    )
  })

  test('pages of a long log come from the middle as from the beginning, before and after a restart', () => {
    const made = open()
    for (let n = 0; n < 1500; n++) made.docket.log.add(2000, 'call', { purpose: `rns_${n}` })
    made.docket.log.flush()
    for (const { docket } of [made, standing(made.disk.found(false))])
      for (const after of [0, 1, 254, 255, 256, 257, 511, 512, 1000, 1501, 1502, 9999]) {
        const page = docket.log.file.page(after, 300).map(({ entry }) => entry)
        const whole = Array.from({ length: Math.max(0, Math.min(300, 1502 - after)) }, (_, n) => after + n + 1)
        assert.deepEqual(page, whole, `after ${after}`)
      }
  })
})
