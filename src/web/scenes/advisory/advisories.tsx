import { Link } from '@tanstack/react-router'
import type { AdvisoryRow } from '../../../contract/shapes/advisory.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { useFilter } from '../../parts/form/filter.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { Title } from '../../parts/inert/title.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { day } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { fetchAdvisories } from './queries.ts'
import { STATE } from './words.ts'

/** What was published, the newest first, for everyone; drafts only for those who read their case. */
export function Advisories() {
  usePageTitle('Advisories')
  const filter = useFilter()
  const { query, rows } = usePaged(['advisories'], fetchAdvisories)
  if (query.error && !query.data) return <FailureNote error={query.error} not="The advisories are not shown." />
  const drafts = query.data?.pages[0]?.drafts ?? []
  const shown = rows.filter((row) => filter.fits(`${row.title} ${row.aliases.join(' ')} ${row.id}`))
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
          {filter.field}
          <Table rows={shown} caption="Published advisories" />
          {shown.length === 0 ? <p className="i2">Nothing fits the filter.</p> : null}
        </section>
      )}
      <MoreRows of={query} say="Show the next 200" />
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
