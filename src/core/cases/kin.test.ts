import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  CasePlay,
  cas,
  caseAsked,
  caseAsker,
  embargoed,
  flw,
  inviting,
  onDay,
  proposing,
  ptp,
  sha,
} from '../../devkit/case-play.ts'
import type { Case } from './case.ts'
import type { CaseCommand } from './case-command.ts'
import { openCase } from './open-case.ts'
import { openSplit } from './open-split.ts'
import { mayPublish } from './publishing.ts'
import { disclosureOf } from './tally.ts'
import type { CaseDecision } from './turn.ts'

const codeOf = (decision: CaseDecision) => (decision.ok ? 'done' : decision.code)
const opened = (name: string, flaws: readonly string[], more = {}) =>
  openCase(caseAsked(name, flaws, more), caseAsker('chair'), onDay(0))
const merging = (other: Case, flaws: readonly string[] | 'all' = 'all', propose: number | null = null): CaseCommand => ({
  do: 'merge-in',
  other,
  flaws: flaws === 'all' ? flaws : flaws.map(flw),
  propose: propose === null ? null : { endsAt: onDay(propose), policy: 'sample-90/1', why: ['Together.'] },
})
const flawsOf = (of: Case, name: string) => of.participants.find(({ id }) => id === ptp(name))?.flaws ?? null

function bound(name: string, flaws: readonly string[], finder: string, vendor: string, days: number): CasePlay {
  const play = new CasePlay(opened(name, flaws))
    .join(finder, 'finder')
    .do('chair', proposing(ptp(`chair_${name}`), onDay(days)))
  return play
    .do(finder, { do: 'answer-embargo', participant: ptp(finder), proposal: 1, answer: 'accept' })
    .join(vendor, 'vendor')
}

describe('a merge', () => {
  test('holds the earliest accepted end, proposes anew, and gives nobody a flaw they did not read', () => {
    const into = bound('into', ['one'], 'finder', 'vendor', 90)
    const from = bound('from', ['two'], 'finder', 'other', 45)
    into.do('chair', merging(from.case, 'all', 60))
    assert.deepEqual([into.case.embargo.state, into.case.embargo.terms?.endsAt], ['revise', onDay(45)])
    assert.equal(into.case.embargo.open[0]?.endsAt, onDay(60))
    const { case: of } = into
    assert.deepEqual(
      ['vendor', 'other', 'finder'].map((name) => flawsOf(of, name)),
      [[flw('one')], [flw('two')], [flw('one'), flw('two')]],
    )
    assert.deepEqual(new Set(of.participants.map(({ consent }) => consent)), new Set(['signatory']))
    assert.deepEqual(
      of.flaws.map(({ from: origin }) => origin),
      [null, cas('from')],
    )
    from.do('chair', { do: 'hand-over', to: cas('into'), flaws: 'all', as: 'merge' })
    assert.deepEqual(
      [from.case.state, from.case.mergedInto, from.case.embargo.ended?.why],
      ['closed', cas('into'), 'carried-over'],
    )
    assert.equal(codeOf(from.ask('chair', { do: 'close-case' })), 'case.closed')
  })

  test('brings an embargo to a case without one, and asks whoever read without it', () => {
    const into = new CasePlay(opened('into', ['one'])).join('vendor', 'vendor')
    into.do('chair', merging(bound('from', ['two'], 'finder', 'other', 45).case))
    assert.deepEqual([into.case.embargo.state, into.case.embargo.terms?.endsAt], ['active', onDay(45)])
    assert.deepEqual([flawsOf(into.case, 'vendor'), flawsOf(into.case, 'other')], [[], [flw('two')]])
    assert.deepEqual(flawsOf(into.come('vendor').case, 'vendor'), [flw('one')])
  })

  test('keeps a vendor’s fix, and with it a report that was prioritised', () => {
    const into = new CasePlay(opened('into', ['one'])).join('vendor', 'vendor')
    const from = new CasePlay(opened('from', ['two'])).join('vendor', 'vendor')
    const judged = (play: CasePlay, move: 'validate' | 'accept' | 'close') =>
      play.do('vendor', { do: 'judge-report', participant: ptp('vendor'), move, reason: null })
    judged(judged(from, 'validate'), 'accept').do('vendor', { do: 'fix-ready', participant: ptp('vendor'), flaw: flw('two') })
    judged(from, 'close')
    const vendor = into.do('chair', merging(from.case)).case.participants.find(({ id }) => id === ptp('vendor'))!
    assert.deepEqual([vendor.report, vendor.works.map(({ step }) => step)], ['accepted', ['Vfd', 'VFd']])
  })

  test('takes single flaws, and refuses what would break an embargo', () => {
    const into = bound('into', ['one'], 'finder', 'vendor', 90)
    const from = bound('from', ['two', 'three'], 'other', 'third', 45)
    assert.equal(codeOf(into.ask('chair', merging(from.case, ['four']))), 'flaw.none')
    assert.equal(codeOf(into.ask('chair', merging(into.case))), 'merge.self')
    assert.equal(
      codeOf(into.ask('chair', merging({ ...from.case, coordinator: 'org_else' as never }))),
      'merge.other-coordinator',
    )
    assert.equal(codeOf(into.ask('chair', merging(from.wait(onDay(50)).case))), 'merge.ended')
    const open = new CasePlay(opened('open', ['two']))
    const shown = {
      do: 'note-publicity',
      participant: ptp('chair_open'),
      flaw: flw('two'),
      what: 'public',
      at: onDay(0),
      evidence: 'x',
    } as const
    assert.equal(codeOf(into.ask('chair', merging(open.do('chair', shown).case))), 'flaw.public')
    assert.equal(codeOf(into.ask('finder', merging(open.case))), 'asker.not-coordinator')
    const one = into.do('chair', merging(bound('again', ['two', 'three'], 'other', 'third', 99).case, ['three']))
    assert.deepEqual(
      [one.case.flaws.length, flawsOf(one.case, 'third'), one.case.embargo.terms?.endsAt],
      [2, [flw('three')], onDay(90)],
    )
  })
})

