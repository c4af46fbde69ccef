import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  asked,
  asker,
  at,
  DEVELOPER,
  digest,
  FACTS,
  Play,
  POLICY,
  person,
  playTo,
  seatAll,
  seatOf,
  signTerms,
  T0,
} from '../../devkit/docket-play.ts'
import { HOUR, instant } from '../kernel/instant.ts'
import { decideDocket } from './decide.ts'
import { DOCKET_KINDS, DOCKET_STATES, type DocketKind } from './docket.ts'
import type { DocketCommand } from './docket-command.ts'
import type { DocketRefusal } from './docket-refusal.ts'
import { replayDocket } from './evolve.ts'
import { KINDS } from './kinds.ts'
import { nextStep } from './next-step.ts'
import { openDocket } from './open-docket.ts'

const types = (play: Play, who: string, command: DocketCommand, now = T0) => {
  const decision = play.ask(who, command, now)
  return decision.ok ? decision.events.map(({ type }) => type) : decision.code
}
const refused = (play: Play, who: string, command: DocketCommand, code: DocketRefusal, now = T0) =>
  assert.equal(types(play, who, command, now), code)
const offer: DocketCommand = { do: 'offer-terms', digest: digest('t'), facts: FACTS }
const sign = (version = 1): DocketCommand => ({ do: 'sign-terms', version, digest: digest('t') })
const plan = (days: number): DocketCommand => ({ do: 'plan-release', planned: { at: at(days), zone: 'Europe/Paris' } })
const clock: DocketCommand = { do: 'clock' }

describe('opening', () => {
  test('the developer asks and becomes its lead; nobody else can', () => {
    const { docket } = new Play()
    assert.equal(docket.state, 'inquiry')
    assert.deepEqual(docket.seats, [{ person: person('lead'), organisation: DEVELOPER, seat: 'developer-lead', endedAt: null }])
    for (const who of ['officer', 'stranger', 'weir']) {
      const decision = openDocket(asked(), asker(who), T0)
      assert.ok(!decision.ok && decision.code === 'asker.not-developer')
    }
  })

  test('not with itself, not under a policy that is unknown or not in force', () => {
    const code = (more: Parameters<typeof asked>[0]) => {
      const decision = openDocket(asked(more), asker('lead'), T0)
      return decision.ok ? 'opened' : decision.code
    }
    assert.equal(code({ office: DEVELOPER }), 'docket.one-side')
    assert.equal(code({ policy: 'eo-14409/2.0.0' }), 'policy.unknown')
    assert.equal(code({ policy: 'eo-14409-draft/2026-05' }), 'policy.not-in-force')
    assert.equal(code({ planned: { at: at(9), zone: 'no zone at all' } }), 'instant.malformed')
    assert.equal(code({ planned: { at: at(9), zone: 'UTC' } }), 'opened')
  })

  test('the first officer takes the seat by the office’s word; the second is seated by the first', () => {
    const play = new Play()
    refused(play, 'deputy', seatOf('officer'), 'asker.no-seat')
    refused(play, 'stranger', seatOf('officer'), 'asker.no-seat')
    refused(play, 'officer', seatOf('authority'), 'asker.no-seat')
    play.do('officer', seatOf('officer'))
    refused(play, 'deputy', seatOf('deputy'), 'asker.no-seat')
    play.do('officer', seatOf('deputy'))
  })
})

describe('inquiry', () => {
  test('the determining authority answers; an answer ends nothing', () => {
    const play = playTo('inquiry')
    refused(play, 'officer', { do: 'answer-inquiry', answer: 'covered' }, 'asker.no-seat')
    play.do('authority', { do: 'answer-inquiry', answer: 'not-covered' })
    assert.equal(play.docket.answered, 'not-covered')
    assert.equal(play.docket.state, 'inquiry')
  })

  test('terms lead to terms; no endpoint before they are signed', () => {
    const play = playTo('inquiry')
    refused(play, 'weir', { do: 'endpoint-registered' }, 'docket.wrong-state')
    play.do('officer', offer)
    assert.equal(play.docket.state, 'terms')
    refused(play, 'weir', { do: 'endpoint-registered' }, 'terms.unsigned')
  })
})

