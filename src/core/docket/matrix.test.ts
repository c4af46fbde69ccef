import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, CAST, PARTNER, person, playTo, readIn, T0 } from '../../devkit/docket-play.ts'
import type { Id } from '../kernel/id.ts'
import { COMMAND_SEATS } from './command-seats.ts'
import { COMPARTMENTS, OBJECTS, type ObjectKind } from './compartment.ts'
import type { Docket } from './docket.ts'
import type { CommandName } from './docket-command.ts'
import { compartmentsOf, mayCommand, mayRead } from './reading.ts'
import { SEATS } from './seat.ts'

// Written out by hand, not from the tables of the code: x reads by seat alone, r once two officers read the person in, . never.
const OBJECT_ROWS = `
                      le en of ac bc ro an a2 da ps pp in
  head                x  x  x  x  x  x  x  x  x  x  .  .
  terms               x  x  x  x  x  .  x  x  x  x  .  .
  message             x  x  x  x  x  x  x  x  x  x  .  .
  log                 x  x  x  x  x  x  x  x  x  x  .  x
  receipt             x  x  x  x  x  .  x  x  x  x  .  .
  report              x  x  x  x  x  .  x  x  x  x  .  .
  joint-document      x  x  x  x  x  .  x  x  x  x  .  .
  progress            x  x  x  x  x  x  x  x  x  x  .  .
  endpoint            x  x  .  r  .  .  .  .  r  .  .  .
  developer-document  x  x  .  r  .  .  .  .  r  .  .  .
  reasoning           x  x  .  .  .  .  .  .  .  .  .  .
  suite               .  .  .  .  r  .  .  .  .  .  .  .
  criterion           .  .  .  .  r  .  .  .  r  .  .  .
  benchmark-document  .  .  .  .  r  .  .  .  .  .  .  .
  run-set             .  .  .  .  .  .  r  r  r  .  .  .
  transcript          .  .  .  .  .  .  r  r  r  .  .  .
  analysis            .  .  .  .  .  .  r  r  r  .  .  .
  reason              .  .  .  .  .  .  .  .  r  .  .  .
  result-document     .  .  .  .  .  .  r  r  r  .  .  .
  partner             x  .  .  .  .  .  .  .  .  r  .  .
  grant               .  .  .  .  .  .  .  .  .  .  x  .`

// Into which compartments each seat's person comes: x with the seat, r by two officers.
const COMPARTMENT_ROWS = `
     le en of ac bc ro an a2 da ps pp in
  D  x  x  .  r  .  .  .  .  r  .  .  .
  B  .  .  .  .  r  .  .  .  r  .  .  .
  R  .  .  .  .  .  .  r  r  r  .  .  .
  J  x  x  x  x  x  x  x  x  x  x  .  .
  P  x  .  .  .  .  .  .  .  .  r  .  .`

const COMMAND_ROWS = `
                       le en of ac bc ro an a2 da ps pp in
  answer-inquiry       .  .  .  .  .  .  .  .  x  .  .  .
  offer-terms          x  .  x  .  .  .  .  .  .  .  .  .
  sign-terms           x  .  x  .  .  .  .  .  .  .  .  .
  plan-release         x  .  .  .  .  .  .  .  .  .  .  .
  agree-opening        x  .  x  .  .  .  .  .  .  .  .  .
  grant-downtime       x  .  .  .  .  .  .  .  .  .  .  .
  end-window           x  .  .  .  .  .  .  .  .  .  .  .
  seat                 x  .  x  .  .  .  .  .  .  .  .  .
  unseat               x  .  x  .  .  .  .  .  .  .  .  .
  read-in              .  .  x  .  .  .  .  .  .  .  .  .
  second-read-in       .  .  x  .  .  .  .  .  .  .  .  .
  read-out             x  .  x  .  .  .  .  .  .  .  .  .
  lay-plan             .  .  .  .  x  .  .  .  x  .  .  .
  record               .  .  .  .  .  .  .  .  x  .  .  .
  sign-report          x  .  .  .  .  .  .  .  x  .  .  .
  propose-partner      x  .  .  .  .  .  .  .  .  x  .  .
  sign-partner         x  .  .  .  .  .  .  .  .  x  .  .
  decline-partner      x  .  .  .  .  .  .  .  .  x  .  .
  admit-outside        x  .  .  .  .  .  .  .  .  .  .  .
  grant-partner        x  .  .  .  .  .  .  .  .  .  .  .
  revoke-partner       x  .  .  .  .  .  .  .  .  .  .  .
  consent-intake       x  .  x  .  .  .  .  .  .  .  .  .
  withdraw             x  .  .  .  .  .  .  .  .  .  .  .
  begin-closing        x  .  x  .  .  .  .  .  .  .  .  .
  sign-receipt         x  .  x  .  .  .  .  .  .  .  .  .
  endpoint-registered  .  .  .  .  .  .  .  .  .  .  .  .
  endpoint-probed      .  .  .  .  .  .  .  .  .  .  .  .
  dry-run-passed       .  .  .  .  .  .  .  .  .  .  .  .
  first-call           .  .  .  .  .  .  .  .  .  .  .  .
  clock                .  .  .  .  .  .  .  .  .  .  .  .
  endpoint-down        .  .  .  .  .  .  .  .  .  .  .  .
  endpoint-up          .  .  .  .  .  .  .  .  .  .  .  .
  person-left          .  .  .  .  .  .  .  .  .  .  .  .
  unblinded            .  .  .  .  .  .  .  .  .  .  .  .
  computed             .  .  .  .  .  .  .  .  .  .  .  .
  report-made          .  .  .  .  .  .  .  .  .  .  .  .
  remeasured           .  .  .  .  .  .  .  .  .  .  .  .
  sent-to-intake       .  .  .  .  .  .  .  .  .  .  .  .
  purged               .  .  .  .  .  .  .  .  .  .  .  .`

