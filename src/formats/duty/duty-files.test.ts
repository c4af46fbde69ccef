import assert from 'node:assert/strict'
import { test } from 'node:test'
import { viewDuty } from '../../core/duties/duty-view.ts'
import { openTrack } from '../../core/duties/evolve-track.ts'
import { readOwnDuty } from '../../core/duties/own-duty.ts'
import { parseInstant } from '../../core/kernel/instant.ts'
import { dutyCalendar } from './duty-calendar.ts'
import { dutyCsv } from './duty-csv.ts'

const NOW = parseInstant('2026-11-21T12:00:00Z')!
const WHAT = `Keys; of "all", ${'ø'.repeat(60)} \u{1f511}\\n`

function views(what: string) {
  const read = readOwnDuty({ id: 'x', what, who: '@who', source: '-s', from: '2026-11-01', due: { days: 3 } })
  assert.ok(read.ok)
  return [viewDuty(read.duty, openTrack(read.duty.id), NOW)]
}

test('a calendar line has 75 octets at most, cuts no character, and comes back whole', () => {
  const text = dutyCalendar(views(WHAT), 'weir.example', NOW)
  assert.ok(text.endsWith('END:VCALENDAR\r\n'))
  for (const line of text.split('\r\n')) {
    assert.ok(Buffer.byteLength(line) <= 75, line)
    assert.ok(!line.includes('\ufffd'))
  }
  const whole = text.replaceAll('\r\n ', '')
  const description = /^DESCRIPTION:(.*)\r$/m.exec(whole)?.[1] ?? ''
  const [first] = description.replaceAll(/\\([\\;,n])/g, (_, one) => (one === 'n' ? '\n' : one)).split('\n')
  assert.equal(first, WHAT)
  assert.match(
    whole,
    /\r\nUID:own\/x@weir\.example\r\nDTSTAMP:20261121T120000Z\r\nDTSTART;VALUE=DATE:20261104\r\nDTEND;VALUE=DATE:20261105\r\n/,
  )
  assert.match(whole, /not reported\\, 17 d past its date/)
})

test('a table quotes what it must and starts no formula', () => {
  const [head, line] = dutyCsv(views(WHAT)).split('\r\n')
  assert.equal(head?.split(',').length, 19)
  assert.ok(line?.includes(`,'@who,,"${WHAT.replaceAll('"', '""')}",2026-11-04,3 days after 1 Nov 2026,not-reported,yes,17,,`))
  assert.ok(line?.includes(`,'-s,C,`))
})
