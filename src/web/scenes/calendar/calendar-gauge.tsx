import type { CalendarOut } from '../../../contract/shapes/case.ts'
import { axisOf } from '../../parts/gauge/axis.ts'
import { count, moment } from '../../parts/time/format.ts'
import { DueShape } from './due-mark.tsx'
import { LANES, WHAT } from './lanes.ts'

const WIDTH = 1120
/** What the lanes are called stands left of them. */
const LEFT = 168
const HEAD = 24
const LANE = 44
const DAY = 86_400_000
const WEEKS = 6

/** Three lanes over the next six weeks with one now; what is later is told in words, what is late stands at the left end. */
export function CalendarGauge({ rows, now }: { rows: CalendarOut['rows']; now: number }) {
  const axis = axisOf(now - 3 * DAY, now + WEEKS * 7 * DAY, WIDTH - LEFT)
  const x = (at: number) => LEFT + axis.x(at)
  const foot = HEAD + LANES.length * LANE
  const points = rows.map((row) => ({ row, at: Date.parse(row.at) })).filter(({ at }) => !Number.isNaN(at))
  const drawn = points.filter(({ at }) => at <= axis.to)
  const later = points.length - drawn.length
  const late = points.filter(({ at }) => at <= now).length
  const next = points.filter(({ at }) => at > now).sort((a, b) => a.at - b.at)[0]
  const says = `${count(drawn.length)} instants in six weeks, ${late} late${
    next ? `; next: ${WHAT[next.row.what].toLowerCase()}, ${moment(next.at)} UTC` : ''
  }`
  return (
    <svg className="gauge" viewBox={`0 0 ${WIDTH} ${foot + 32}`} role="img" aria-label={says}>
      {axis.weekends.map(([from, to]) => (
        <rect key={from} className="weekend" x={x(from)} y={HEAD} width={x(to) - x(from)} height={foot - HEAD} />
      ))}
      {LANES.map((lane, n) => {
        const top = HEAD + n * LANE
        const inLane = drawn.filter(({ row }) => lane.what.includes(row.what))
        return (
          <g key={lane.name}>
            <path className="rule" d={`M0 ${top + 0.5}H${WIDTH}`} />
            <text x={0} y={top + LANE / 2 + 4}>
              {`${lane.name}: ${count(inLane.length)}`}
            </text>
            {inLane.map(({ row, at }, k) => (
              <g
                // biome-ignore lint/suspicious/noArrayIndexKey: two of a case may fall on one instant
                key={`${row.case} ${row.at} ${k}`}
                transform={`translate(${Math.max(LEFT + 8, x(at))} ${top + LANE / 2 + apart(inLane, k, x)})`}
              >
                <title>{`${WHAT[row.what]}, ${moment(at)} UTC`}</title>
                <DueShape what={row.what} late={at <= now} />
              </g>
            ))}
          </g>
        )
      })}
      {later > 0 ? (
        <text x={WIDTH - 4} y={16} textAnchor="end">
          {count(later)} later than this
        </text>
      ) : null}
      <path className="rule" d={`M0 ${foot + 0.5}H${WIDTH}`} />
      {axis.days.map((one) => (
        <path key={one.at} className="rule" d={`M${x(one.at)} ${foot + 0.5}v${one.label ? 7 : 4}`} />
      ))}
      {axis.days.map((one) =>
        one.label && x(one.at) < WIDTH - 30 && x(one.at) > LEFT + 30 ? (
          <text key={one.at} x={x(one.at)} y={foot + 24} textAnchor="middle" className="faint">
            {one.label}
          </text>
        ) : null,
      )}
      <path className="now" d={`M${x(now)} ${HEAD - 6}V${foot}`} />
      <rect className="nowtag" x={x(now) - 17} y={2} width={34} height={17} rx={2} />
      <text x={x(now)} y={15} textAnchor="middle" className="nowword">
        now
      </text>
    </svg>
  )
}

/** Points that would stand on each other stand above and below the middle of their lane. */
function apart(points: readonly { readonly at: number }[], k: number, x: (at: number) => number): number {
  const near = points.slice(0, k).filter(({ at }) => Math.abs(x(at) - x(points[k]!.at)) < 12).length
  return [0, 12, -12][near % 3]!
}
