import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CasePlay, caseAsked, caseAsker, embargoed, flw, inviting, onDay, ptp, sha } from '../../devkit/case-play.ts'
import type { Participant } from './case.ts'
import type { CaseCommand } from './case-command.ts'
import { nextDue } from './due.ts'
import { openCase } from './open-case.ts'
import { participantsSeen, readingOf } from './reading.ts'
import { statusTally } from './tally.ts'
import type { CaseDecision } from './turn.ts'

const codeOf = (decision: CaseDecision) => (decision.ok ? 'done' : decision.code)
const one = ({ case: of }: CasePlay, name: string): Participant => of.participants.find(({ id }) => id === ptp(name))!
const reads = (play: CasePlay, name: string, day = 1) => readingOf(play.case, ptp(name), onDay(day)).reads
const accepting = (name: string, terms: number | null): CaseCommand => ({
  do: 'accept-invitation',
  participant: ptp(name),
  terms,
})
const judge = (name: string, move: 'validate' | 'accept' | 'defer' | 'close' | 'invalidate'): CaseCommand => ({
  do: 'judge-report',
  participant: ptp(name),
  move,
  reason: null,
})

describe('an invitation', () => {
  test('shows terms and dates before consent, content after it, and to others nothing', () => {
    const play = embargoed(0)
    play.do('chair', inviting(play, 'vendor', 'vendor', ['one']))
    const before = readingOf(play.case, ptp('vendor'), onDay(1))
    assert.ok(before.reads === 'invitation' && before.terms === 1 && !before.showsProduct && !before.late)
    assert.equal(before.embargo?.endsAt, onDay(90))
    assert.ok(!JSON.stringify(before).includes('flw_'), 'not even which flaws')
    play.come('vendor', onDay(1))
    assert.deepEqual(readingOf(play.case, ptp('vendor'), onDay(1)), { reads: 'content', flaws: [flw('one')], invited: null })
    assert.equal(one(play, 'vendor').report, 'received')
    assert.equal(one(play, 'vendor').works[0]?.step, 'Vfd')
    for (const id of [null, ptp('stranger')]) assert.equal(readingOf(play.case, id, onDay(1)).reads, 'nothing')
  })

  test('seven days to answer, never less than 72 hours, and a wish between them is kept', () => {
    const asked = (respondBy: number | null) => {
      const play = new CasePlay()
      const command = { ...inviting(play, 'vendor', 'vendor'), respondBy: respondBy === null ? null : onDay(respondBy) }
      return one(play.do('chair', command as CaseCommand), 'vendor').respondBy
    }
    assert.deepEqual([asked(null), asked(1), asked(5), asked(30)], [onDay(7), onDay(3), onDay(5), onDay(30)])
  })

  test('silence is stored as declined by the clock; late is honoured while the terms still stand', () => {
    const play = embargoed(0)
    play.do('chair', inviting(play, 'vendor', 'vendor'))
    assert.equal(nextDue(play.case), onDay(7))
    assert.equal(one(play.wait(onDay(7)), 'vendor').consent, 'declined')
    const late = readingOf(play.case, ptp('vendor'), onDay(8))
    assert.ok(late.reads === 'invitation' && late.late)
    assert.equal(reads(play.come('vendor', onDay(8)), 'vendor', 8), 'content')
  })

  test('once the terms have changed or ended, it must be made anew, and the end itself opens nothing', () => {
    const play = embargoed(0)
    play.do('chair', inviting(play, 'vendor', 'vendor')).wait(onDay(90))
    assert.equal(play.case.embargo.state, 'exited')
    assert.equal(reads(play, 'vendor', 91), 'nothing')
    assert.equal(reads(play, 'finder', 91), 'content', 'who read goes on reading')
    for (const terms of [null, 1])
      assert.equal(codeOf(play.ask('vendor', accepting('vendor', terms), onDay(91))), 'invitation.terms-changed')
    play.do('chair', { do: 'invite-again', participant: ptp('vendor'), respondBy: null }, onDay(91))
    assert.equal(reads(play.come('vendor', onDay(92)), 'vendor', 92), 'content')
  })

  test('by a link without an account, for oneself alone', () => {
    const play = embargoed(0)
    play.do('chair', inviting(play, 'vendor', 'vendor')).do('chair', inviting(play, 'other', 'vendor'))
    assert.equal(codeOf(play.ask('contact:vendor', accepting('other', 1))), 'asker.not-yours')
    assert.equal(reads(play.do('contact:vendor', accepting('vendor', 1)), 'vendor'), 'content')
    assert.equal(play.events.at(-1)?.by, null)
    assert.equal(codeOf(play.ask('chair', accepting('other', 1))), 'asker.not-yours', 'nobody agrees for others')
  })

  test('comes from who has accepted the report, and offers only what the inviter reads', () => {
    const play = embargoed(1)
    const bring = (flaws: readonly string[]) =>
      ({ ...inviting(play, 'supplier', 'vendor', flaws), inviter: ptp('vendor1') }) as CaseCommand
    assert.equal(codeOf(play.ask('vendor1', bring(['one']))), 'report.not-accepted')
    play.do('vendor1', judge('vendor1', 'validate')).do('vendor1', judge('vendor1', 'accept'))
    assert.equal(codeOf(play.ask('vendor1', bring(['three']))), 'invitation.no-flaws')
    assert.equal(codeOf(play.ask('vendor1', bring(['one']))), 'done')
    assert.equal(codeOf(play.ask('finder', { ...bring(['one']), inviter: ptp('finder') } as CaseCommand)), 'asker.wrong-kind')
  })

  test('a flaw that comes later is read by nobody but the coordinator until offered and agreed to', () => {
    const play = embargoed(1).do('chair', { do: 'add-flaw', flaw: flw('three'), cve: null })
    assert.deepEqual(one(play, 'vendor1').flaws, [flw('one'), flw('two')])
    play.do('chair', { do: 'widen', participant: ptp('vendor1'), flaws: [flw('three')], respondBy: null })
    assert.deepEqual(one(play, 'vendor1').flaws, [flw('one'), flw('two')])
    assert.deepEqual(one(play.come('vendor1'), 'vendor1').flaws, [flw('one'), flw('two'), flw('three')])
    assert.equal(
      codeOf(play.ask('chair', { do: 'widen', participant: ptp('vendor1'), flaws: 'all', respondBy: null })),
      'participant.in',
    )
  })
})

