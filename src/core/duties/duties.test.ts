import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { formatInstant, type Instant, instant, parseInstant } from '../kernel/instant.ts'
import { decideTrack } from './decide-track.ts'
import { dutyDue } from './due.ts'
import { compareDuties, tallyDuties, viewDuty } from './duty-view.ts'
import { evolveTrack, openTrack } from './evolve-track.ts'
import { readOwnDuty } from './own-duty.ts'
import { dutyById, PUBLIC_DUTIES } from './registry.ts'
import type { Track, TrackCommand, TrackEvent } from './track.ts'

const at = (text: string) => parseInstant(text)!
const NOW = at('2026-11-21T12:00:00Z')
const evidence = [{ title: 'Release', address: 'https://www.whitehouse.gov/releases/', mark: 'C' as const }]

test('each duty of the order and the directive has the date that the reference gives', () => {
  const dates = PUBLIC_DUTIES.map((duty) => {
    const due = dutyDue(duty)
    return `${duty.id} ${due === null ? '-' : formatInstant(due.at)}`
  })
  const end = 'T23:59:59.999Z'
  assert.deepEqual(dates, [
    ...['2(a)', '2(b)', '2(c)(i)', '2(c)(ii)', '2(c)(iii)', '2(d)', '2(e)'].map((row) => `eo-14409/${row} 2026-07-02${end}`),
    ...['2(f)', '3(a)', '3(b)'].map((row) => `eo-14409/${row} 2026-08-01${end}`),
    'eo-14409/4 -',
    `bod-26-04/I 2026-06-10${end}`,
    `bod-26-04/II 2026-08-09${end}`,
    `bod-26-04/III 2026-12-07${end}`,
    `bod-26-04/CISA-tags 2026-08-09${end}`,
    'bod-26-04/CISA-kev -',
    'bod-26-04/CISA-times -',
    `fedramp-ntc-0014/VDR-VER 2026-12-07${end}`,
  ])
})

test('every entry says how sure it is, and what is unsure says why', () => {
  assert.equal(new Set(PUBLIC_DUTIES.map(({ id }) => id)).size, PUBLIC_DUTIES.length)
  for (const duty of PUBLIC_DUTIES) {
    assert.ok(duty.mark === 'C' || duty.caveat !== null, duty.id)
    assert.equal(dutyById(duty.id), duty)
    assert.deepEqual(
      duty.known,
      duty.known.toSorted((a, b) => a.day - b.day),
    )
  }
})

const CLEARINGHOUSE = dutyById('eo-14409/2(d)')!

function told(duty = CLEARINGHOUSE, ...commands: readonly TrackCommand[]): Track {
  return commands.reduce((track, command) => {
    const decision = decideTrack(duty, track, command, null, NOW)
    assert.ok(decision.ok, JSON.stringify(decision))
    return decision.events.reduce(evolveTrack, track)
  }, openTrack(duty.id))
}
const code = (track: Track, command: TrackCommand, duty = CLEARINGHOUSE) => {
  const decision = decideTrack(duty, track, command, null, NOW)
  return decision.ok ? 'accepted' : decision.code
}
const REPORT: TrackCommand = { do: 'report-done', doneAt: at('2026-07-14T00:00:00Z'), evidence }
const DISPUTE: TrackCommand = { do: 'dispute', reason: 'Only announced.', evidence: [] }

test('overdue follows from the date; a report ends it and says how late it was', () => {
  const open = viewDuty(CLEARINGHOUSE, openTrack(CLEARINGHOUSE.id), NOW)
  assert.deepEqual([open.status, open.overdue, open.daysLate], ['not-reported', true, 142])
  const before = viewDuty(CLEARINGHOUSE, openTrack(CLEARINGHOUSE.id), at('2026-07-02T23:59:59Z'))
  assert.deepEqual([before.overdue, before.daysLate], [false, 0])
  const done = viewDuty(CLEARINGHOUSE, told(CLEARINGHOUSE, REPORT), NOW)
  assert.deepEqual([done.status, done.overdue, done.daysLate], ['reported-done', false, 12])
})

test('a disputed report does not count until it is answered', () => {
  const disputed = told(CLEARINGHOUSE, REPORT, DISPUTE)
  assert.deepEqual([disputed.status, viewDuty(CLEARINGHOUSE, disputed, NOW).overdue], ['disputed', true])
  const stands = told(CLEARINGHOUSE, REPORT, DISPUTE, { do: 'answer-dispute', stands: true, reason: 'It takes reports.' })
  assert.deepEqual([stands.status, stands.dispute, stands.answered.length], ['reported-done', null, 1])
  const falls = told(CLEARINGHOUSE, REPORT, DISPUTE, { do: 'answer-dispute', stands: false, reason: 'True.' })
  assert.deepEqual([falls.status, falls.report], ['not-reported', null])
})

