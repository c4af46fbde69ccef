import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { UptakeOut } from '../../../contract/shapes/exposure.ts'
import { download } from '../../parts/download.ts'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count, day } from '../../parts/time/format.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { uptakeQuery } from './queries.ts'
import { percent, UptakeChart } from './uptake-chart.tsx'
import { fraction, uptakeCsv } from './uptake-csv.ts'

/** How much of what was owed is patched, day by day, with its table; and the whole report of the rule as a file. */
export function Patched() {
  const { data, error } = useQuery(uptakeQuery)
  if (error && !data) return <NotShown error={error} not="What is patched is not shown." />
  if (!data) return <Waiting rows={6} what="what is patched" />
  return (
    <div className="stack wide">
      <section className="stack tight" aria-label="Patched over time">
        <p className="i2 measure">
          Of all flaws that were found on your assets, the share that is updated or protected. A flaw counts once for each
          version and kind of asset.
        </p>
        {!data.points.some((one) => fraction(one) !== null) ? (
          <p className="s">Nothing was owed yet. Once something is, its share is kept for each day.</p>
        ) : (
          <>
            <section
              className="sidescroll"
              aria-label="Patched share, drawn"
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
              tabIndex={0}
            >
              <UptakeChart points={data.points} />
            </section>
            <UptakeTable points={data.points} />
            <p>
              <button type="button" className="btn small" onClick={() => download('patched.csv', uptakeCsv(data), 'text/csv')}>
                Take it as CSV
              </button>
            </p>
          </>
        )}
      </section>
      <section className="stack tight measure" aria-labelledby="rule-report">
        <h2 id="rule-report">Report of your rule</h2>
        <p className="s i2">
          Everything that was owed: the row of the rule, what went into it, each date, what was done and how one can tell. Where
          the rule does not bind you it says so: then it is your own choice, and no finding of compliance. What BOD 26-02 asks
          of devices has a file of its own, under{' '}
          <Link to="/exposure/$part" params={{ part: 'edge' }}>
            Edge devices
          </Link>
          .
        </p>
        <p className="row wrap">
          <a className="btn small" href="/v1/exposure/report?format=csv" download="exposure-report.csv">
            Report as CSV
          </a>
          <a className="btn small" href="/v1/exposure/report?format=json" download="exposure-report.json">
            Report as JSON
          </a>
        </p>
      </section>
    </div>
  )
}

function UptakeTable({ points }: { points: UptakeOut['points'] }) {
  return (
    <details className="fold measure">
      <summary>As a table</summary>
      <table>
        <caption className="vh">Patched over time</caption>
        <thead>
          <tr>
            <th scope="col">Day</th>
            <th scope="col" className="num">
              Settled
            </th>
            <th scope="col" className="num">
              Open
            </th>
            <th scope="col" className="num">
              Patched
            </th>
          </tr>
        </thead>
        <tbody>
          {[...points].reverse().map((one) => {
            const share = fraction(one)
            return (
              <tr key={one.at}>
                <td>{day(Date.parse(one.at))}</td>
                <td className="num">{count(one.settled)}</td>
                <td className="num">{count(one.open)}</td>
                <td className="num">{share === null ? <span className="i3">nothing owed</span> : percent(share)}</td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </details>
  )
}
