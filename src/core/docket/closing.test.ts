import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, digest, type Play, playTo } from '../../devkit/docket-play.ts'
import { instant } from '../kernel/instant.ts'
import type { DocketCommand } from './docket-command.ts'
import type { DocketRefusal } from './docket-refusal.ts'

const refused = (play: Play, who: string, command: DocketCommand, code: DocketRefusal, now = at(2)) => {
  const decision = play.ask(who, command, now)
  assert.equal(decision.ok ? 'done' : decision.code, code)
}
const purged: DocketCommand = { do: 'purged', receiptDigest: digest('r') }
const sign: DocketCommand = { do: 'sign-receipt', digest: digest('r') }
const clock: DocketCommand = { do: 'clock' }

describe('closing', () => {
  test('either side begins it where no window is open and no analysis is the office’s', () => {
    for (const state of ['inquiry', 'terms', 'access-ready', 'recorded', 'partner-selection', 'partner-access'] as const) {
      for (const who of ['lead', 'officer']) {
        const play = playTo(state).do(who, { do: 'begin-closing' }, at(35))
        assert.deepEqual([play.docket.state, play.docket.closing?.why], ['closing', 'ended'])
      }
    }
    refused(playTo('analysis'), 'lead', { do: 'begin-closing' }, 'docket.wrong-state', at(35))
    assert.equal(playTo('analysis').do('officer', { do: 'begin-closing' }, at(35)).docket.state, 'closing')
  })

  test('purged, signed by both, closed', () => {
    const play = playTo('closing')
    refused(play, 'lead', sign, 'receipt.none')
    play.do('weir', purged, at(2))
    refused(play, 'weir', { do: 'purged', receiptDigest: digest('x') }, 'receipt.other')
    refused(play, 'lead', { do: 'sign-receipt', digest: digest('x') }, 'receipt.other')
    play.do('lead', sign, at(2))
    refused(play, 'lead', sign, 'receipt.signed-already')
    play.do('officer', sign, at(3))
    assert.deepEqual([play.docket.state, play.docket.closedAt], ['closed', at(3)])
    assert.deepEqual(play.events.at(-1)?.type === 'docket-closed' && play.events.at(-1), {
      type: 'docket-closed',
      docket: play.docket.id,
      at: at(3),
      by: 'per_officer',
      missing: [],
    })
  })

  for (const [signers, missing] of [
    [[], ['developer', 'office']],
    [['lead'], ['office']],
    [['officer'], ['developer']],
  ] as const) {
    test(`after the policy’s days it closes without ${missing.join(' and ')}, and says so`, () => {
      const play = playTo('closing').do('weir', purged, at(2))
      for (const who of signers) play.do(who, sign, at(2))
      const early = play.ask('weir', clock, instant(at(16) - 1))
      assert.ok(early.ok && early.events.length === 0)
      play.do('weir', clock, at(16))
      const last = play.events.at(-1)
      assert.ok(last?.type === 'docket-closed')
      assert.deepEqual(last.missing, missing)
      assert.equal(play.docket.state, 'closed')
    })
  }

  test('the days count from the purge: without one there is nothing to sign and nothing closes', () => {
    const decision = playTo('closing').ask('weir', clock, at(900))
    assert.ok(decision.ok && decision.events.length === 0)
  })

  test('after withdrawing it says so', () => {
    const play = playTo('window-open').do('lead', { do: 'withdraw' }, at(2))
    assert.equal(play.docket.closing?.why, 'withdrawn')
  })

  test('closed is the end: no command of anybody does anything', () => {
    const play = playTo('closed')
    for (const command of [{ do: 'withdraw' }, { do: 'begin-closing' }, sign] as const) {
      refused(play, 'lead', command, 'docket.closed', at(9))
    }
    refused(play, 'weir', { do: 'first-call' }, 'docket.closed', at(9))
    const decision = play.ask('weir', clock, at(9))
    assert.ok(decision.ok && decision.events.length === 0)
  })
})
