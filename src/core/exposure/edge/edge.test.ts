import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DAY, formatInstant, type Instant, instant, parseInstant } from '../../kernel/instant.ts'
import { NO_TAGS } from '../component.ts'
import { edgeDeviceOf, isSupportEnd, supportEnd, supportOf } from './asset-support.ts'
import { edgeBinds, edgeDues, edgeOwnDue, nextEdgeDue, sayEdgeAnalogy } from './edge-due.ts'
import { decideEdge, doneBy, type EdgeCommand, type EdgeDeed, type EdgeNote } from './edge-note.ts'
import { plainDevice } from './plain-device.ts'

const NOW = parseInstant('2026-11-21T12:00:00Z')!
const ALL = new Set<EdgeDeed>(['reported', 'removed', 'process'])

/** The record after commands, or the code of the first that is refused. */
function after(commands: readonly EdgeCommand[], asked: ReadonlySet<EdgeDeed> = ALL): readonly EdgeNote[] | string {
  let notes: readonly EdgeNote[] = []
  for (const [n, command] of commands.entries()) {
    const decision = decideEdge(notes, command, asked, { by: null, now: instant(NOW + n) })
    if (!decision.ok) return decision.code
    notes = [...notes, ...decision.events]
  }
  return notes
}
const done = (deed: EdgeDeed): EdgeCommand => ({ deed, how: 'done', says: 'WO-17' })
const reopened = (deed: EdgeDeed): EdgeCommand => ({ deed, how: 'reopened', says: 'It is back.' })

test('support ends with a day of the calendar, at its end in UTC', () => {
  assert.equal(formatInstant(supportEnd('2026-11-21')!), '2026-11-21T23:59:59.999Z')
  for (const text of ['2026-02-30', '2026-13-01', '21.11.2026', 'Ended', '', '2026-11-21T00:00:00Z'])
    assert.equal(isSupportEnd(text), false, text)
  assert.ok(isSupportEnd('ended'))
  const said = (support: string | null, now: Instant = NOW) => supportOf({ support, edge: 'yes' }, now).supported
  assert.deepEqual([said(null), said('ended'), said('2026-11-20'), said('2026-11-21')], [null, false, false, true])
  assert.equal(said('2026-11-21', instant(NOW + DAY)), false)
})

test('plain words say what is so: no more repairs, still repaired, or nobody said', () => {
  const what = (support: string | null) => plainDevice(edgeDeviceOf({ support, listed: null }), NOW).what
  assert.match(what('ended'), /no more repairs/)
  assert.match(what('2030-01-01'), /still repairs/)
  assert.match(what(null), /nobody said/)
})

test('what nobody knows of the list stays unknown', () => {
  const listed = (word: 'yes' | 'no' | 'unknown' | null) => edgeDeviceOf({ ...NO_TAGS, listed: word }).onCisaList
  assert.deepEqual([listed('yes'), listed('no'), listed('unknown'), listed(null)], [true, false, null, null])
})

test('one removal settles both rows that ask for it, and a report the first alone', () => {
  const device = edgeDeviceOf({ support: 'ended', listed: 'yes' })
  const states = (...deeds: EdgeDeed[]) =>
    edgeDues(device, after(deeds.map(done)) as readonly EdgeNote[], NOW).map(({ row, state }) => `${row} ${state}`)
  assert.deepEqual(states(), ['1 late', '2 later', '3 later'])
  assert.deepEqual(states('reported'), ['1 done', '2 later', '3 later'])
  assert.deepEqual(states('removed'), ['1 late', '2 done', '3 done'])
  const dues = edgeDues(device, after([done('reported')]) as readonly EdgeNote[], NOW)
  assert.equal(formatInstant(nextEdgeDue(dues)!), '2027-02-05T23:59:59.999Z')
  assert.equal(nextEdgeDue(edgeDues(device, after([done('reported'), done('removed')]) as readonly EdgeNote[], NOW)), null)
  assert.equal(edgeOwnDue([], NOW).state, 'later')
  assert.equal(edgeOwnDue([], instant(edgeOwnDue([], NOW).due - DAY)).state, 'soon')
})

test('what was said done can be opened again with a reason, and nothing of it is lost', () => {
  const notes = after([done('reported'), reopened('reported'), done('reported')])
  assert.ok(typeof notes !== 'string')
  assert.deepEqual(
    notes.map(({ how }) => how),
    ['done', 'reopened', 'done'],
  )
  assert.equal(doneBy(notes, 'reported'), notes[2])
  assert.equal(doneBy(notes, 'removed'), null)
})

test('what says nothing new, is not asked, or says no word is refused', () => {
  assert.equal(after([done('removed'), done('removed')]), 'edge.done-already')
  assert.equal(after([reopened('removed')]), 'edge.not-done')
  assert.equal(after([done('process')], new Set<EdgeDeed>(['reported'])), 'edge.not-asked')
  assert.equal(after([{ ...done('removed'), says: '  ' }]), 'edge.no-words')
  const many = Array.from({ length: 201 }, (_, n) => (n % 2 === 0 ? done('removed') : reopened('removed')))
  assert.equal(after(many), 'edge.too-many')
})

test('what is no longer asked can still be opened again', () => {
  const notes = after([done('removed')]) as readonly EdgeNote[]
  assert.ok(decideEdge(notes, reopened('removed'), new Set(), { by: null, now: NOW }).ok)
})

test('only who is bound by a directive of CISA is bound by this one', () => {
  assert.deepEqual(
    [edgeBinds('bod-26-04', true), edgeBinds('kev-dates', true), edgeBinds('own', true), edgeBinds('bod-26-04', null)],
    [true, true, false, null],
  )
  assert.equal(sayEdgeAnalogy(true), null)
  assert.match(sayEdgeAnalogy(false)!, /does not bind/)
  assert.match(sayEdgeAnalogy(null)!, /Nobody said/)
})
