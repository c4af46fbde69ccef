import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { usePageTitle } from '../../frame/page-title.ts'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { AdvisoryText } from './advisory-text.tsx'
import { advisoryQuery } from './queries.ts'

/** One advisory as everyone reads it; printable. */
export function Advisory() {
  const { id } = useParams({ from: '/advisory/$id' })
  const query = useQuery(advisoryQuery(id))
  usePageTitle(query.data?.row.title ?? 'Advisory')
  if (query.error && !query.data) return <NotShown error={query.error} not="The advisory is not shown." />
  if (!query.data) return <Waiting rows={6} what="the advisory" />
  const { row, may } = query.data
  return (
    <div className="stack">
      <p className="row wrap noprint">
        <button type="button" className="btn small" onClick={() => print()}>
          Print
        </button>
        {row.case && may.length > 0 ? (
          <Link className="btn small" to="/cases/$id/advisory" params={{ id: row.case }}>
            Correct or withdraw
          </Link>
        ) : null}
      </p>
      <AdvisoryText view={query.data} />
    </div>
  )
}
