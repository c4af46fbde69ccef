import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { at, digest, FACTS, type Play, playTo } from '../../devkit/docket-play.ts'
import { OUTCOMES, RECORDED, type Recorded } from './docket.ts'
import type { DocketCommand } from './docket-command.ts'
import type { DocketRefusal } from './docket-refusal.ts'

const NOW = at(32)
const refused = (play: Play, who: string, command: DocketCommand, code: DocketRefusal, now = NOW) => {
  const decision = play.ask(who, command, now)
  assert.equal(decision.ok ? 'done' : decision.code, code)
}
const lay = (of: string, why: string | null = null): DocketCommand => ({ do: 'lay-plan', digest: digest(of), why })
const record = (recorded: Recorded, reasonDigest: string | null = null): DocketCommand => ({
  do: 'record',
  recorded,
  reasonDigest,
})

describe('the decision plan', () => {
  test('the first needs no reason before unblinding, each later one does', () => {
    const play = playTo('window-open')
    refused(play, 'analyst', lay('p'), 'asker.no-seat', at(2))
    play.do('bench', lay('p'), at(2))
    refused(play, 'bench', lay('q'), 'plan.reason-needed', at(2))
    refused(play, 'bench', lay('q', '  '), 'plan.reason-needed', at(2))
    refused(play, 'bench', lay('p', 'again'), 'plan.same', at(2))
    play.do('bench', lay('q', 'a task was broken'), at(3))
    assert.deepEqual(
      play.docket.plans.map(({ digest: of, why }) => [of, why]),
      [
        [digest('p'), null],
        [digest('q'), 'a task was broken'],
      ],
    )
  })

  test('after unblinding even the first one says why, and the instant of unblinding never moves', () => {
    const play = playTo('analysis').do('weir', { do: 'unblinded' }, NOW).do('weir', { do: 'unblinded' }, at(33))
    assert.equal(play.docket.unblindedAt, NOW)
    refused(play, 'bench', lay('p'), 'plan.reason-needed')
    play.do('bench', lay('p', 'none was laid before'), NOW)
  })

  test('not after the record', () => refused(playTo('recorded'), 'bench', lay('p', 'late'), 'docket.wrong-state'))
})

describe('the record', () => {
  const same: Readonly<Record<string, Recorded>> = {
    met: 'covered',
    'not-met': 'not-covered',
    undetermined: 'undetermined',
    'not-assessable': 'not-assessed',
    nothing: 'not-assessed',
  }
  for (const outcome of [...OUTCOMES, null]) {
    for (const recorded of RECORDED) {
      const departs = same[outcome ?? 'nothing'] !== recorded
      test(`${outcome} recorded as ${recorded} ${departs ? 'needs a reason' : 'needs none'}`, () => {
        const play = playTo('analysis').do('weir', { do: 'computed', outcome }, NOW)
        if (departs) refused(play, 'authority', record(recorded), 'determination.reason-needed')
        play.do('authority', record(recorded, departs ? digest('w') : null), NOW)
        assert.equal(play.docket.state, 'recorded')
        assert.equal(play.docket.determination?.departs, departs)
        assert.equal(play.docket.determination?.computed, outcome)
      })
    }
  }

  test('is the determining authority’s alone, once, and of what was measured last', () => {
    const play = playTo('analysis')
    for (const who of ['lead', 'officer', 'analyst', 'bench', 'inspector'])
      refused(play, who, record('covered'), 'asker.no-seat')
    play.do('weir', { do: 'computed', outcome: 'met' }, NOW).do('weir', { do: 'computed', outcome: 'not-met' }, NOW)
    play.do('authority', record('not-covered'), NOW)
    refused(play, 'authority', record('covered', digest('w')), 'docket.wrong-state')
  })
})

describe('the report', () => {
  const made: DocketCommand = { do: 'report-made', digest: digest('r'), publicDigest: digest('s') }
  const sign = (of = 'r'): DocketCommand => ({ do: 'sign-report', digest: digest(of), publicDigest: digest('s') })

  test('is signed by both on the same digests, and can stay unsigned to the end', () => {
    const play = playTo('recorded')
    refused(play, 'lead', sign(), 'report.none')
    play.do('weir', made, NOW)
    refused(play, 'lead', sign('x'), 'report.other')
    refused(play, 'officer', sign(), 'asker.no-seat')
    play.do('authority', sign(), NOW)
    refused(play, 'authority', sign(), 'report.signed-already')
    play.do('officer', { do: 'begin-closing' }, NOW)
    assert.equal(play.docket.report?.signed.developer, null)
    play.do('lead', sign(), NOW)
    assert.notEqual(play.docket.report?.signed.developer, null)
  })

  test('a newer one has no signatures yet', () => {
    const play = playTo('recorded').do('weir', made, NOW).do('lead', sign(), NOW)
    play.do('weir', { do: 'report-made', digest: digest('n'), publicDigest: digest('s') }, NOW)
    assert.deepEqual(play.docket.report?.signed, { developer: null, office: null })
    refused(play, 'lead', sign(), 'report.other')
  })
})

describe('after release and to intake', () => {
  test('measured again only once the planned release has come', () => {
    const play = playTo('recorded')
    refused(play, 'weir', { do: 'remeasured', runSet: 'rns_a' }, 'remeasure.before-release', at(59))
    play.do('weir', { do: 'remeasured', runSet: 'rns_a' }, at(60)).do('weir', { do: 'remeasured', runSet: 'rns_a' }, at(61))
    assert.deepEqual(play.docket.remeasured, [{ at: at(60), runSet: 'rns_a' }])
  })

  test('a finding goes to intake with both consents, once, and where the terms say so', () => {
    const play = playTo('analysis')
    const consent: DocketCommand = { do: 'consent-intake', item: 'fnd_a' }
    const sent = (report: string): DocketCommand => ({ do: 'sent-to-intake', item: 'fnd_a', report })
    play.do('lead', consent, NOW)
    refused(play, 'lead', consent, 'intake.signed-already')
    refused(play, 'weir', sent('rpt_a'), 'intake.unsigned')
    play.do('officer', consent, NOW).do('weir', sent('rpt_a'), NOW)
    assert.equal(play.docket.toIntake[0]?.report, 'rpt_a')
    refused(play, 'weir', sent('rpt_b'), 'intake.sent-already')
    refused(playTo('analysis', 'access', { ...FACTS, findingsToIntake: false }), 'lead', consent, 'intake.not-in-terms')
  })
})
