import { Link } from '@tanstack/react-router'
import { fetchReports } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { countsInWords } from './outcome.ts'

/** Everything that came in as one upload each, newest first. */
export function Reports() {
  usePageTitle('Reports')
  const { query, rows } = usePaged(['reports'], fetchReports)
  if (query.error && !query.data) return <NotShown error={query.error} not="The reports are not shown." />
  return (
    <div className="stack">
      <div className="row between top wrap">
        <div>
          <h1>Reports</h1>
          <p className="i2">Each as it was sent, with what became of its items.</p>
        </div>
        <Link className="btn" to="/report">
          Send a report
        </Link>
      </div>
      {query.isPending ? (
        <Waiting rows={8} what="reports" />
      ) : rows.length === 0 ? (
        <Empty fact="No report has come in.">
          <Link to="/report">Send a report</Link>
        </Empty>
      ) : (
        <table className="blocks rpt">
          <caption className="vh">Reports, newest first</caption>
          <thead>
            <tr>
              <th scope="col">Report</th>
              <th scope="col">From</th>
              <th scope="col">Items</th>
              <th scope="col" className="num c-n">
                Grouped
              </th>
              <th scope="col" className="num c-last">
                Received
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <div className="b cut">
                    <Link className="quiet" to="/reports/$id" params={{ id: row.id }}>
                      {row.name ? <Inert text={row.name} /> : 'Sent by hand'}
                    </Link>
                  </div>
                  <span className="xs i3">
                    {row.format}
                    {row.complete ? '' : ', cut off or still coming in'}
                  </span>
                </td>
                <td>{row.finder ? <Inert text={row.finder} /> : <span className="i3">without an account</span>}</td>
                <td className="i2">{countsInWords(row.counts)}</td>
                <td className="num" data-label="Grouped">
                  {count(row.clustered)}
                </td>
                <td className="num i2">
                  <When at={row.receivedAt} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <MoreRows of={query} say="Show more" />
    </div>
  )
}
