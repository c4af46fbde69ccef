import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../../api/queries.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { MiddleCut } from '../../parts/inert/middle-cut.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { day } from '../../parts/time/format.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { optOutsQuery } from './queries.ts'
import { StateOptOut } from './state-opt-out.tsx'
import { saysWords } from './words.ts'

/** What projects say about being scanned, with where they say it. */
export function OptOuts() {
  const query = useQuery(optOutsQuery)
  const { data: me } = useQuery(meQuery)
  if (query.error && !query.data) return <NotShown error={query.error} not="What projects say is not shown." />
  if (!query.data) return <Waiting rows={4} what="what projects say" />
  const rows = query.data.rows.filter(({ endedAt }) => endedAt === null)
  const writes = me?.roles.includes('coordinator') ?? false
  if (rows.length === 0)
    return (
      <>
        {writes ? <StateOptOut /> : null}
        <Empty fact="No project has said anything about scans." />
      </>
    )
  return (
    <section className="stack tight" aria-label="What projects say">
      {writes ? <StateOptOut /> : null}
      <p className="s i2">
        Also published as a <a href="/v1/feed/scans.json">feed</a>, for scanners that ask before they begin.
      </p>
      <table className="blocks optouts">
        <caption className="vh">What projects say about scans</caption>
        <thead>
          <tr>
            <th scope="col">Project</th>
            <th scope="col">Says</th>
            <th scope="col">Where it says so</th>
            <th scope="col" className="c-by">
              Entered by
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <MiddleCut text={row.target} />
              </td>
              <td className="b">{saysWords(row.says)}</td>
              <td className="i2">
                <Inert text={row.source} breaks /> <span className="xs i3">read {day(Date.parse(row.on))}</span>
              </td>
              <td className="i2" data-label="Entered by">
                {row.enteredBy === 'proved-maintainer' ? 'its proved maintainer' : 'a coordinator'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