describe('terms', () => {
  test('need both signatures on the same digest', () => {
    const play = playTo('inquiry').do('lead', offer)
    refused(play, 'lead', { do: 'sign-terms', version: 1, digest: digest('x') }, 'terms.not-newest')
    play.do('lead', sign())
    refused(play, 'lead', sign(), 'terms.signed-already')
    refused(play, 'engineer', sign(), 'asker.no-seat')
    play.do('officer', sign())
  })

  test('a new version takes the place of the older one and of its signatures', () => {
    const play = playTo('terms').do('officer', offer)
    refused(play, 'lead', sign(1), 'terms.not-newest')
    refused(play, 'weir', { do: 'endpoint-registered' }, 'terms.unsigned')
    assert.deepEqual(play.docket.terms.at(-1)?.signed, { developer: null, office: null })
    assert.notEqual(play.docket.terms[0]?.signed.office, null, 'the older one keeps its history')
  })

  test('a new version takes readiness back', () => {
    const play = playTo('access-ready').do('lead', offer)
    assert.equal(play.docket.state, 'terms')
    refused(play, 'weir', { do: 'first-call' }, 'docket.wrong-state', at(1))
    play.do('lead', sign(2))
    assert.deepEqual(types(play, 'officer', sign(2)), ['terms-signed', 'access-readied'])
  })

  test('days are whole, at least 1 and at most the policy’s', () => {
    const play = playTo('inquiry')
    for (const days of [0, 31, 1.5, Number.NaN, -3]) {
      refused(play, 'lead', { do: 'offer-terms', digest: digest('t'), facts: { ...FACTS, days } }, 'terms.days')
    }
    refused(play, 'lead', { ...offer, digest: 'ABC' } as DocketCommand, 'digest.malformed')
    const odd = { ...FACTS, retentionDays: -1 }
    refused(play, 'lead', { do: 'offer-terms', digest: digest('t'), facts: odd }, 'terms.facts')
  })
})

describe('access ready', () => {
  const steps: readonly (readonly [string, DocketCommand])[] = [
    ['weir', { do: 'endpoint-registered' }],
    ['weir', { do: 'endpoint-probed', fingerprint: 'f', changed: false }],
    ['weir', { do: 'dry-run-passed' }],
    ['lead', plan(60)],
  ]

  test('needs terms, endpoint, baseline, dry run and the planned release; the last of them makes it ready', () => {
    const play = playTo('terms')
    for (const [who, command] of steps) {
      assert.equal(play.docket.state, 'terms')
      play.do(who, command)
    }
    assert.equal(play.docket.state, 'access-ready')
    assert.equal(play.events.at(-1)?.type, 'access-readied')
  })

  test('without any one of them it stays in terms', () => {
    for (const left of steps) {
      const play = playTo('terms')
      for (const step of steps) {
        if (step !== left) {
          const decision = play.ask(step[0], step[1])
          if (decision.ok) play.do(step[0], step[1])
        }
      }
      assert.equal(play.docket.state, 'terms', `without ${left[1].do}`)
    }
  })

  test('another endpoint needs another baseline and dry run', () => {
    const play = playTo('access-ready').do('weir', { do: 'endpoint-registered' })
    assert.equal(play.docket.state, 'terms')
    refused(play, 'weir', { do: 'dry-run-passed' }, 'endpoint.no-baseline')
  })

  test('a deployment needs no planned release, and says where its kind is known from', () => {
    const play = seatAll(new Play({ kind: 'deployment' }))
    signTerms(play)
    for (const [who, command] of steps.slice(0, 3)) play.do(who, command)
    assert.equal(play.docket.state, 'access-ready')
    assert.equal(KINDS.deployment.label, 'Known from drafts and agreements, not from the signed order.')
    play.do('weir', { do: 'first-call' }, at(1))
    assert.equal(play.docket.window?.endsAt, at(31))
  })
})

