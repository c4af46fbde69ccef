import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  asker,
  at,
  DEVELOPER,
  OFFICE,
  PARTNER,
  type Play,
  POLICY,
  person,
  playTo,
  readIn,
  seatOf,
  T0,
} from '../../devkit/docket-play.ts'
import { decideDocket } from './decide.ts'
import type { Docket } from './docket.ts'
import type { DocketCommand } from './docket-command.ts'
import type { DocketRefusal } from './docket-refusal.ts'
import { compartmentsOf, mayRead, seatsOf } from './reading.ts'
import { SEAT_TABLE, SEATS, type Seat } from './seat.ts'

const refused = (play: Play, who: string, command: DocketCommand, code: DocketRefusal, now = T0) => {
  const decision = play.ask(who, command, now)
  assert.equal(decision.ok ? 'done' : decision.code, code)
}
const seat = (name: string, as: Seat, organisation = OFFICE): DocketCommand => ({
  do: 'seat',
  person: person(name),
  organisation,
  seat: as,
})
const propose = (name: string, compartment: 'D' | 'B' | 'R' | 'J' | 'P', until = at(90)): DocketCommand => ({
  do: 'read-in',
  person: person(name),
  compartment,
  until,
})
const second = (name: string, compartment: 'D' | 'B' | 'R'): DocketCommand => ({
  do: 'second-read-in',
  person: person(name),
  compartment,
})
const inside = (docket: Docket, name: string, now = T0) => compartmentsOf(docket, person(name), now).join('')

// By hand, not from the code: these are two people.
const TWO_PEOPLE: readonly (readonly [Seat, Seat])[] = [
  ['access-custodian', 'benchmark-custodian'],
  ['access-custodian', 'analyst'],
  ['access-custodian', 'second-analyst'],
  ['benchmark-custodian', 'analyst'],
  ['benchmark-custodian', 'second-analyst'],
  ['analyst', 'second-analyst'],
]

describe('seats', () => {
  test('nobody of the developer sits in an office’s seat, nor the reverse', () => {
    const play = playTo('inquiry')
    for (const one of SEATS.filter((each) => each !== 'partner-person')) {
      const office = SEAT_TABLE[one].side === 'office'
      refused(play, office ? 'officer' : 'lead', seat('new', one, office ? DEVELOPER : OFFICE), 'seat.wrong-organisation')
      refused(play, office ? 'lead' : 'officer', seat('new', one, office ? OFFICE : DEVELOPER), 'seat.other-side')
      refused(play, office ? 'officer' : 'lead', seat('new', one, 'org_other' as never), 'seat.wrong-organisation')
    }
    refused(play, 'officer', seat('engineer', 'analyst'), 'seat.wrong-organisation')
    refused(play, 'lead', seat('runs', 'developer-engineer', DEVELOPER), 'seat.wrong-organisation')
  })

  test('pairs that must be two people are, also one after the other', () => {
    for (const [one, two] of TWO_PEOPLE) {
      for (const [first, then] of [
        [one, two],
        [two, one],
      ] as const) {
        const play = playTo('inquiry').do('officer', seat('new', first))
        refused(play, 'officer', seat('new', then), 'seat.apart')
        play.do('officer', { do: 'unseat', person: person('new'), seat: first })
        refused(play, 'officer', seat('new', then), 'seat.apart')
      }
    }
  })

  test('any other two seats of a side may be one person', () => {
    const office = SEATS.filter((one) => SEAT_TABLE[one].side === 'office')
    for (const one of office) {
      for (const two of office.filter((each) => each !== one)) {
        const apart = TWO_PEOPLE.some((pair) => pair.includes(one) && pair.includes(two))
        const play = playTo('inquiry').do('officer', seat('new', one))
        assert.equal(play.ask('officer', seat('new', two)).ok, !apart, `${one} ${two}`)
      }
    }
  })

  test('a person who has gone to another organisation commands nothing by the seat they had', () => {
    const play = playTo('inquiry')
    const moved = { ...asker('officer'), organisation: 'org_other' } as ReturnType<typeof asker>
    const command = { do: 'begin-closing' } as const
    const decision = decideDocket(play.docket, command, moved, T0, POLICY)
    assert.ok(!decision.ok && decision.code === 'asker.no-seat')
    assert.equal(play.ask('officer', command).ok, true)
  })

  test('a seat is taken once, by a grant for partners, and ended by its own side', () => {
    const play = playTo('inquiry')
    refused(play, 'officer', seatOf('analyst'), 'seat.taken')
    refused(play, 'officer', seat('new', 'partner-person'), 'seat.by-grant')
    refused(play, 'lead', { do: 'unseat', person: person('analyst'), seat: 'analyst' }, 'seat.other-side')
    refused(play, 'officer', { do: 'unseat', person: person('new'), seat: 'analyst' }, 'seat.none')
    refused(play, 'engineer', seatOf('engineer'), 'asker.no-seat')
  })

  test('a lead who left is followed by whom the developer sends, so that withdrawing is always possible', () => {
    const play = playTo('window-open').do('lead', { do: 'unseat', person: person('lead'), seat: 'developer-lead' }, at(2))
    refused(play, 'lead', { do: 'withdraw' }, 'asker.no-seat', at(2))
    play.do('lead', seat('lead', 'developer-lead', DEVELOPER), at(2)).do('lead', { do: 'withdraw' }, at(2))
    assert.equal(play.docket.state, 'closing')
  })

  test('a partner’s person has no other seat, before or after', () => {
    const play = playTo('partner-access')
    const grant = (name: string, id: string): DocketCommand => ({
      do: 'grant-partner',
      partner: PARTNER,
      grant: id as never,
      person: person(name),
      use: 'defence',
      until: at(40),
    })
    refused(play, 'lead', grant('engineer', 'grt_a'), 'grant.seated', at(35))
    play.do('lead', grant('pilot', 'grt_b'), at(35))
    refused(play, 'officer', seat('pilot', 'analyst'), 'seat.apart', at(36))
    refused(play, 'lead', seat('pilot', 'developer-engineer', DEVELOPER), 'seat.apart', at(50))
    assert.deepEqual(seatsOf(play.docket, person('pilot'), at(39)), ['partner-person'])
    assert.deepEqual(seatsOf(play.docket, person('pilot'), at(40)), [])
  })
})

