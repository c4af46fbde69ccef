import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { When } from '../../parts/time/when.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { fetchDockets } from './queries.ts'
import { WindowBoard } from './window-board.tsx'
import { KIND, MOVE, STATE } from './words.ts'

/** Dockets one has a part in; for an officer the board of all windows of the office. */
export function Dockets() {
  usePageTitle('Dockets')
  const me = useQuery(meQuery)
  const { query, rows } = usePaged(['dockets'], fetchDockets, 30_000)
  if (query.error && !query.data) return <NotShown error={query.error} not="The dockets are not shown." />
  const mayOpen = me.data?.roles.includes('developer') ?? false
  return (
    <div className="stack wide">
      <div className="row wrap between">
        <div>
          <h1>Dockets</h1>
          <p className="i2">Voluntary early access to models. Nothing here decides about a release.</p>
        </div>
        <div className="row wrap">
          {mayOpen || me.data?.roles.includes('officer') ? <Link to="/dockets/agreements">Standing agreements</Link> : null}
          {mayOpen ? (
            <Link to="/dockets/new" className="btn">
              Ask about a model
            </Link>
          ) : null}
        </div>
      </div>
      {query.isPending ? <Waiting rows={8} what="dockets" /> : null}
      {query.data && rows.length === 0 ? (
        <Empty fact="You have no part in any docket.">
          {mayOpen
            ? 'Ask an office whether a model is covered, or give notice of one.'
            : 'A seat in a docket is given by its officer.'}
        </Empty>
      ) : null}
      {rows.length > 0 ? <WindowBoard rows={rows} now={query.data?.pages[0]?.now ?? ''} /> : null}
      {rows.length > 0 ? (
        <table className="blocks">
          <caption className="vh">Dockets, by whose move it is</caption>
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col">Kind</th>
              <th scope="col">State</th>
              <th scope="col">Next</th>
              <th scope="col">Window ends</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td>
                  <Link to="/dockets/$id" params={{ id: row.id }} className="b">
                    {row.model === null ? row.id : <Inert text={row.model} />}
                  </Link>
                  <span className="second xs i3">
                    <Inert text={row.developer} /> with <Inert text={row.office} />
                  </span>
                </td>
                <td>{KIND[row.kind]}</td>
                <td>
                  {STATE[row.state]}
                  {row.withdrawn ? ', withdrawn' : ''}
                </td>
                <td>
                  <Inert text={row.next} />
                  <span className="second xs i3">{MOVE[row.whoseMove]}</span>
                </td>
                <td>{row.endsAt ? <When at={row.endsAt} full /> : <span className="i3">no window</span>}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <MoreRows of={query} say="Show more" />
    </div>
  )
}
