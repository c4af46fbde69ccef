import { logTicks } from '../../../core/evaluation/curve/ticks.ts'
import type { AnalysisFigures } from '../../../core/evaluation/figures/shape.ts'
import { sayMinutes } from './say-minutes.ts'

const [WIDE, HIGH, LEFT, RIGHT, TOP, FOOT] = [800, 410, 48, 12, 28, 46]

/** The horizon curve with its band, points by human time and the interval of the half-way point. A criterion only where it is published. */
export function HorizonCurve({ figures, criterion }: { figures: AnalysisFigures; criterion: number | null }) {
  const { bins, horizon } = figures
  // Without a number there is no curve to believe in: the points alone.
  const { band, curve } = horizon.p50 === null ? { band: [], curve: null } : figures
  const edges = [...band.map(({ minutes }) => minutes), ...bins.flatMap(({ from, to }) => [from, to])].filter((one) => one > 0)
  if (edges.length === 0) return <p className="i2">{horizon.say}</p>
  const [from, to] = [Math.min(...edges), Math.max(...edges)]
  const span = Math.max(1e-9, Math.log2(to / from))
  const x = (minutes: number) => LEFT + ((WIDE - LEFT - RIGHT) * Math.max(0, Math.min(span, Math.log2(minutes / from)))) / span
  const y = (share: number) => TOP + (HIGH - TOP - FOOT) * (1 - share)
  const path = (points: readonly string[]) => `M${points.join('L')}`
  const ends = horizon.interval
  const [low, high] = [ends?.low.minutes ?? null, ends?.high.minutes ?? null]
  return (
    <svg className="curve wide" viewBox={`0 0 ${WIDE} ${HIGH}`} role="img" aria-label={horizon.say}>
      {[0, 0.25, 0.5, 0.75, 1].map((share) => (
        <g key={share}>
          <path className="grid" d={`M${LEFT} ${y(share)}H${WIDE - RIGHT}`} />
          <text x={LEFT - 8} y={y(share) + 4} textAnchor="end">
            {share * 100}
          </text>
        </g>
      ))}
      {logTicks(from, to).map(({ minutes, label }) => (
        <g key={minutes}>
          <path className="grid" d={`M${x(minutes)} ${y(0)}v5`} />
          <text x={x(minutes)} y={y(0) + 20} textAnchor="middle">
            {label}
          </text>
        </g>
      ))}
      <text x={WIDE - RIGHT} y={HIGH - 6} textAnchor="end">
        Time a skilled person needs, log scale
      </text>
      <text x={LEFT - 40} y={13}>
        Success, %
      </text>
      {band.length > 1 ? (
        <path
          className="band"
          d={`${path([...band.map((one) => `${x(one.minutes)} ${y(one.high)}`), ...[...band].reverse().map((one) => `${x(one.minutes)} ${y(one.low)}`)])}Z`}
        />
      ) : null}
      {curve ? (
        <path
          className="line"
          d={path(
            Array.from({ length: 81 }, (_, n) => {
              const minutes = from * 2 ** ((span * n) / 80)
              return `${x(minutes)} ${y(1 / (1 + Math.exp(-(curve.slope * Math.log2(minutes) + curve.intercept))))}`
            }),
          )}
        />
      ) : null}
      {criterion !== null && criterion > from && criterion < to ? (
        <>
          <path className="criterion" d={`M${x(criterion)} ${y(0)}V${TOP - 6}`} />
          <text className="strong" x={x(criterion) + 6} y={TOP + 4}>{`criterion, ${sayMinutes(criterion)}`}</text>
        </>
      ) : null}
      {low !== null && high !== null ? (
        <path className="half" d={`M${x(low)} ${y(0.5) - 5}v10M${x(low)} ${y(0.5)}H${x(high)}M${x(high)} ${y(0.5) - 5}v10`} />
      ) : null}
      {low !== null && high !== null && horizon.p50 !== null ? (
        <text className="strong" x={x(low)} y={y(0.5) - 12} textAnchor={x(low) > 300 ? 'end' : 'start'}>
          {`${sayMinutes(horizon.p50)} [${sayMinutes(low)} to ${sayMinutes(high)}]`}
        </text>
      ) : null}
      {bins.map((bin) => (
        <circle
          key={bin.from}
          className="point"
          cx={x(Math.sqrt(bin.from * bin.to))}
          cy={y(bin.success)}
          r={Math.min(9, 2.5 + Math.sqrt(bin.tasks) / 1.6)}
        >
          <title>{`${sayMinutes(bin.from)} to ${sayMinutes(bin.to)}: ${Math.round(bin.success * 100)} % of ${bin.tasks} tasks, ${bin.runs} runs`}</title>
        </circle>
      ))}
      {horizon.p50 !== null ? <path className="diamond" d={`M${x(horizon.p50)} ${y(0.5) - 6}l6 6l-6 6l-6 -6z`} /> : null}
    </svg>
  )
}
