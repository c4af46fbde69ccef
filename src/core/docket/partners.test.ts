import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, digest, PARTNER, type Play, PROPOSE, person, playTo, readIn } from '../../devkit/docket-play.ts'
import type { VettingReason } from './docket.ts'
import type { DocketCommand } from './docket-command.ts'
import type { DocketRefusal } from './docket-refusal.ts'
import { mayRead } from './reading.ts'

const NOW = at(34)
const refused = (play: Play, who: string, command: DocketCommand, code: DocketRefusal, now = NOW) => {
  const decision = play.ask(who, command, now)
  assert.equal(decision.ok ? 'done' : decision.code, code)
}
const sign: DocketCommand = { do: 'sign-partner', partner: PARTNER }
const decline = (reasons: readonly VettingReason[], again = null as ReturnType<typeof at> | null): DocketCommand => ({
  do: 'decline-partner',
  partner: PARTNER,
  reasons,
  again,
})
const admit: DocketCommand = { do: 'admit-outside', partner: PARTNER }
const grant = (id: string, name: string, days = 50): DocketCommand => ({
  do: 'grant-partner',
  partner: PARTNER,
  grant: id as never,
  person: person(name),
  use: 'to defend what it runs',
  until: at(days),
})
const steward = (play: Play) => readIn(play, 'steward', 'P', at(90), at(33))
const standing = (play: Play) => play.docket.partners[0]?.standing

describe('partners', () => {
  test('are selected by both signatures, in any order, and by nothing less', () => {
    for (const [one, two] of [
      ['lead', 'steward'],
      ['steward', 'lead'],
    ] as const) {
      const play = steward(playTo('recorded')).do('steward', PROPOSE, NOW)
      assert.equal(play.docket.state, 'partner-selection')
      play.do(one, sign, NOW)
      refused(play, one, sign, 'partner.signed-already')
      refused(play, 'officer', sign, 'asker.no-seat')
      refused(play, 'lead', grant('grt_a', 'pilot'), 'partner.not-admitted')
      assert.equal(standing(play), 'proposed')
      play.do(two, sign, NOW)
      assert.deepEqual([standing(play), play.docket.state], ['selected', 'partner-access'])
    }
  })

  test('are proposed under the vetting list in force', () => {
    const play = steward(playTo('recorded'))
    const old = { list: 'partner-vetting/0.9.0', digest: digest('v') }
    refused(play, 'lead', { do: 'propose-partner', partner: PARTNER, vetting: old }, 'vetting.unknown-list')
    play.do('lead', PROPOSE, NOW)
    refused(play, 'steward', PROPOSE, 'partner.exists')
  })

  test('are nothing that a steward who is not read in could ask about, whatever they are', () => {
    for (const play of [playTo('recorded'), playTo('partner-selection')])
      for (const command of [PROPOSE, sign, decline([]), decline(['no-training'])])
        refused(play, 'steward', command, 'asker.not-read-in')
    const ended = steward(playTo('partner-selection'))
    refused(ended, 'steward', sign, 'asker.not-read-in', at(91))
  })

  test('are declined with reasons of the list and a day to apply again', () => {
    const play = steward(playTo('partner-selection'))
    refused(play, 'steward', decline([]), 'partner.reason-needed')
    refused(play, 'steward', decline(['no-training', 'no-training']), 'partner.reason-needed')
    refused(play, 'steward', decline(['dislike' as never]), 'partner.reason-needed')
    refused(play, 'steward', decline(['no-training'], at(1)), 'partner.again-past')
    play.do('lead', sign, NOW)
    play.do('steward', decline(['no-training', 'expired'], at(40)), NOW)
    assert.deepEqual(play.docket.partners[0]?.declinedFor, {
      by: 'office',
      reasons: ['no-training', 'expired'],
      again: at(40),
    })
    refused(play, 'steward', sign, 'partner.not-proposed')
    refused(play, 'lead', PROPOSE, 'partner.not-yet', at(39))
    play.do('lead', PROPOSE, at(40))
    assert.deepEqual(play.docket.partners[0]?.signed, { developer: null, office: null })
  })

  test('outside the joint list the developer admits alone, at any time before the closing, and nothing else changes', () => {
    for (const state of [
      'inquiry',
      'terms',
      'access-ready',
      'window-open',
      'analysis',
      'recorded',
      'partner-selection',
    ] as const) {
      const play = playTo(state)
      const { planned, window } = play.docket
      const now = state === 'window-open' ? at(2) : NOW
      refused(play, 'steward', admit, 'asker.no-seat', now)
      play.do('lead', admit, now).do('lead', grant('grt_a', 'pilot'), now)
      assert.equal(standing(play), 'outside')
      assert.deepEqual([play.docket.state, play.docket.planned, play.docket.window], [state, planned, window])
    }
  })

  test('a partner that the office declined can be admitted outside', () => {
    const play = steward(playTo('partner-selection'))
      .do('steward', decline(['other-terms']), NOW)
      .do('lead', admit, NOW)
    assert.equal(standing(play), 'outside')
    refused(playTo('partner-access'), 'lead', admit, 'partner.exists', at(35))
  })
})

describe('grants', () => {
  test('are per person, for a use, and expire', () => {
    const play = playTo('partner-access')
    refused(play, 'steward', grant('grt_a', 'pilot'), 'asker.no-seat')
    refused(play, 'lead', grant('grt_a', 'pilot', 1), 'grant.past')
    play.do('lead', grant('grt_a', 'pilot'), NOW)
    refused(play, 'lead', grant('grt_a', 'other'), 'grant.exists')
    assert.equal(mayRead(play.docket, person('pilot'), 'grant', at(49)), true)
    assert.equal(mayRead(play.docket, person('pilot'), 'grant', at(50)), false)
    assert.equal(mayRead(play.docket, person('other'), 'grant', at(49)), false)
  })

  test('are revoked one by one or with the partner, at once, by the developer', () => {
    const play = playTo('partner-access').do('lead', grant('grt_a', 'pilot'), NOW).do('lead', grant('grt_b', 'other'), NOW)
    refused(play, 'steward', { do: 'revoke-partner', partner: PARTNER, grant: null }, 'asker.no-seat')
    play.do('lead', { do: 'revoke-partner', partner: PARTNER, grant: 'grt_a' as never }, at(35))
    assert.equal(mayRead(play.docket, person('pilot'), 'grant', at(35)), false)
    assert.equal(mayRead(play.docket, person('other'), 'grant', at(35)), true)
    refused(play, 'lead', { do: 'revoke-partner', partner: PARTNER, grant: 'grt_a' as never }, 'grant.none', at(35))
    play.do('lead', { do: 'revoke-partner', partner: PARTNER, grant: null }, at(36))
    assert.equal(mayRead(play.docket, person('other'), 'grant', at(36)), false)
    assert.equal(standing(play), 'ended')
    refused(play, 'lead', grant('grt_c', 'pilot'), 'partner.not-admitted', at(37))
  })

  test('end with the closing', () => {
    const play = playTo('partner-access')
      .do('lead', grant('grt_a', 'pilot'), NOW)
      .do('officer', { do: 'begin-closing' }, at(35))
    assert.equal(mayRead(play.docket, person('pilot'), 'grant', at(35)), false)
    refused(play, 'lead', admit, 'docket.wrong-state', at(35))
  })
})