describe('read-ins', () => {
  test('need two different officers, neither of them the person', () => {
    const play = playTo('inquiry').do('officer', propose('analyst', 'R'))
    assert.equal(inside(play.docket, 'analyst'), 'J')
    refused(play, 'officer', second('analyst', 'R'), 'read-in.same-officer')
    refused(play, 'authority', second('analyst', 'R'), 'asker.no-seat')
    play.do('deputy', second('analyst', 'R'))
    assert.equal(inside(play.docket, 'analyst'), 'RJ')
    play.do('officer', seat('officer', 'analyst'))
    refused(play, 'officer', propose('officer', 'R'), 'read-in.self')
    play.do('deputy', propose('officer', 'R'))
    refused(play, 'officer', second('officer', 'R'), 'read-in.self')
    refused(play, 'deputy', second('officer', 'R'), 'read-in.same-officer')
  })

  test('end by themselves at their instant', () => {
    const play = readIn(playTo('inquiry'), 'analyst', 'R', at(5))
    assert.equal(mayRead(play.docket, person('analyst'), 'transcript', at(4, 23)), true)
    assert.equal(mayRead(play.docket, person('analyst'), 'transcript', at(5)), false)
    refused(play, 'officer', propose('second', 'R', T0), 'read-in.past')
    play.do('officer', propose('analyst', 'R', at(9)), at(5))
    refused(play, 'deputy', second('analyst', 'R'), 'read-in.none', at(9))
  })

  test('only for a seat that can be read in; never twice at a time', () => {
    const play = playTo('inquiry')
    refused(play, 'officer', propose('runs', 'R'), 'read-in.no-seat')
    refused(play, 'officer', propose('analyst', 'D'), 'read-in.no-seat')
    refused(play, 'officer', propose('lead', 'R'), 'read-in.no-seat')
    refused(play, 'officer', propose('stranger', 'R'), 'read-in.no-seat')
    play.do('officer', propose('analyst', 'R'))
    refused(play, 'deputy', propose('analyst', 'R'), 'read-in.exists')
  })

  test('an officer who left before the second signed does not count', () => {
    const play = playTo('inquiry').do('officer', propose('analyst', 'R'))
    play.do('deputy', { do: 'unseat', person: person('officer'), seat: 'docket-officer' })
    refused(play, 'deputy', second('analyst', 'R'), 'read-in.none')
  })

  test('the developer’s and the benchmark’s secrets meet in the determining authority alone', () => {
    const play = playTo('inquiry')
    readIn(readIn(play, 'authority', 'D', at(90)), 'authority', 'B', at(90))
    assert.equal(inside(play.docket, 'authority'), 'DBJ')
    play.do('officer', { do: 'unseat', person: person('authority'), seat: 'determining-authority' })
    assert.equal(inside(play.docket, 'authority'), '')
    play.do('officer', seat('authority', 'benchmark-custodian'))
    refused(play, 'officer', propose('authority', 'B'), 'read-in.both')
  })

  test('who read both as the authority keeps neither in a seat below it', () => {
    for (const lower of ['benchmark-custodian', 'access-custodian'] as const) {
      const play = playTo('inquiry').do('officer', seat('authority', lower))
      readIn(readIn(play, 'authority', 'D', at(90)), 'authority', 'B', at(90))
      play.do('officer', { do: 'unseat', person: person('authority'), seat: 'determining-authority' })
      assert.equal(inside(play.docket, 'authority'), 'J', lower)
    }
  })

  test('a seat that remains keeps its own read-in', () => {
    const play = playTo('inquiry').do('officer', seat('authority', 'analyst'))
    readIn(readIn(play, 'authority', 'D', at(90)), 'authority', 'R', at(90))
    play.do('officer', { do: 'unseat', person: person('authority'), seat: 'determining-authority' })
    assert.equal(inside(play.docket, 'authority'), 'RJ')
  })

  test('an officer ends any, the developer those to its own compartment', () => {
    const play = readIn(readIn(playTo('inquiry'), 'keys', 'D', at(90)), 'analyst', 'R', at(90))
    refused(play, 'lead', { do: 'read-out', person: person('analyst'), compartment: 'R' }, 'asker.no-seat')
    play.do('lead', { do: 'read-out', person: person('keys'), compartment: 'D' })
    assert.equal(inside(play.docket, 'keys'), 'J')
    play.do('deputy', { do: 'read-out', person: person('analyst'), compartment: 'R' })
    assert.equal(inside(play.docket, 'analyst'), 'J')
    refused(play, 'deputy', { do: 'read-out', person: person('analyst'), compartment: 'R' }, 'read-in.none')
  })

  test('end with the beginning of the closing', () => {
    const play = readIn(playTo('inquiry'), 'analyst', 'R', at(90)).do('lead', { do: 'begin-closing' }, at(1))
    assert.equal(inside(play.docket, 'analyst', at(1)), 'J')
    refused(play, 'officer', propose('analyst', 'R'), 'docket.wrong-state', at(1))
  })
})
