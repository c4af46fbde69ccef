import { Link } from '@tanstack/react-router'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { duration, fullInstant, localTime } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { LogTable } from './log-table.tsx'
import { NextAct } from './next-act.tsx'
import { ReadIns } from './read-ins.tsx'
import { WindowGauge } from './window-gauge.tsx'
import { Withdraw } from './withdraw.tsx'
import { MOVE } from './words.ts'

/** The docket's first page: one clock that both sides see, who saw what, who is read in, and the way out. */
export function ClockPart({ docket }: { docket: DocketView }) {
  const { now } = useServerNow(1000)
  const shown = now ?? Date.parse(docket.now)
  return (
    <div className="stack wide">
      <div className="lead">
        <Clock docket={docket} now={shown} />
        <p className="note">
          Nothing here decides about a release. The developer may withdraw at any moment and need not say why.
        </p>
      </div>
      {docket.window?.endsAt ? (
        <section
          className="sidescroll"
          aria-label="The access window drawn"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
          tabIndex={0}
        >
          <WindowGauge window={docket.window} now={shown} />
        </section>
      ) : null}
      <section className="stack tight">
        <div className="sh">
          <h2>Next</h2>
          <span className="s i3">{MOVE[docket.whoseMove]}</span>
        </div>
        <p>
          <Inert text={docket.next} />
        </p>
        <NextAct docket={docket} />
      </section>
      <div className="sideways">
        <section>
          <div className="sh">
            <h2>Who saw what</h2>
            <Link className="s" to="/dockets/$id/$part" params={{ id: docket.id, part: 'log' }}>
              All of it
            </Link>
          </div>
          <LogTable id={docket.id} limit={8} />
        </section>
        <div className="stack wide">
          <ReadIns docket={docket} />
          {docket.may.includes('withdraw') && docket.closing === null ? <Withdraw docket={docket} /> : null}
        </div>
      </div>
    </div>
  )
}

function Clock({ docket, now }: { docket: DocketView; now: number }) {
  const { window } = docket
  if (docket.withdrawnAt) return <Said big="Withdrawn" says={`on ${fullInstant(Date.parse(docket.withdrawnAt))}.`} />
  if (window?.closed) return <Said big="Window closed" says={`on ${fullInstant(Date.parse(window.closed.at))}.`} />
  if (window?.endsAt && window.openedAt) {
    const end = Date.parse(window.endsAt)
    const zone = zoned(end, docket.zone)
    return (
      <div>
        <div className="big">{end > now ? duration(end - now) : '0 s'}</div>
        <p className="i2">
          left of the access window. It ends <b>{fullInstant(end)}</b>
          {zone ? ` (${zone})` : ` ${localTime(end)}`}. Both sides see this clock.
        </p>
      </div>
    )
  }
  if (docket.planned)
    return <Said big={fullInstant(Date.parse(docket.planned.at))} says="is the planned release, as the developer gave it." />
  return <Said big="No window yet" says="No instant of a planned release is given." />
}

function Said({ big, says }: { big: string; says: string }) {
  return (
    <div>
      <div className="big">{big}</div>
      <p className="i2">{says}</p>
    </div>
  )
}

/** The instant in the zone in which the release was planned; null where the browser does not know that zone. */
function zoned(at: number, zone: string | null): string | null {
  if (zone === null || zone === 'UTC') return null
  try {
    const text = new Intl.DateTimeFormat('en-GB', {
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
    }).format(at)
    return `${text} in ${zone.split('/').at(-1)?.replaceAll('_', ' ') ?? zone}`
  } catch {
    return null
  }
}
