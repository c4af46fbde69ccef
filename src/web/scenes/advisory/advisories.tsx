import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { AdvisoryRow } from '../../../contract/shapes/advisory.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Title } from '../../parts/inert/title.tsx'
import { visibleText } from '../../parts/inert/visible-text.ts'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { day } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { fetchAdvisories } from './queries.ts'
import { STATE } from './words.ts'

/** What was published, the newest first, for everyone; drafts only for those who read their case. */
export function Advisories() {
  usePageTitle('Advisories')
  const [words, setWords] = useState('')
  const query = useInfiniteQuery({
    queryKey: ['advisories'],
    queryFn: ({ pageParam, signal }) => fetchAdvisories(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  if (query.error && !query.data) return <FailureNote error={query.error} not="The advisories are not shown." />
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  const drafts = query.data?.pages[0]?.drafts ?? []
  const wanted = words.trim().toLowerCase()
  const shown = rows.filter((row) =>
    visibleText(`${row.title} ${row.aliases.join(' ')} ${row.id}`)
      .toLowerCase()
      .includes(wanted),
  )
  return (
    <div className="stack wide">
      <div>
        <h1>Advisories</h1>
        <p className="i2">
          For machines: <a href="/csaf/index.txt">CSAF</a>, <a href="/osv/all.ndjson">OSV</a>, <a href="/feed.atom">Atom</a>.
        </p>
      </div>
      {drafts.length > 0 ? (
        <section className="stack tight">
          <h2>Not out yet</h2>
          <Table rows={drafts} caption="Drafts of cases you read" drafts />
        </section>
      ) : null}
      {query.isPending ? (
        <Waiting rows={6} what="advisories" />
      ) : rows.length === 0 ? (
        <Empty fact="Nothing was published yet." />
      ) : (
        <section className="stack tight">
          {drafts.length > 0 ? <h2>Published</h2> : null}
          <input
            className="small filter"
            type="search"
            aria-label="Filter"
            placeholder="Filter"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
          <Table rows={shown} caption="Published advisories" />
          {shown.length === 0 ? <p className="i2">Nothing fits the filter.</p> : null}
        </section>
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

function Table({ rows, caption, drafts = false }: { rows: readonly AdvisoryRow[]; caption: string; drafts?: boolean }) {
  return (
    <table className="blocks advisories">
      <caption className="vh">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">Title and names</th>
          <th scope="col" className="c-state">
            State
          </th>
          <th scope="col" className="num c-day">
            {drafts ? 'Planned' : 'Published'}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>
              <div className="b">
                {drafts && row.case ? (
                  <Link className="quiet" to="/cases/$id/advisory" params={{ id: row.case }}>
                    <Title text={row.title} />
                  </Link>
                ) : (
                  <Link className="quiet" to="/advisory/$id" params={{ id: row.id }}>
                    <Title text={row.title} />
                  </Link>
                )}
              </div>
              <div className="xs i3 mono">
                <Inert text={[...row.aliases, row.id].join('  ')} />
              </div>
            </td>
            <td className={row.state === 'withdrawn' ? 'b' : 'i2'}>
              {STATE[row.state]}
              {row.revision > 1 ? <span className="xs i3"> revision {row.revision}</span> : null}
            </td>
            <td className="num i2">
              {drafts ? (
                row.releaseAt ? (
                  <When at={row.releaseAt} />
                ) : (
                  <span className="i3">no instant set</span>
                )
              ) : row.publishedAt ? (
                day(Date.parse(row.publishedAt))
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
