import { useQuery } from '@tanstack/react-query'
import type { CoverageOut } from '../../../contract/shapes/scan.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { day } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { coverageQuery } from './queries.ts'

type Row = CoverageOut['rows'][number]
const MOST_SHOWN = 500

/** Which targets were looked at, by how many and when; few are told as few, so that no count names anybody. */
export function Coverage() {
  const query = useQuery(coverageQuery)
  const filter = useFilter()
  if (query.error && !query.data) return <NotShown error={query.error} not="The coverage is not shown." />
  if (!query.data) return <Waiting rows={6} what="coverage" />
  if (query.data.rows.length === 0) return <Empty fact="No look at anything may be told yet." />
  const rows = query.data.rows.filter(({ target }) => filter.fits(target))
  return (
    <section className="stack tight" aria-label="Coverage">
      <div className="row between wrap">
        {filter.field}
        <span className="xs i3">Organisations are told in bands, weeks by their first day. Dashed: fewer than three.</span>
      </div>
      <table className="blocks coverage">
        <caption className="vh">Which targets were looked at</caption>
        <thead>
          <tr>
            <th scope="col">Target</th>
            <th scope="col" className="c-orgs">
              Organisations
            </th>
            <th scope="col">Looked for</th>
            <th scope="col" className="c-week">
              Last look, week of
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST_SHOWN).map((row) => (
            <tr key={row.target}>
              <td>
                <MiddleCut text={row.target} />
              </td>
              <td>
                <Band of={row.organisations} />
              </td>
              <td className="i2">
                {row.classes.length === 0 ? <span className="i3">not told</span> : <Inert text={row.classes.join(', ')} />}
              </td>
              <td data-label="Week of">
                <LastLook at={row.lastWeek} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST_SHOWN ? <p className="s i3">The first {MOST_SHOWN} are shown; the filter finds the others.</p> : null}
    </section>
  )
}

/** Solid up to the band's least, hatched up to its most; on a scale to twelve. */
const BANDS: Readonly<Record<NonNullable<Row['organisations']>, readonly [least: number, most: number, word: string]>> = {
  '3-4': [3, 4, '3 to 4'],
  '5-9': [5, 9, '5 to 9'],
  '10+': [10, 12, '10 or more'],
}

function Band({ of }: { of: Row['organisations'] }) {
  const band = of === null ? null : BANDS[of]
  const share = (n: number) => `${(n / 12) * 100}%`
  return (
    <span className="row">
      <span className="bandbar" aria-hidden="true">
        {band === null ? (
          <i className="few" style={{ width: share(2) }} />
        ) : (
          <>
            <i className="sure" style={{ width: share(band[0]) }} />
            <i className="perhaps" style={{ width: share(band[1] - band[0]) }} />
          </>
        )}
      </span>
      <span className={band === null ? 'xs i3' : 'xs'}>{band === null ? 'fewer than 3' : band[2]}</span>
    </span>
  )
}

function LastLook({ at }: { at: string | null }) {
  const { now } = useServerNow(3_600_000)
  if (at === null) return <span className="unsaid i3">not told</span>
  const weeks = now === null ? null : Math.floor((now - Date.parse(at)) / (7 * 86_400_000))
  return (
    <>
      {day(Date.parse(at))}
      {weeks !== null && weeks > 0 ? <span className="xs i3">, {weeks} w ago</span> : null}
    </>
  )
}