describe('a split', () => {
  const asked = (name: string, flaw: string) => ({ case: cas(name), flaws: [flw(flaw)], end: 'inherit' as const })

  test('the child inherits people, consent and end; the parent keeps the rest', () => {
    const play = embargoed(1, opened('one', ['one', 'two', 'three'])).join('narrow', 'vendor', onDay(0), ['two'])
    const child = play.split(asked('child', 'one'))
    assert.deepEqual(
      [child.case.embargo.terms?.endsAt, child.case.embargo.inherited, child.case.parent],
      [onDay(90), onDay(90), cas('one')],
    )
    assert.deepEqual([flawsOf(child.case, 'vendor1'), flawsOf(child.case, 'narrow')], [[flw('one')], null])
    assert.deepEqual([flawsOf(play.case, 'vendor1'), play.case.children], [[flw('two'), flw('three')], [cas('child')]])
    const second = play.split(asked('second', 'two'))
    assert.deepEqual(second.case.siblings, [cas('child')])
    child.do('weir', { do: 'hear-of-kin', kin: cas('second'), embargo: 'active', endsAt: onDay(90), born: 'sibling' })
    assert.deepEqual(child.case.siblings, [cas('second')])
    child.wait(onDay(90))
    const word = child.events.at(-1)
    assert.ok(word?.type === 'kin-to-tell' && word.embargo === 'exited')
    assert.deepEqual(word.kin, [cas('one'), cas('second')])
  })

  test('an earlier end is weighed; a later one is proposed in the child', () => {
    const play = embargoed(1)
    const split = (endsAt: number, weighing: string | null) =>
      codeOf(
        openSplit(
          play.case,
          { ...asked('c', 'one'), end: { endsAt: onDay(endsAt), weighing: weighing! } },
          caseAsker('chair'),
          onDay(1),
        ),
      )
    assert.deepEqual(
      [split(30, null), split(30, sha('w')), split(120, sha('w'))],
      ['embargo.weighing-needed', 'done', 'split.later'],
    )
    const child = play.split(asked('child', 'one'))
    const sooner = proposing(child.case.chair, onDay(20))
    assert.equal(codeOf(child.ask('chair', sooner)), 'embargo.weighing-needed')
    assert.equal(codeOf(child.ask('chair', { ...sooner, weighing: sha('w') } as CaseCommand)), 'done')
    assert.equal(codeOf(child.ask('chair', proposing(child.case.chair, onDay(200)))), 'done')
    assert.equal(codeOf(openSplit(play.case, asked('x', 'two'), caseAsker('chair'), onDay(1))), 'split.all')
  })

  test('whoever was only offered is asked anew in the child', () => {
    const play = embargoed(0)
    play.do('chair', inviting(play, 'late', 'vendor'))
    const late = play.split(asked('child', 'one'), onDay(1)).case.participants.find(({ id }) => id === ptp('late'))
    assert.deepEqual([late?.consent, late?.flaws, late?.offered, late?.admittedAt], ['invited', [], [flw('one')], null])
  })
})

describe('coming out', () => {
  test('not while an embargo binds, unless everybody bound agrees; then, or at its end, it may', () => {
    const play = embargoed(1)
    assert.ok(!mayPublish(play.case, onDay(89)).may)
    assert.deepEqual(mayPublish(play.case, onDay(90)), { may: true, because: 'ended' })
    const agree = (participant: Case['chair']): CaseCommand => ({ do: 'agree-to-publish', participant, agree: true })
    play.do('chair', agree(play.case.chair)).do('finder', agree(ptp('finder')))
    assert.ok(!mayPublish(play.case, onDay(1)).may)
    play.do('vendor1', agree(ptp('vendor1')))
    assert.deepEqual(mayPublish(play.case, onDay(1)), { may: true, because: 'all-agreed' })
    play.join('second', 'vendor')
    assert.ok(!mayPublish(play.case, onDay(1)).may, 'whoever comes later is asked too')
    assert.deepEqual(mayPublish(new CasePlay().case, onDay(0)), { may: true, because: 'no-embargo' })
  })

  test('a case closes once no embargo binds, with the coordinator’s report', () => {
    const play = embargoed(1)
    assert.equal(codeOf(play.ask('chair', { do: 'close-case' })), 'report.embargo-stands')
    play.do('chair', { do: 'close-case' }, onDay(90))
    assert.deepEqual([play.case.state, play.case.participants[0]?.report], ['closed', 'closed'])
  })

  test('how disclosure went, by the twelve orders', () => {
    const play = embargoed(1)
    for (const move of ['validate', 'accept'] as const)
      play.do('vendor1', { do: 'judge-report', participant: ptp('vendor1'), move, reason: null })
    play.do('vendor1', { do: 'fix-ready', participant: ptp('vendor1'), flaw: flw('one') }, onDay(20))
    const shown = { participant: play.case.chair, flaw: flw('one'), what: 'public', evidence: 'adv_one' } as const
    play.do('chair', { do: 'note-publicity', ...shown, at: onDay(30) }, onDay(30))
    const [made] = disclosureOf(play.case)
    assert.deepEqual(made?.orders, [false, null, null, null, true, true, true, true, true, true, true, true])
  })
})
