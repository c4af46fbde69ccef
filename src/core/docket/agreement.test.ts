import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  asked,
  asker,
  at,
  DEVELOPER,
  digest,
  FACTS,
  OFFICE,
  Play,
  POLICY,
  person,
  seatAll,
  T0,
} from '../../devkit/docket-play.ts'
import type { Id } from '../kernel/id.ts'
import { type Agreement, type AgreementCommand, type AgreementOffer, agreedTerms } from './agreement.ts'
import { decideAgreement, offerAgreement } from './decide-agreement.ts'
import { evolveAgreement } from './evolve-agreement.ts'
import { openDocket } from './open-docket.ts'

const offer = (more: Partial<AgreementOffer> = {}): AgreementOffer => ({
  agreement: 'agr_one' as Id<'agreement'>,
  developer: DEVELOPER,
  office: OFFICE,
  digest: digest('t'),
  facts: FACTS,
  contacts: ['desk@example.org'],
  endsAt: at(100),
  policy: POLICY.id,
  ...more,
})

function after(decision: ReturnType<typeof offerAgreement>, before: Agreement | null = null): Agreement {
  if (!decision.ok) throw new Error(decision.code)
  return decision.events.reduce<Agreement | null>(evolveAgreement, before)!
}
const ask = (agreement: Agreement, who: string, command: AgreementCommand, now = T0) =>
  decideAgreement(agreement, command, asker(who), now, POLICY.id)
const told = (agreement: Agreement, who: string, command: AgreementCommand, now = T0) =>
  after(ask(agreement, who, command, now), agreement)
const code = (decision: ReturnType<typeof offerAgreement>) => (decision.ok ? 'done' : decision.code)
const sign: AgreementCommand = { do: 'sign', digest: digest('t') }
const standing = () => told(told(after(offerAgreement(offer(), asker('lead'), T0)), 'lead', sign), 'officer', sign)

describe('a standing agreement', () => {
  test('is offered by either side and stands once both signed the same digest', () => {
    for (const who of ['lead', 'officer']) {
      const offered = after(offerAgreement(offer(), asker(who), T0))
      assert.equal(agreedTerms(offered, T0), null)
      assert.equal(code(ask(offered, 'lead', { do: 'sign', digest: digest('x') })), 'agreement.not-newest')
      const half = told(offered, 'lead', sign)
      assert.equal(half.state, 'offered')
      assert.equal(code(ask(half, 'lead', sign)), 'agreement.signed-already')
      const whole = told(half, 'officer', sign)
      assert.equal(whole.state, 'standing')
      assert.equal(agreedTerms(whole, T0)?.version, 1)
    }
  })

  test('is not signed for both sides by one person who went over', () => {
    const half = told(after(offerAgreement(offer(), asker('lead'), T0)), 'lead', sign)
    const moved = { kind: 'person', person: person('lead'), organisation: OFFICE, party: 'office' } as const
    assert.equal(code(decideAgreement(half, sign, moved, T0, POLICY.id)), 'agreement.same-person')
  })

  test('is nobody else’s, and well formed', () => {
    const refused = (more: Partial<AgreementOffer>, who = 'lead') => code(offerAgreement(offer(more), asker(who), T0))
    assert.equal(refused({}, 'stranger'), 'agreement.not-yours')
    assert.equal(refused({}, 'weir'), 'agreement.not-yours')
    assert.equal(refused({ office: DEVELOPER }), 'agreement.one-side')
    assert.equal(refused({ digest: 'no' }), 'agreement.malformed')
    assert.equal(refused({ facts: { ...FACTS, days: 31 } }), 'agreement.malformed')
    assert.equal(refused({ contacts: Array(21).fill('a') }), 'agreement.malformed')
    assert.equal(refused({ endsAt: T0 }), 'agreement.past')
    assert.equal(refused({ policy: 'none' }), 'agreement.no-policy')
    assert.equal(code(ask(standing(), 'stranger', { do: 'end' })), 'agreement.not-yours')
    const more: AgreementCommand = { do: 'offer-terms', digest: digest('u'), facts: FACTS }
    assert.equal(code(decideAgreement(standing(), more, asker('lead'), T0, 'none')), 'agreement.malformed')
  })

  test('a newer version binds once both signed it; until then the older one does', () => {
    let agreement = told(standing(), 'officer', { do: 'offer-terms', digest: digest('u'), facts: { ...FACTS, days: 7 } })
    assert.equal(agreedTerms(agreement, T0)?.facts.days, 30)
    agreement = told(agreement, 'officer', { do: 'sign', digest: digest('u') })
    assert.equal(agreedTerms(agreement, T0)?.facts.days, 30)
    agreement = told(agreement, 'lead', { do: 'sign', digest: digest('u') })
    assert.equal(agreedTerms(agreement, T0)?.facts.days, 7)
    assert.equal(agreement.terms.length, 2)
  })

  test('either side ends it at any time, without a reason; the clock ends it at its end', () => {
    for (const who of ['lead', 'officer']) {
      const ended = told(standing(), who, { do: 'end' }, at(3))
      assert.deepEqual([ended.state, ended.endedAt, agreedTerms(ended, at(3))], ['ended', at(3), null])
      assert.equal(code(ask(ended, who, sign, at(3))), 'agreement.ended')
    }
    assert.equal(agreedTerms(standing(), at(100)), null)
    assert.equal(code(ask(standing(), 'lead', { do: 'set-contacts', contacts: [] }, at(100))), 'agreement.ended')
    assert.equal(told(standing(), 'weir', { do: 'clock' }, at(100)).state, 'ended')
    const early = ask(standing(), 'weir', { do: 'clock' }, at(99))
    assert.ok(early.ok && early.events.length === 0)
  })

  test('a docket under it starts from its terms, signed; another version is that docket’s own', () => {
    const play = seatAll(new Play({ agreement: standing() }))
    assert.equal(play.docket.state, 'terms')
    assert.deepEqual(play.docket.terms[0]?.signed, {
      developer: { person: person('lead'), at: T0 },
      office: { person: person('officer'), at: T0 },
    })
    play.do('weir', { do: 'endpoint-registered' }).do('lead', { do: 'offer-terms', digest: digest('o'), facts: FACTS })
    assert.deepEqual(
      play.docket.terms.map(({ version }) => version),
      [1, 2],
    )
  })

  test('no docket under one that is over, unsigned or of others', () => {
    const open = (agreement: Agreement, now = T0) => {
      const decision = openDocket(asked({ agreement }), asker('lead'), now)
      return decision.ok ? 'done' : decision.code
    }
    assert.equal(open(standing(), at(100)), 'agreement.not-in-force')
    assert.equal(open(after(offerAgreement(offer(), asker('lead'), T0))), 'agreement.not-in-force')
    assert.equal(open({ ...standing(), office: 'org_other' as never }), 'agreement.other-sides')
  })
})
