import type { ReactNode } from 'react'
import { axisOf } from './axis.ts'
import { wordSides } from './words.ts'

/** How wide it is drawn, and how much of that the names of the lanes take; compact has no names and fits a phone. */
const WIDE = { width: 1120, left: 168 }
const COMPACT = { width: 358, left: 0 }
const HEAD = 24
const LANE = 44

export interface LanePoint {
  readonly key: string
  readonly at: number
  /** What it is and when, for whoever points at it. */
  readonly title: string
  /** Drawn around 0, 0, in a square of 14. */
  readonly shape: ReactNode
  /** Beside the shape where there is room, for example how many stand there. */
  readonly word?: string | null
}

export interface Lane {
  readonly name: string
  readonly points: readonly LanePoint[]
}

/** Lanes over a stretch of time with one now. What is earlier stands at the left end; what is later is told in words by `later`. */
export function LaneGauge(props: {
  lanes: readonly Lane[]
  from: number
  to: number
  now: number
  says: string
  later?: string | null
  compact?: boolean
}) {
  const { lanes, now, says, later = null, compact = false } = props
  const { width, left } = compact ? COMPACT : WIDE
  const axis = axisOf(props.from, props.to, width - left)
  const x = (at: number) => left + axis.x(at)
  const foot = HEAD + lanes.length * LANE
  return (
    <svg className={compact ? 'gauge compact' : 'gauge'} viewBox={`0 0 ${width} ${foot + 32}`} role="img" aria-label={says}>
      {axis.weekends.map(([from, to]) => (
        <rect key={from} className="weekend" x={x(from)} y={HEAD} width={x(to) - x(from)} height={foot - HEAD} />
      ))}
      {lanes.map((lane, n) => {
        const top = HEAD + n * LANE
        const placed = lane.points.map((point, k) => ({
          x: Math.max(left + 8, x(point.at)),
          y: apart(lane.points, k, x),
          word: point.word || null,
        }))
        const sides = wordSides(placed, { from: left, to: width, now: x(now) })
        return (
          <g key={lane.name}>
            <path className="rule" d={`M0 ${top + 0.5}H${width}`} />
            <text x={0} y={top + LANE / 2 + 4}>
              {lane.name}
            </text>
            {lane.points.map((point, k) => (
              <g key={point.key} transform={`translate(${placed[k]!.x} ${top + LANE / 2 + placed[k]!.y})`}>
                <title>{point.title}</title>
                {point.shape}
                {sides[k] ? (
                  <text {...(sides[k] === 'left' ? { x: -10, textAnchor: 'end' } : { x: 10 })} y={4}>
                    {point.word}
                  </text>
                ) : null}
              </g>
            ))}
          </g>
        )
      })}
      {later === null ? null : (
        <text x={width - 4} y={16} textAnchor="end">
          {later}
        </text>
      )}
      <path className="rule" d={`M0 ${foot + 0.5}H${width}`} />
      {axis.days.map((one) => (
        <path key={one.at} className="rule" d={`M${x(one.at)} ${foot + 0.5}v${one.label ? 7 : 4}`} />
      ))}
      {axis.days.map((one) =>
        one.label && x(one.at) < width - 30 && x(one.at) > left + 30 ? (
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
