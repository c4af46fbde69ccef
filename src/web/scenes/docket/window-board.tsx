import type { DocketRow } from '../../../contract/shapes/docket.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { duration } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'

const DAY = 86_400_000

/** All windows that are open or about to open, on one axis of time; the one that ends first stands first. */
export function WindowBoard({ rows, now: read }: { rows: readonly DocketRow[]; now: string }) {
  const { now: server } = useServerNow()
  const now = server ?? Date.parse(read)
  const open = rows
    .flatMap((row) => {
      const [from, to] = [Date.parse(row.opensAt ?? ''), Date.parse(row.endsAt ?? '')]
      const live = row.state === 'access-ready' || row.state === 'window-open'
      return live && !Number.isNaN(from) && !Number.isNaN(to) ? [{ row, from, to }] : []
    })
    .sort((a, b) => a.to - b.to)
  if (open.length === 0 || Number.isNaN(now)) return null
  const first = Math.min(now, ...open.map(({ from }) => from)) - DAY
  const last = Math.max(now, ...open.map(({ to }) => to)) + DAY
  const at = (instant: number) => `${(((instant - first) / (last - first)) * 100).toFixed(3)}%`
  const width = (from: number, to: number) => `${((Math.max(0, to - from) / (last - first)) * 100).toFixed(3)}%`
  return (
    <section>
      <h2>Access windows</h2>
      <ul className="plain stack tight">
        {open.map(({ row, from, to }) => (
          <li key={row.id}>
            <p className="row between s">
              <b>{row.model === null ? row.id : <Inert text={row.model} />}</b>
              <span className="i2">{to > now ? `${duration(to - now)} left` : 'ended'}</span>
            </p>
            <div className="lane" aria-hidden="true">
              <i className="used" style={{ left: at(from), width: width(from, Math.min(now, to)) }} />
              <i style={{ left: at(Math.max(now, from)), width: width(Math.max(now, from), to) }} />
              <b style={{ left: at(now) }} />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