describe('window open', () => {
  test('by the first call where the terms say so', () => {
    const play = playTo('access-ready').do('weir', { do: 'first-call' }, at(1))
    assert.equal(play.docket.state, 'window-open')
    assert.deepEqual([play.docket.window?.openedAt, play.docket.window?.endsAt], [at(1), at(31)])
    assert.deepEqual(types(play, 'weir', { do: 'first-call' }, at(2)), [])
  })

  test('at the agreed instant where they say that, however late the tick is', () => {
    const play = playTo('access-ready', 'access', { ...FACTS, opensBy: 'agreed-instant', days: 10 })
    refused(play, 'weir', { do: 'first-call' }, 'window.not-by-call')
    refused(play, 'lead', { do: 'agree-opening', at: at(61) }, 'opening.past')
    play.do('officer', { do: 'agree-opening', at: at(3) })
    refused(play, 'officer', { do: 'agree-opening', at: at(3) }, 'opening.signed-already')
    assert.deepEqual(types(play, 'weir', clock, at(4)), [], 'one side alone agrees on nothing')
    play.do('lead', { do: 'agree-opening', at: at(4) }).do('officer', { do: 'agree-opening', at: at(4) })
    assert.deepEqual(types(play, 'weir', clock, at(3, 23)), [])
    play.do('weir', clock, at(5))
    assert.deepEqual([play.docket.window?.openedAt, play.docket.window?.endsAt], [at(4), at(14)])
  })

  test('not once the planned release has come', () => {
    refused(playTo('access-ready'), 'weir', { do: 'first-call' }, 'window.release-reached', at(60))
  })

  test('an earlier release shortens it, a later one lengthens it no further than its days', () => {
    const play = playTo('window-open').do('lead', plan(10), at(2))
    assert.equal(play.docket.window?.endsAt, at(10))
    play.do('lead', plan(20), at(2))
    assert.equal(play.docket.window?.endsAt, at(20))
    play.do('lead', plan(300), at(2))
    assert.equal(play.docket.window?.endsAt, at(31))
  })

  test('a release that has come already ends it now', () => {
    const play = playTo('window-open')
    assert.deepEqual(types(play, 'lead', plan(2), at(5)), ['release-planned', 'window-end-moved', 'window-closed'])
    play.do('lead', plan(2), at(5))
    assert.deepEqual(play.docket.window?.closed, { at: at(5), why: 'end' })
  })

  test('the developer ends it early; the office cannot', () => {
    const play = playTo('window-open')
    refused(play, 'officer', { do: 'end-window' }, 'asker.no-seat', at(2))
    refused(play, 'officer', { do: 'begin-closing' }, 'docket.wrong-state', at(2))
    play.do('lead', { do: 'end-window' }, at(2))
    assert.equal(play.docket.state, 'analysis')
    assert.deepEqual(play.docket.window?.closed, { at: at(2), why: 'early' })
  })

  test('the end comes first: nobody reaches back behind it, and no clock opens it again', () => {
    const play = playTo('window-open')
    refused(play, 'lead', { do: 'grant-downtime', milliseconds: HOUR }, 'docket.wrong-state', at(31))
    refused(play, 'weir', { do: 'first-call' }, 'docket.wrong-state', at(31))
    assert.deepEqual(types(play, 'lead', plan(90), at(31)), ['window-closed', 'release-planned'])
    play.do('weir', clock, at(31))
    assert.equal(play.docket.state, 'analysis')
    play.do('weir', clock, at(2))
    assert.equal(play.docket.state, 'analysis', 'a clock that went back')
    refused(play, 'weir', { do: 'first-call' }, 'docket.wrong-state', at(2))
  })

  test('just before the end it is open, at the end it is not', () => {
    const play = playTo('window-open')
    assert.deepEqual(types(play, 'weir', clock, instant(at(31) - 1)), [])
    assert.deepEqual(types(play, 'weir', clock, at(31)), ['window-closed'])
  })

  test('a change of build is kept', () => {
    const play = playTo('window-open').do('weir', { do: 'endpoint-probed', fingerprint: 'g', changed: true }, at(2))
    assert.deepEqual(play.docket.endpoint?.builds, [{ at: at(2), fingerprint: 'g' }])
    assert.deepEqual(types(play, 'weir', { do: 'endpoint-probed', fingerprint: 'f', changed: false }, at(3)), [])
  })
})

