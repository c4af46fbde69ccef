import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, digest, FACTS, PARTNER, type Play, person, playTo, readIn } from '../../devkit/docket-play.ts'
import { viewOfDocket } from './docket-view.ts'

const NOW = at(36)
const grant = (play: Play, id: string, name: string) =>
  play.do(
    'lead',
    { do: 'grant-partner', partner: PARTNER, grant: id as never, person: person(name), use: 'u', until: at(90) },
    at(35),
  )
const see = (play: Play, name: string) => viewOfDocket(play.docket, person(name), NOW)

describe('what one person sees of a docket', () => {
  test('a stranger sees nothing, not even that it is there', () => {
    assert.equal(see(playTo('window-open'), 'stranger'), null)
  })

  test('a partner’s person sees their own grants, and nobody else', () => {
    const play = grant(grant(playTo('partner-access'), 'grt_a', 'pilot'), 'grt_b', 'rival')
    const view = see(play, 'pilot')!
    assert.deepEqual(view.grants, [
      { grant: 'grt_a', person: 'per_pilot', use: 'u', until: at(90), revoked: null, partner: PARTNER },
    ])
    assert.ok(!JSON.stringify(view).includes('rival'))
    const { head, terms, people, readIns, endpoint, plans, partners, report, determination, may } = view
    assert.deepEqual(
      [head, terms, people, readIns, endpoint, plans, partners, report, determination, may],
      [null, [], [], [], null, [], [], null, null, []],
    )
  })

  test('partners and declined names are for the developer’s lead and a steward who is read in', () => {
    const play = readIn(playTo('partner-selection'), 'steward', 'P', at(90), at(33))
    for (const name of ['engineer', 'officer', 'keys', 'bench', 'analyst', 'authority', 'inspector']) {
      assert.deepEqual(see(play, name)?.partners, [], name)
    }
    for (const name of ['lead', 'steward']) assert.equal(see(play, name)?.partners.length, 1, name)
    assert.deepEqual(see(playTo('partner-selection'), 'steward')?.partners, [])
  })

  test('names of who is read in are withheld from the developer where the terms say so', () => {
    for (const readersNamed of [true, false]) {
      const play = readIn(playTo('recorded', 'access', { ...FACTS, readersNamed }), 'analyst', 'R', at(90), at(33))
      play.do('weir', { do: 'report-made', digest: digest('r'), publicDigest: digest('s') }, at(34))
      play.do('authority', { do: 'sign-report', digest: digest('r'), publicDigest: digest('s') }, at(34))
      const lead = see(play, 'lead')!
      const text = JSON.stringify([lead.readIns, lead.people, lead.determination, lead.report])
      for (const name of ['analyst', 'authority', 'keys', 'inspector'])
        assert.equal(text.includes(`per_${name}"`), readersNamed, name)
      assert.equal(lead.readIns[0]?.compartment, 'R')
      assert.ok(text.includes('per_officer'), 'whom it deals with it knows')
      assert.ok(JSON.stringify(see(play, 'deputy')?.readIns).includes('per_analyst'), 'the office knows its own')
    }
  })

  test('reasons, baseline and the computed outcome are for those who read them', () => {
    const play = playTo('analysis')
    play.do('bench', { do: 'lay-plan', digest: digest('p'), why: 'first' }, at(31))
    play.do('weir', { do: 'computed', outcome: 'met' }, at(32))
    play.do('authority', { do: 'record', recorded: 'not-covered', reasonDigest: digest('w') }, at(32))
    readIn(readIn(play, 'authority', 'R', at(90), at(33)), 'analyst', 'R', at(90), at(33))
    readIn(readIn(play, 'bench', 'B', at(90), at(33)), 'keys', 'D', at(90), at(33))
    const row = (name: string) => {
      const { plans, computed, determination, endpoint } = see(play, name)!
      return [plans[0]?.why, computed?.outcome, determination?.reasonDigest?.slice(0, 2), endpoint?.baseline]
    }
    const no = [null, undefined, undefined, null]
    assert.deepEqual(row('lead'), [null, undefined, undefined, 'f'])
    assert.deepEqual(row('officer'), no)
    assert.deepEqual(row('bench'), ['first', undefined, undefined, null])
    assert.deepEqual(row('keys'), [null, undefined, undefined, 'f'])
    assert.deepEqual(row('analyst'), [null, 'met', undefined, null])
    assert.deepEqual(row('authority'), ['first', 'met', digest('w').slice(0, 2), null])
    assert.equal(see(play, 'officer')?.determination?.departs, true)
  })

  test('what may be done now is of the seat, the kind and the state', () => {
    const may = (play: Play, name: string) => viewOfDocket(play.docket, person(name), at(2))?.may
    assert.deepEqual(may(playTo('window-open'), 'lead'), [
      'plan-release',
      'grant-downtime',
      'end-window',
      'seat',
      'unseat',
      'read-out',
      'admit-outside',
      'grant-partner',
      'revoke-partner',
      'consent-intake',
      'withdraw',
    ])
    assert.deepEqual(may(playTo('analysis'), 'authority'), ['lay-plan', 'record'])
    assert.deepEqual(may(playTo('terms', 'notice'), 'bench'), [])
    assert.deepEqual(may(playTo('closed'), 'lead'), [])
  })

  test('a plan laid after unblinding shows it', () => {
    const play = playTo('analysis').do('bench', { do: 'lay-plan', digest: digest('p'), why: null }, at(31))
    play.do('weir', { do: 'unblinded' }, at(32)).do('bench', { do: 'lay-plan', digest: digest('q'), why: 'late' }, at(33))
    assert.deepEqual(
      see(play, 'officer')?.plans.map((plan) => plan.afterUnblinding),
      [false, true],
    )
  })
})