describe('taking part', () => {
  test('whoever leaves or is removed reads nothing more; the embargo goes on', () => {
    const play = embargoed(2).do('vendor1', { do: 'leave', participant: ptp('vendor1') })
    play.do('chair', { do: 'remove', participant: ptp('vendor2'), reason: sha('r') })
    assert.deepEqual(
      [reads(play, 'vendor1'), reads(play, 'vendor2'), play.case.embargo.state],
      ['nothing', 'nothing', 'active'],
    )
    assert.equal(codeOf(play.ask('chair', { do: 'leave', participant: play.case.chair })), 'participant.chair')
  })

  test('the hidden are a number to others, and themselves to themselves and the coordinator', () => {
    const play = embargoed(2).do('vendor1', { do: 'hide', participant: ptp('vendor1'), hidden: true })
    const seen = (id: Participant['id']) => {
      const { shown, hidden } = participantsSeen(play.case, id)
      return [shown.some((each) => each.id === ptp('vendor1')), hidden]
    }
    assert.deepEqual(seen(ptp('vendor2')), [false, 1])
    assert.deepEqual(
      [seen(ptp('vendor1')), seen(play.case.chair)],
      [
        [true, 0],
        [true, 0],
      ],
    )
    assert.deepEqual(participantsSeen(play.case, ptp('stranger')), { shown: [], hidden: 0 })
  })

  test('nobody sees the others’ flaws, nor what they have not approved', () => {
    const play = embargoed(1).join('narrow', 'vendor', onDay(0), ['two']).join('third', 'vendor', onDay(0), ['one'])
    const said = { status: 'affected', justification: null, digest: null } as const
    play.do('vendor1', { do: 'state-status', participant: ptp('vendor1'), flaw: flw('two'), ...said })
    const { shown } = participantsSeen(play.case, ptp('narrow'))
    assert.ok(!shown.some(({ id }) => id === ptp('third')))
    const vendor = shown.find(({ id }) => id === ptp('vendor1'))!
    assert.deepEqual(
      [vendor.flaws, vendor.works.map(({ flaw, stated }) => [flaw, stated])],
      [[flw('two')], [[flw('two'), null]]],
    )
    assert.ok(!JSON.stringify(shown).includes('flw_one'))
  })

  test('an invitation that was open when the embargo ended shows nothing any more', () => {
    const play = embargoed(0)
    play.do('chair', inviting(play, 'vendor', 'vendor'))
    const shown = { participant: play.case.chair, flaw: flw('one'), what: 'public', at: onDay(1), evidence: 'evd_one' } as const
    play.do('chair', { do: 'note-publicity', ...shown }, onDay(1))
    assert.equal(reads(play, 'vendor', 1), 'nothing')
    assert.equal(codeOf(play.ask('vendor', accepting('vendor', null), onDay(1))), 'invitation.terms-changed')
  })

  test('no close from valid, none while an embargo binds; a duplicate is valid and deferred', () => {
    const play = embargoed(1)
    assert.equal(codeOf(play.ask('vendor1', judge('vendor1', 'accept'))), 'report.move')
    play.do('vendor1', judge('vendor1', 'validate'))
    assert.equal(codeOf(play.ask('vendor1', judge('vendor1', 'invalidate'))), 'report.move')
    assert.equal(codeOf(play.ask('vendor1', judge('vendor1', 'close'))), 'report.move')
    play.do('vendor1', judge('vendor1', 'defer'))
    assert.equal(codeOf(play.ask('vendor1', judge('vendor1', 'close'))), 'report.embargo-stands')
    assert.equal(one(play.do('vendor1', judge('vendor1', 'close'), onDay(90)), 'vendor1').report, 'closed')
  })

  test('a vendor’s status needs two people, a maintainer’s one; silence stays silence', () => {
    const play = embargoed(2).join('maintainer', 'maintainer')
    const state = (name: string, status: 'affected' | 'not-affected', justification: 'component_not_present' | null = null) =>
      ({ do: 'state-status', participant: ptp(name), flaw: flw('one'), status, justification, digest: sha('s') }) as const
    const approve = { do: 'approve-status', participant: ptp('vendor1'), flaw: flw('one'), number: 1 } as const
    assert.equal(codeOf(play.ask('vendor1', state('vendor1', 'not-affected'))), 'work.justification')
    play
      .do('vendor1', state('vendor1', 'not-affected', 'component_not_present'))
      .do('maintainer', state('maintainer', 'affected'))
    const before = { affected: 1, 'not-affected': 0, 'under-investigation': 0, fixed: 0, silent: 2, waiting: 0 }
    assert.deepEqual(statusTally(play.case, flw('one')), before)
    assert.equal(codeOf(play.ask('vendor1', approve)), 'asker.two-people')
    assert.equal(codeOf(play.ask('contact:vendor1', approve)), 'asker.two-people')
    assert.equal(codeOf(play.ask('vendor2#2', approve)), 'asker.not-yours')
    play.do('vendor1#2', approve)
    assert.deepEqual(statusTally(play.case, flw('one')), { ...before, 'not-affected': 1, silent: 1 })
  })

  test('deployed follows from a share and the threshold, and needs a fix where one makes fixes', () => {
    const play = embargoed(1).join('operator', 'operator')
    const tell = (name: string, share: number) =>
      ({ do: 'tell-deployed', participant: ptp(name), flaw: flw('one'), share }) as const
    assert.equal(codeOf(play.ask('vendor1', tell('vendor1', 1))), 'work.step')
    play.do('vendor1', judge('vendor1', 'validate'))
    const fix = { do: 'fix-ready', participant: ptp('vendor1'), flaw: flw('one') } as const
    assert.equal(codeOf(play.ask('vendor1', fix)), 'work.not-prioritised')
    play.do('vendor1', judge('vendor1', 'accept')).do('vendor1', fix).do('vendor1', tell('vendor1', 0.89))
    assert.equal(one(play, 'vendor1').works[0]?.step, 'VFd')
    assert.equal(one(play.do('vendor1', tell('vendor1', 0.9)), 'vendor1').works[0]?.step, 'VFD')
    play.do('operator', tell('operator', 0.95))
    assert.deepEqual([one(play, 'operator').works[0]?.step, one(play, 'operator').works[0]?.deployedAt], [null, onDay(0)])
  })

  test('hundreds of vendors cost what they are many, not their square', () => {
    const opening = openCase(caseAsked('big', ['one']), caseAsker('chair'), onDay(0))
    const timed = (vendors: number) => {
      const play = embargoed(vendors, opening)
      const began = performance.now()
      for (let n = 1; n <= 50; n++) play.ask('vendor1', judge('vendor1', 'validate')).ok
      return (performance.now() - began) / 50
    }
    timed(40)
    const [few, many] = [timed(50), timed(500)]
    assert.ok(many < 5, `${many.toFixed(2)} ms a command among 500, ${few.toFixed(2)} ms among 50`)
  })
})
