import type { UptakeOut } from '../../../contract/shapes/exposure.ts'
import { count, moment } from '../../parts/time/format.ts'
import { fraction } from './uptake-csv.ts'

const [WIDE, HIGH, LEFT, RIGHT, TOP, FOOT] = [800, 300, 48, 96, 30, 40]
const DAY_WORD = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' })

/** The patched fraction as steps from zero to all; each point says of how many. No smoothing, nothing beyond the last day. */
export function UptakeChart({ points }: { points: UptakeOut['points'] }) {
  const drawn = points.flatMap((point) => {
    const share = fraction(point)
    const at = Date.parse(point.at)
    return share === null || Number.isNaN(at) ? [] : [{ ...point, share, ms: at }]
  })
  const [first, last] = [drawn[0], drawn.at(-1)]
  if (!first || !last) return null
  const span = Math.max(1, last.ms - first.ms)
  const x = (ms: number) => LEFT + ((WIDE - LEFT - RIGHT) * (ms - first.ms)) / span
  const y = (share: number) => TOP + (HIGH - TOP - FOOT) * (1 - share)
  const line = drawn.map((one, n) => (n === 0 ? `M${x(one.ms)} ${y(one.share)}` : `H${x(one.ms)}V${y(one.share)}`)).join('')
  const says = `Patched: ${percent(first.share)} on ${DAY_WORD.format(first.ms)}, ${percent(last.share)} on ${DAY_WORD.format(last.ms)}, ${count(last.settled)} of ${count(last.settled + last.open)}`
  const ends = drawn.length === 1 ? [first] : [first, last]
  return (
    <svg className="curve uptake" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={says}>
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <path className="grid" d={`M${LEFT} ${y(share)}H${WIDE - RIGHT}`} />
          <text x={LEFT - 8} y={y(share) + 4} textAnchor="end">
            {share * 100}
          </text>
        </g>
      ))}
      <text x={0} y={12}>
        Patched, %
      </text>
      {ends.map((one, n) => (
        <text key={one.ms} x={x(one.ms)} y={HIGH - 14} textAnchor={n === 0 ? 'start' : 'end'}>
          {DAY_WORD.format(one.ms)}
        </text>
      ))}
      <path className="line" d={line} />
      {drawn.map((one) => (
        <circle key={one.ms} className="point" cx={x(one.ms)} cy={y(one.share)} r={3}>
          <title>{`${moment(one.ms)} UTC: ${count(one.settled)} of ${count(one.settled + one.open)}, ${percent(one.share)}`}</title>
        </circle>
      ))}
      <text className="strong" x={x(last.ms) + 8} y={y(last.share) + 4}>
        {`${count(last.settled)} of ${count(last.settled + last.open)}`}
      </text>
    </svg>
  )
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
