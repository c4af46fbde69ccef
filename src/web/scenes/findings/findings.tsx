import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { fetchFindings } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { isHidden } from '../nowhere/is-hidden.ts'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { FindingsTable } from './findings-table.tsx'

/** The finder's first screen: where everything stands that one's organisation sent. */
export function Findings() {
  usePageTitle('Findings')
  const query = useInfiniteQuery({
    queryKey: ['findings'],
    queryFn: ({ pageParam, signal }) => fetchFindings(pageParam, null, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next ?? null,
  })
  if (query.error && !query.data)
    return isHidden(query.error) ? <Nowhere /> : <FailureNote error={query.error} not="The findings are not shown." />
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
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
      {query.hasNextPage ? (
        <p>
          <button type="button" className="btn" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show the next 200
          </button>
        </p>
      ) : null}
    </div>
  )
}