test('what does not fit is refused', () => {
  const open = openTrack(CLEARINGHOUSE.id)
  const done = told(CLEARINGHOUSE, REPORT)
  assert.equal(code(done, REPORT), 'duty.reported')
  assert.equal(code(open, DISPUTE), 'duty.not-reported')
  assert.equal(code(done, { do: 'answer-dispute', stands: true, reason: 'x' }), 'duty.not-disputed')
  assert.equal(code(open, { ...REPORT, evidence: [] } as TrackCommand), 'duty.no-evidence')
  const script = [{ title: 'x', address: 'javascript:alert(1)', mark: 'C' as const }]
  assert.equal(code(open, { ...REPORT, evidence: script } as TrackCommand), 'duty.no-evidence')
  for (const doneAt of [NOW + 1, at('2026-06-01T00:00:00Z'), Number.NaN] as Instant[])
    assert.equal(code(open, { ...REPORT, doneAt } as TrackCommand), 'duty.future')
  assert.equal(code(done, { do: 'take-back', reason: 'two\nlines' }), 'duty.no-reason')
  assert.equal(code(openTrack('eo-14409/4'), REPORT, dutyById('eo-14409/4')!), 'duty.standing')
})

test('the tracker lists what is overdue first and standing duties last, and counts', () => {
  const views = PUBLIC_DUTIES.map((duty) =>
    viewDuty(duty, duty === CLEARINGHOUSE ? told(duty, REPORT) : openTrack(duty.id), NOW),
  )
  const sorted = views.toSorted(compareDuties)
  assert.equal(sorted[0]!.duty.id, 'bod-26-04/I')
  assert.ok(sorted.slice(-3).every(({ due }) => due === null))
  assert.deepEqual(tallyDuties(views), { duties: 18, overdue: 12, reported: 1, disputed: 0, standing: 3 })
})

test('events replay to the state, whatever was tried', () => {
  const text = fc.constantFrom('', 'because', 'a\u202eb')
  const moment = fc.constantFrom(at('2026-05-01T00:00:00Z'), at('2026-07-14T00:00:00Z'), instant(NOW + 1))
  const command: fc.Arbitrary<TrackCommand> = fc.oneof(
    fc.record({ do: fc.constant('report-done' as const), doneAt: moment, evidence: fc.constantFrom(evidence, []) }),
    fc.record({ do: fc.constant('take-back' as const), reason: text }),
    fc.record({ do: fc.constant('dispute' as const), reason: text, evidence: fc.constantFrom(evidence, []) }),
    fc.record({ do: fc.constant('answer-dispute' as const), stands: fc.boolean(), reason: text }),
    fc.record({ do: fc.constant('note' as const), text, mark: fc.constantFrom('C' as const, 'S' as const) }),
  )
  fc.assert(
    fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
      const events: TrackEvent[] = []
      let track = openTrack(CLEARINGHOUSE.id)
      for (const one of commands) {
        const decision = decideTrack(CLEARINGHOUSE, track, one, null, NOW)
        if (!decision.ok) continue
        events.push(...decision.events)
        track = decision.events.reduce(evolveTrack, track)
        assert.equal(track.status === 'not-reported', track.report === null)
        assert.equal(track.status === 'disputed', track.dispute !== null)
      }
      assert.deepEqual(events.reduce(evolveTrack, openTrack(CLEARINGHOUSE.id)), track)
    }),
  )
})

test('an organisation keeps its own duties beside them, strictly read', () => {
  const mine = {
    id: 'patch-report',
    what: 'Send the monthly report.',
    who: 'IT',
    source: 'Board, 3 March',
    from: '2026-11-01',
    due: { days: 30 },
  }
  const read = readOwnDuty(mine)
  assert.ok(read.ok)
  assert.deepEqual([read.duty.id, formatInstant(dutyDue(read.duty)!.at)], ['own/patch-report', '2026-12-01T23:59:59.999Z'])
  const wrong = (change: object) => {
    const said = readOwnDuty({ ...mine, ...change })
    return said.ok ? [] : said.problems.map((problem) => problem.at)
  }
  assert.deepEqual(wrong({ id: 'eo-14409/2(d)' }), ['id'])
  assert.deepEqual(wrong({ from: '2026-02-30' }), ['from'])
  assert.deepEqual(wrong({ due: { days: 1, on: '2026-01-01' } }), ['due'])
  assert.deepEqual(wrong({ due: { days: 1e9 } }), ['due'])
  assert.deepEqual(wrong({ due: { days: -1 }, extra: 1 }), ['extra', 'due'])
  assert.deepEqual(wrong({ with: ['a', 3] }), ['with'])
  assert.deepEqual(wrong({ what: 'a\u202eb' }), ['what'])
  fc.assert(fc.property(fc.jsonValue(), (value) => void readOwnDuty(value)))
})
