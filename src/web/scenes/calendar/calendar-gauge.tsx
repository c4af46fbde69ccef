import type { CalendarOut } from '../../../contract/shapes/case.ts'
import { LaneGauge } from '../../parts/gauge/lane-gauge.tsx'
import { count, moment } from '../../parts/time/format.ts'
import { DueShape } from './due-mark.tsx'
import { LANES, WHAT } from './lanes.ts'

const DAY = 86_400_000
const WEEKS = 6

/** Three lanes over the next six weeks with one now; what is later is told in words, what is late stands at the left end. */
export function CalendarGauge({ rows, now }: { rows: CalendarOut['rows']; now: number }) {
  const [from, to] = [now - 3 * DAY, now + WEEKS * 7 * DAY]
  const points = rows.map((row) => ({ row, at: Date.parse(row.at) })).filter(({ at }) => !Number.isNaN(at))
  const drawn = points.filter(({ at }) => at <= to)
  const later = points.length - drawn.length
  const late = points.filter(({ at }) => at <= now).length
  const next = points.filter(({ at }) => at > now).sort((a, b) => a.at - b.at)[0]
  const says = `${count(drawn.length)} instants in six weeks, ${late} late${
    next ? `; next: ${WHAT[next.row.what].toLowerCase()}, ${moment(next.at)} UTC` : ''
  }`
  const lanes = LANES.map((lane) => {
    const inLane = drawn.filter(({ row }) => lane.what.includes(row.what))
    return {
      name: `${lane.name}: ${count(inLane.length)}`,
      points: inLane.map(({ row, at }, k) => ({
        // Two of a case may fall on one instant.
        key: `${row.case} ${row.at} ${k}`,
        at,
        title: `${WHAT[row.what]}, ${moment(at)} UTC`,
        shape: <DueShape what={row.what} late={at <= now} />,
      })),
    }
  })
  return (
    <LaneGauge
      lanes={lanes}
      from={from}
      to={to}
      now={now}
      says={says}
      later={later > 0 ? `${count(later)} later than this` : null}
    />
  )
}