const PEOPLE = [
  'lead',
  'engineer',
  'officer',
  'keys',
  'bench',
  'runs',
  'analyst',
  'second',
  'authority',
  'steward',
  'pilot',
  'inspector',
]

type Cell = readonly [row: string, who: string, mark: string]

function cellsOf(table: string): readonly Cell[] {
  const [head, ...rows] = table.trim().split('\n')
  assert.equal(head!.trim().split(/\s+/).length, PEOPLE.length)
  return rows.flatMap((line) => {
    const [row = '', ...marks] = line.trim().split(/\s+/)
    assert.equal(marks.length, PEOPLE.length, row)
    return marks.map((mark, n): Cell => [row, PEOPLE[n]!, mark])
  })
}

const END = at(90)

function unread(): Docket {
  const play = playTo('partner-access')
  const grant = 'grt_one' as Id<'grant'>
  return play.do(
    'lead',
    { do: 'grant-partner', partner: PARTNER, grant, person: person('pilot'), use: 'defence', until: END },
    at(35),
  ).docket
}

function readInAll(): Docket {
  const play = playTo('inquiry')
  const into = [
    ['keys', 'D'],
    ['bench', 'B'],
    ['analyst', 'R'],
    ['second', 'R'],
    ['steward', 'P'],
    ['authority', 'D'],
    ['authority', 'B'],
    ['authority', 'R'],
  ] as const
  for (const [who, compartment] of into) readIn(play, who, compartment, END)
  return { ...play.docket, partners: unread().partners }
}

describe('who reads what in a docket', () => {
  const before = unread()
  const after = readInAll()
  const now = at(36)

  test('the tables name every seat, object, compartment and command', () => {
    assert.deepEqual(
      PEOPLE.filter((who) => who !== 'pilot').map((who) => CAST[who]!.seat),
      SEATS.filter((seat) => seat !== 'partner-person'),
    )
    const rowsOf = (table: string) => [...new Set(cellsOf(table).map(([row]) => row))].sort()
    assert.deepEqual(rowsOf(OBJECT_ROWS), Object.keys(OBJECTS).sort())
    assert.deepEqual(rowsOf(COMPARTMENT_ROWS), [...COMPARTMENTS].sort())
    assert.deepEqual(rowsOf(COMMAND_ROWS), Object.keys(COMMAND_SEATS).sort())
  })

  for (const [object, who, mark] of cellsOf(OBJECT_ROWS)) {
    test(`${who} and ${object}: ${mark}`, () => {
      const kind = object as ObjectKind
      assert.equal(mayRead(before, person(who), kind, now), mark === 'x', 'before any read-in')
      assert.equal(mayRead(after, person(who), kind, now), mark !== '.', 'read in')
      assert.equal(mayRead(after, person(who), kind, END), mark === 'x' && who !== 'pilot', 'at the end of read-ins and grants')
    })
  }

  test('compartments come with the seat or by two officers', () => {
    for (const [compartment, who, mark] of cellsOf(COMPARTMENT_ROWS)) {
      const inside = (docket: Docket) => (compartmentsOf(docket, person(who), now) as readonly string[]).includes(compartment)
      assert.equal(inside(before), mark === 'x', `${who} ${compartment}`)
      assert.equal(inside(after), mark !== '.', `${who} ${compartment} read in`)
    }
  })

  test('one officer’s word opens nothing', () => {
    for (const [name, compartment] of [
      ['keys', 'D'],
      ['bench', 'B'],
      ['analyst', 'R'],
      ['steward', 'P'],
    ] as const) {
      const play = playTo('inquiry').do('officer', { do: 'read-in', person: person(name), compartment, until: END })
      assert.ok(!compartmentsOf(play.docket, person(name), T0).includes(compartment))
    }
  })

  test('a stranger and the administrator read nothing and command nothing', () => {
    for (const who of ['stranger', 'administrator']) {
      for (const object of Object.keys(OBJECTS) as ObjectKind[]) assert.equal(mayRead(after, person(who), object, now), false)
      for (const command of Object.keys(COMMAND_SEATS) as CommandName[])
        assert.equal(mayCommand(after, person(who), command), false)
    }
  })

  test('only the determining authority is ever in both the developer’s and the benchmark’s compartment', () => {
    for (const who of PEOPLE) {
      const all = compartmentsOf(after, person(who), now)
      assert.equal(all.includes('D') && all.includes('B'), who === 'authority', who)
    }
  })
})

describe('who commands what', () => {
  const { docket } = playTo('inquiry')
  const granted = unread()
  for (const [command, who, mark] of cellsOf(COMMAND_ROWS)) {
    test(`${who} and ${command}: ${mark}`, () => {
      const name = command as CommandName
      assert.equal(mayCommand(who === 'pilot' ? granted : docket, person(who), name), mark === 'x')
    })
  }

  test('a seat that ended commands nothing', () => {
    const play = playTo('inquiry').do('officer', { do: 'unseat', person: person('authority'), seat: 'determining-authority' })
    assert.equal(mayCommand(play.docket, person('authority'), 'record'), false)
    assert.equal(mayRead(play.docket, person('authority'), 'head', T0), false)
  })
})
