import type { DocketView } from '../../../contract/shapes/docket.ts'
import { axisOf } from '../../parts/gauge/axis.ts'
import { count, duration, moment } from '../../parts/time/format.ts'
import { ENDS_BECAUSE } from './words.ts'

const WIDTH = 1120
const DAY = 86_400_000
type Window = NonNullable<DocketView['window']>

/** The access window drawn: used, left, never past; calls a day and down time below. Nothing before it is known when it opens. */
export function WindowGauge({ window, now }: { window: Window; now: number }) {
  const opens = ms(window.openedAt ?? window.opensAt)
  const ends = ms(window.closed?.at ?? window.endsAt)
  if (opens === null || ends === null) return null
  const latest = ms(window.latest) ?? ends
  const axis = axisOf(Math.min(opens, now) - DAY / 2, Math.max(latest, ends) + DAY, WIDTH)
  const { x } = axis
  const seen = Math.min(Math.max(now, opens), ends)
  const down = window.downtime.reduce((sum, one) => sum + Math.max(0, (ms(one.to) ?? now) - (ms(one.from) ?? now)), 0)
  const most = Math.max(1, ...window.calls.map((one) => one.calls))
  const calledWidth = (calls: number) => Math.max(2, ((x(opens + DAY) - x(opens)) * calls) / most / 1.4)
  const lastCalls = window.calls.findLast(({ calls }) => calls > 0)
  // The words stand behind the last bar, which may end after this moment.
  const calledTo = Math.max(
    x(seen),
    lastCalls ? x(Math.max(ms(lastCalls.day) ?? opens, opens)) + calledWidth(lastCalls.calls) : 0,
  )
  // Where the whole window is short, both labels would stand on each other.
  const tight = x(ends) - x(opens) < 300
  const says = `Access window from ${moment(opens)} to ${moment(ends)} UTC, ${duration(seen - opens)} used, ${duration(ends - seen)} left`
  return (
    <svg className="gauge" viewBox={`0 0 ${WIDTH} 134`} role="img" aria-label={says}>
      {axis.weekends.map(([from, to]) => (
        <rect key={from} className="weekend" x={x(from)} y={8} width={x(to) - x(from)} height={96} />
      ))}
      <rect className="used" x={x(opens)} y={24} width={Math.max(0, x(seen) - x(opens))} height={22} />
      <rect className="left" x={x(seen)} y={24.5} width={Math.max(0, x(ends) - x(seen))} height={21} />
      {latest > ends ? <rect className="past" x={x(ends)} y={24.5} width={x(latest) - x(ends)} height={21} /> : null}
      {window.calls.map((one) => {
        const from = ms(one.day)
        if (from === null || one.calls === 0) return null
        return (
          <rect key={one.day} className="used" x={x(Math.max(from, opens))} y={62} width={calledWidth(one.calls)} height={10}>
            <title>{`${count(one.calls)} calls, ${count(one.tokens)} tokens`}</title>
          </rect>
        )
      })}
      {window.downtime.map((one) => {
        const from = ms(one.from)
        if (from === null) return null
        return (
          <rect
            key={one.from}
            className="down"
            x={x(from)}
            y={84}
            width={Math.max(3, x(ms(one.to) ?? now) - x(from))}
            height={10}
          />
        )
      })}
      <text
        x={x(opens) + (x(now) - x(opens) < 6 ? 6 : 0)}
        y={18}
      >{`${window.openedAt ? 'opened' : 'opens'} ${moment(opens)}`}</text>
      <text x={x(ends) + (tight ? 6 : -6)} y={tight ? 39 : 18} textAnchor={tight ? 'start' : 'end'} className="strong">
        {window.closed
          ? `closed ${moment(ends)}`
          : `ends ${moment(ends)}${window.endsBecause ? `: ${ENDS_BECAUSE[window.endsBecause]}` : ''}`}
      </text>
      {x(seen) - x(opens) > 110 ? (
        <text x={x(opens) + 8} y={39} className="inverse">{`${duration(seen - opens)} used`}</text>
      ) : null}
      {x(ends) - x(seen) > 110 ? (
        <text x={x(seen) + 10} y={39} className="strong">{`${duration(ends - seen)} left`}</text>
      ) : null}
      <text x={calledTo + 10} y={71}>
        calls to the model
      </text>
      <text x={x(seen) + 10} y={93}>
        {down > 0 ? `endpoint down, ${duration(down)}: lengthens nothing unless the developer says so` : 'endpoint down: never'}
      </text>
      <path className="rule" d={`M0 104.5H${WIDTH}`} />
      {axis.days.map((day) => (
        <path key={day.at} className="rule" d={`M${x(day.at)} 104.5v${day.label ? 7 : 4}`} />
      ))}
      {axis.days.map((day) =>
        day.label ? (
          <text key={day.at} x={x(day.at)} y={126} textAnchor="middle" className="faint">
            {day.label}
          </text>
        ) : null,
      )}
      <path className="now" d={`M${x(now)} 8v104`} />
      <rect className="nowtag" x={x(now) - 17} y={112} width={34} height={17} rx={2} />
      <text x={x(now)} y={125} textAnchor="middle" className="nowword">
        now
      </text>
    </svg>
  )
}

function ms(text: string | null): number | null {
  const at = text === null ? Number.NaN : Date.parse(text)
  return Number.isNaN(at) ? null : at
}
