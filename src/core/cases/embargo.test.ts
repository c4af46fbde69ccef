import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CasePlay, caseAsked, caseAsker, embargoed, flw, inviting, onDay, proposing, ptp, sha } from '../../devkit/case-play.ts'
import type { Instant } from '../kernel/instant.ts'
import type { CaseCommand } from './case-command.ts'
import { openCase } from './open-case.ts'
import type { CaseDecision } from './turn.ts'

const codeOf = (decision: CaseDecision) => (decision.ok ? 'done' : decision.code)
const stateOf = ({ case: of }: CasePlay) => [of.embargo.state, of.embargo.terms?.endsAt ?? null] as const
const consentOf = ({ case: of }: CasePlay, name: string) => of.participants.find(({ id }) => id === ptp(name))!.consent
const answer = (name: string, proposal: number, yes = true): CaseCommand => ({
  do: 'answer-embargo',
  participant: ptp(name),
  proposal,
  answer: yes ? 'accept' : 'decline',
})
const chairs = (play: CasePlay, proposal: number, yes = true): CaseCommand => ({
  ...(answer('chair', proposal, yes) as Extract<CaseCommand, { do: 'answer-embargo' }>),
  participant: play.case.chair,
})
const noted = (play: CasePlay, what: 'public' | 'exploit' | 'attacks', by: string | null = null): CaseCommand => ({
  do: 'note-publicity',
  participant: by === null ? play.case.chair : ptp(by),
  flaw: flw('one'),
  what,
  at: onDay(9),
  evidence: 'evd_post',
})

describe('a first embargo', () => {
  test('the shortest offer binds on the first yes; the longer one becomes a proposal of revision', () => {
    const play = new CasePlay().join('finder', 'finder').do('chair', inviting(new CasePlay(), 'vendor', 'vendor'))
    play.do('finder', proposing(ptp('finder'), onDay(90)))
    play.do('vendor', proposing(ptp('vendor'), onDay(45)))
    play.do('chair', chairs(play, 1))
    assert.deepEqual(stateOf(play), ['revise', onDay(45)])
    assert.deepEqual(
      play.case.embargo.open.map(({ endsAt }) => endsAt),
      [onDay(90)],
    )
    assert.deepEqual(
      [consentOf(play, 'finder'), consentOf(play, 'vendor')],
      ['signatory', 'invited'],
      'who has yet to come in is not bound',
    )
  })

  test('silence to a proposal is a no once its time is over, and not before', () => {
    const play = new CasePlay().join('finder', 'finder').do('chair', proposing(new CasePlay().case.chair, onDay(90)))
    assert.equal(play.wait(onDay(6, 23)).case.embargo.state, 'proposed')
    assert.equal(play.wait(onDay(7)).case.embargo.state, 'none')
    assert.deepEqual(play.events.at(-1)?.type, 'proposal-rejected')
  })

  test('sending a report while a proposal stands accepts it', () => {
    const play = new CasePlay().join('finder', 'finder').do('chair', proposing(new CasePlay().case.chair, onDay(30)))
    play.do('finder', { do: 'send-report', participant: ptp('finder'), flaw: flw('one'), digest: sha('r') })
    assert.deepEqual(stateOf(play), ['active', onDay(30)])
    assert.equal(consentOf(play, 'finder'), 'signatory')
  })

  test('the receiver’s default applies where nobody said anything, and binds the receiver only once it comes in', () => {
    const play = new CasePlay().join('finder', 'finder')
    play.do('chair', inviting(play, 'vendor', 'vendor'))
    const apply: CaseCommand = {
      do: 'apply-default',
      receiver: ptp('vendor'),
      endsAt: onDay(60),
      policy: 'own/1',
      why: ['Published.'],
    }
    play.do('chair', apply)
    assert.deepEqual(
      [play.case.embargo.state, consentOf(play, 'finder'), consentOf(play, 'vendor')],
      ['active', 'signatory', 'invited'],
    )
    assert.equal(codeOf(play.ask('chair', apply)), 'embargo.default-too-late')
  })

  test('a reader who did not agree stops reading when terms bind', () => {
    const play = new CasePlay().join('finder', 'finder').join('vendor', 'vendor')
    play.do('chair', proposing(play.case.chair, onDay(90))).do('finder', answer('finder', 1))
    const vendor = play.case.participants.find(({ id }) => id === ptp('vendor'))!
    assert.deepEqual([vendor.consent, vendor.admittedAt, vendor.flaws], ['invited', null, []])
    assert.deepEqual(play.come('vendor').case.participants.at(-1)!.flaws, [flw('one'), flw('two')])
  })

  test('never of what is public, never past what this clearinghouse allows, never into the past', () => {
    const play = new CasePlay()
    assert.equal(codeOf(play.ask('chair', proposing(play.case.chair, onDay(-1)))), 'embargo.past')
    const limited = new CasePlay(openCase(caseAsked('one', ['one'], { latest: onDay(90) }), caseAsker('chair'), onDay(0)))
    const ends = [onDay(90), onDay(91), null].map((end) => codeOf(limited.ask('chair', proposing(play.case.chair, end))))
    assert.deepEqual(ends, ['done', 'embargo.too-long', 'embargo.too-long'])
    play.do('chair', noted(play, 'attacks'), onDay(9))
    assert.equal(codeOf(play.ask('chair', proposing(play.case.chair, onDay(40)))), 'flaw.public')
    assert.equal(play.case.flaws[0]?.public, null, 'attacks make nothing public')
  })
})

