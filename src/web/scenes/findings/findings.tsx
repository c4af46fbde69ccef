import { Link } from '@tanstack/react-router'
import { fetchFindings } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { count } from '../../parts/time/format.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { FindingsTable } from './findings-table.tsx'

/** The finder's first screen: where everything stands that one's organisation sent. */
export function Findings() {
  usePageTitle('Findings')
  const { query, rows } = usePaged(['findings'], (cursor, signal) => fetchFindings(cursor, null, signal))
  if (query.error && !query.data) return <NotShown error={query.error} not="The findings are not shown." />
  const asking = rows.filter((row) => row.state === 'needs-info').length
  return (
    <div className="stack">
      <div className="row between top wrap">
        <div>
          <h1>Findings</h1>
          <p className="i2">
            {query.data
              ? `${count(rows.length)}${query.hasNextPage ? ' newest' : ''} sent. ${asking === 0 ? 'None needs anything from you.' : `${count(asking)} ${asking === 1 ? 'needs' : 'need'} something from you.`}`
              : 'Counting.'}
          </p>
        </div>
        <Link className="btn" to="/report">
          Send a report
        </Link>
      </div>
      {query.isPending ? (
        <Waiting rows={10} what="findings" />
      ) : rows.length === 0 ? (
        <Empty fact="Nothing was sent yet.">
          <Link to="/report">Send a report</Link>
        </Empty>
      ) : (
        <FindingsTable rows={rows} />
      )}
      <MoreRows of={query} say="Show the next 200" />
    </div>
  )
}
