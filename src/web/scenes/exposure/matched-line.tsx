import type { ActionList } from '../../../contract/shapes/exposure.ts'
import { clock, count, duration, moment } from '../../parts/time/format.ts'

const DAY = 86_400_000
/** Records older than this leave out what became known since, and the page says so. */
const STALE = 3 * DAY

/** When it was matched, against how much, and how old that is. */
export function MatchedLine({ of, now }: { of: ActionList; now: number | null }) {
  const newest = of.records.newest === null ? null : Date.parse(of.records.newest)
  const stale = newest !== null && now !== null && now - newest > STALE
  return (
    <div className="matched s i2">
      {of.matchedAt === null ? null : (
        <p>
          <b>Matched here</b> at <Instant at={Date.parse(of.matchedAt)} now={now} /> UTC
        </p>
      )}
      <p>
        {count(of.components)} {of.components === 1 ? 'component' : 'components'} in {count(of.inventories)}{' '}
        {of.inventories === 1 ? 'inventory' : 'inventories'}, {count(of.records.count)} records
        {newest === null || stale ? '' : `, the newest of ${moment(newest)}`}.
      </p>
      {stale ? (
        <p className="note soon">The newest record is {duration(now - newest)} old: what became known since is not here.</p>
      ) : null}
      {newest === null ? <p className="note soon">No record of a flaw was taken in yet: nothing can be found.</p> : null}
    </div>
  )
}

/** The time alone on the same day. */
function Instant({ at, now }: { at: number; now: number | null }) {
  const today = now !== null && Math.floor(at / DAY) === Math.floor(now / DAY)
  return <time dateTime={new Date(at).toISOString()}>{today ? clock(at) : moment(at)}</time>
}