describe('down time', () => {
  const facts = { ...FACTS, days: 10 }
  const down = (from: number, to: number, more = facts) =>
    playTo('window-open', 'access', more)
      .do('weir', { do: 'endpoint-down' }, at(1, from))
      .do('weir', { do: 'endpoint-up' }, at(1, to))

  test('is shown and lengthens nothing by itself', () => {
    const play = down(2, 5)
    assert.deepEqual(play.docket.downtime, [{ from: at(1, 2), to: at(1, 5), granted: 0 }])
    assert.equal(play.docket.window?.endsAt, at(11))
  })

  test('the developer grants at most what there was, once', () => {
    const play = down(2, 5)
    refused(play, 'officer', { do: 'grant-downtime', milliseconds: HOUR }, 'asker.no-seat', at(2))
    play.do('lead', { do: 'grant-downtime', milliseconds: HOUR }, at(2))
    assert.equal(play.docket.window?.endsAt, at(11, 1))
    play.do('lead', { do: 'grant-downtime', milliseconds: 90 * HOUR }, at(2))
    assert.equal(play.docket.window?.endsAt, at(11, 3))
    refused(play, 'lead', { do: 'grant-downtime', milliseconds: 1 }, 'downtime.none', at(2))
    refused(down(2, 5), 'lead', { do: 'grant-downtime', milliseconds: -HOUR }, 'downtime.none', at(2))
  })

  test('by terms that say so it lengthens at once, never past the policy or the planned release', () => {
    assert.equal(down(2, 5, { ...facts, downtimeExtends: true }).docket.window?.endsAt, at(11, 3))
    assert.equal(down(2, 5, { ...facts, days: 30, downtimeExtends: true }).docket.window?.endsAt, at(31))
    const play = playTo('window-open', 'access', { ...facts, downtimeExtends: true })
    play.do('lead', plan(11), at(1)).do('weir', { do: 'endpoint-down' }, at(2)).do('weir', { do: 'endpoint-up' }, at(4))
    assert.equal(play.docket.window?.endsAt, at(11))
  })

  test('what was granted by hand while it lasted is not granted twice', () => {
    const play = playTo('window-open', 'access', { ...facts, downtimeExtends: true }).do('weir', { do: 'endpoint-down' }, at(2))
    play.do('lead', { do: 'grant-downtime', milliseconds: 2 * HOUR }, at(2, 3))
    play.do('weir', { do: 'endpoint-up' }, at(2, 5))
    assert.equal(play.docket.window?.endsAt, at(11, 5))
  })

  test('the end of the window ends it', () => {
    const play = playTo('window-open', 'access', facts).do('weir', { do: 'endpoint-down' }, at(10)).do('weir', clock, at(11))
    assert.equal(play.docket.downtime[0]?.to, at(11))
  })
})

describe('withdrawing', () => {
  for (const kind of DOCKET_KINDS) {
    for (const state of KINDS[kind].states.filter((one) => one !== 'closed')) {
      test(`${kind}: from ${state}, by the developer alone`, () => {
        const play = playTo(state, kind)
        for (const who of ['officer', 'authority', 'engineer', 'inspector', 'stranger', 'weir']) {
          refused(play, who, { do: 'withdraw' }, 'asker.no-seat', at(2))
        }
        play.do('lead', { do: 'withdraw' }, at(2))
        assert.equal(play.docket.state, 'closing')
        assert.equal(play.docket.withdrawnAt, at(2))
        assert.ok(play.docket.readIns.every(({ endedAt }) => endedAt !== null))
        assert.deepEqual(types(play, 'lead', { do: 'withdraw' }, at(3)), [])
      })
    }
  }

  test('no field of command, event or docket could take a reason', () => {
    const play = playTo('window-open')
    const decision = play.ask('lead', { do: 'withdraw' }, at(2))
    assert.ok(decision.ok)
    assert.deepEqual(
      decision.events.map((event) => Object.keys(event).sort()),
      [['at', 'by', 'docket', 'type', 'why'], ...Array(2).fill(['at', 'by', 'docket', 'type'])],
    )
    assert.equal(play.do('lead', { do: 'withdraw' }, at(2)).docket.window?.closed?.why, 'withdrawn')
  })
})

describe('kinds', () => {
  test('a notice ends without access', () => {
    const play = playTo('terms', 'notice')
    refused(play, 'weir', { do: 'endpoint-registered' }, 'docket.wrong-kind')
    refused(play, 'lead', { do: 'agree-opening', at: at(3) }, 'docket.wrong-kind')
    play.do('lead', plan(20)).do('officer', { do: 'begin-closing' })
    assert.equal(play.docket.closing?.why, 'ended')
  })

  test('a deployment has no partners', () => {
    const play = playTo('recorded', 'deployment')
    refused(play, 'lead', { do: 'admit-outside', partner: 'ptr_x' as never }, 'docket.wrong-kind', at(33))
  })

  test('every state of every kind is reached, and says whose move it is', () => {
    for (const kind of DOCKET_KINDS as readonly DocketKind[]) {
      for (const state of KINDS[kind].states) {
        const play = playTo(state, kind)
        assert.equal(play.docket.state, state)
        assert.match(nextStep(play.docket).say, /\.$/)
        assert.deepEqual(replayDocket(play.events), play.docket)
      }
    }
    assert.equal(KINDS.access.states.length, DOCKET_STATES.length)
  })
})

test('a docket takes its own policy and its own events only', () => {
  const play = new Play()
  const decision = decideDocket(play.docket, clock, asker('weir'), T0, { ...POLICY, id: 'eo-14409/1.0.1' })
  assert.ok(!decision.ok && decision.code === 'docket.wrong-policy')
  assert.throws(() => replayDocket([...play.events, { ...play.events[1]!, docket: 'dkt_other' as never }]))
})