describe('somebody who is only invited', () => {
  test('may offer another end, and comes in by the answer to it or by taking it back, not past it', () => {
    const play = new CasePlay().join('finder', 'finder')
    play.do('chair', inviting(play, 'vendor', 'vendor')).do('vendor', proposing(ptp('vendor'), onDay(45)))
    const come: CaseCommand = { do: 'accept-invitation', participant: ptp('vendor'), terms: 1 }
    assert.equal(codeOf(play.ask('vendor', come)), 'invitation.proposal-stands')
    play.do('finder', answer('finder', 1)).do('vendor', come)
    assert.deepEqual([play.case.embargo.state, consentOf(play, 'vendor')], ['active', 'signatory'])
  })

  test('by coming in while another’s proposal stands agrees to it', () => {
    const play = new CasePlay().do('chair', proposing(new CasePlay().case.chair, onDay(45)))
    play.join('vendor', 'vendor')
    assert.deepEqual(stateOf(play), ['active', onDay(45)])
    assert.equal(consentOf(play, 'vendor'), 'signatory')
  })
})

describe('a revision', () => {
  const later = (silence: 'no' | 'lapse' = 'no') => {
    const play = embargoed(2)
    return play.do('chair', proposing(play.case.chair, onDay(120), silence), onDay(1))
  }

  test('the old terms hold while it is open, and end on their day', () => {
    const play = later()
    assert.deepEqual(stateOf(play), ['revise', onDay(90)])
    assert.deepEqual(stateOf(play.wait(onDay(8))), ['active', onDay(90)])
    assert.equal(play.wait(onDay(90) as Instant).case.embargo.ended?.why, 'end')
  })

  test('a later end needs everybody’s yes; one no and the old end stands', () => {
    const play = later().do('finder', answer('finder', 2)).do('vendor1', answer('vendor1', 2))
    assert.deepEqual(stateOf(play), ['revise', onDay(90)])
    assert.deepEqual(stateOf(play.do('vendor2', answer('vendor2', 2))), ['active', onDay(120)])
    assert.deepEqual(
      play.case.embargo.history.map(({ endsAt }) => endsAt),
      [onDay(90)],
    )
    assert.deepEqual(stateOf(later().do('vendor1', answer('vendor1', 2, false))), ['active', onDay(90)])
  })

  test('where the proposal says so, whoever is silent lapses, reads no more, and comes back by agreeing', () => {
    const play = later('lapse').do('finder', answer('finder', 2)).do('vendor1', answer('vendor1', 2)).wait(onDay(8))
    assert.deepEqual(stateOf(play), ['active', onDay(120)])
    const vendor = () => play.case.participants.find(({ id }) => id === ptp('vendor2'))!
    assert.deepEqual([vendor().consent, vendor().flaws], ['lapsed', []])
    play.come('vendor2', onDay(20))
    assert.deepEqual([vendor().consent, vendor().agreedTo, vendor().flaws.length], ['signatory', 2, 2])
  })

  test('an earlier end needs the coordinator and one other, and nobody lapses by it', () => {
    const play = embargoed(2).do('vendor1', proposing(ptp('vendor1'), onDay(30)))
    assert.equal(play.do('vendor2', answer('vendor2', 2)).case.embargo.state, 'revise')
    assert.deepEqual(stateOf(play.do('chair', chairs(play, 2))), ['active', onDay(30)])
    assert.deepEqual(
      ['finder', 'vendor1', 'vendor2'].map((name) => consentOf(play, name)),
      Array(3).fill('signatory'),
    )
  })

  test('who proposed has agreed, nobody answers twice the same, and who is not bound does not learn of it', () => {
    const play = later().do('finder', answer('finder', 2))
    assert.equal(codeOf(play.ask('chair', chairs(play, 2))), 'embargo.own-proposal')
    assert.equal(codeOf(play.ask('finder', answer('finder', 2))), 'embargo.answered')
    play.do('chair', inviting(play, 'late', 'vendor'))
    assert.equal(codeOf(play.ask('late', answer('late', 2))), 'embargo.no-proposal')
    assert.equal(codeOf(play.ask('chair', proposing(play.case.chair, onDay(90)))), 'embargo.same')
  })
})

describe('an end', () => {
  test('comes at once with publicity, an exploit or attacks; an exploit makes its flaw public', () => {
    for (const what of ['public', 'exploit', 'attacks'] as const) {
      const play = embargoed()
      play.do('chair', noted(play, what), onDay(9))
      assert.deepEqual(play.case.embargo.ended, { at: onDay(9), why: what })
      assert.equal(play.case.flaws[0]?.public !== null, what !== 'attacks', what)
      assert.equal(codeOf(play.ask('chair', proposing(play.case.chair, onDay(99)))), 'embargo.exited')
    }
  })

  test('a proposal falls with publicity, and stays fallen', () => {
    const play = new CasePlay().do('chair', proposing(new CasePlay().case.chair, onDay(90)))
    assert.equal(play.do('chair', noted(play, 'public'), onDay(2)).case.embargo.state, 'none')
  })

  test('another participant’s word is a claim that the coordinator confirms', () => {
    const play = embargoed().do('vendor1', noted(embargoed(), 'public', 'vendor1'), onDay(2))
    assert.deepEqual([play.case.embargo.state, play.case.claims.length], ['active', 1])
    play.do('chair', noted(play, 'public'), onDay(3))
    assert.deepEqual([play.case.embargo.state, play.case.claims.length], ['exited', 0])
  })

  test('whoever was asked before there was an embargo is not asked any more once it has ended', () => {
    const play = new CasePlay().do('chair', inviting(new CasePlay(), 'early', 'vendor'))
    play.do('early', { do: 'decline-invitation', participant: ptp('early') }).join('finder', 'finder')
    play.do('chair', proposing(play.case.chair, onDay(30)))
    play.do('finder', { do: 'answer-embargo', participant: ptp('finder'), proposal: 1, answer: 'accept' }).wait(onDay(30))
    const late = { do: 'accept-invitation', participant: ptp('early'), terms: null } as const
    assert.equal(codeOf(play.ask('early', late, onDay(31))), 'invitation.terms-changed')
    const again = { do: 'invite-again', participant: ptp('early'), respondBy: null } as const
    play.do('chair', again, onDay(31)).do('early', late, onDay(31))
  })

  test('a duty by law is on record for all, ends nothing and opens nothing', () => {
    const play = embargoed()
    play.do('chair', inviting(play, 'late', 'vendor'))
    const duty = { duty: 'eu-cra-art-14/24h', source: 'Regulation (EU) 2024/2847, Art. 14', dueAt: onDay(2) }
    play.do('vendor1', { do: 'legal-disclosure', participant: ptp('vendor1'), ...duty }, onDay(1))
    assert.deepEqual([play.case.embargo.state, play.case.duties[0]?.duty], ['active', duty.duty])
    assert.equal(play.case.participants.at(-1)?.flaws.length, 0)
  })

  test('a person ends it for a reason that the case shows', () => {
    const end = (why: 'fixes-ready' | 'all-agreed' | 'adversary-knows'): CaseCommand => ({
      do: 'end-embargo',
      why,
      reason: sha('r'),
    })
    const play = embargoed(1)
    assert.equal(codeOf(play.ask('chair', end('fixes-ready'))), 'embargo.not-ripe')
    assert.equal(codeOf(play.ask('chair', end('all-agreed'))), 'embargo.not-ripe')
    for (const move of ['validate', 'accept'] as const)
      play.do('vendor1', { do: 'judge-report', participant: ptp('vendor1'), move, reason: null })
    for (const flaw of ['one', 'two']) play.do('vendor1', { do: 'fix-ready', participant: ptp('vendor1'), flaw: flw(flaw) })
    assert.equal(codeOf(play.ask('chair', end('fixes-ready'))), 'done')
    assert.equal(codeOf(play.ask('finder', end('adversary-knows'))), 'asker.not-coordinator')
  })
})
