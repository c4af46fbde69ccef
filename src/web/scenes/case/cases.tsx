import { useQuery } from '@tanstack/react-query'
import { Link, useSearch } from '@tanstack/react-router'
import type { CaseRow } from '../../../contract/shapes/case.ts'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { count, fullInstant } from '../../parts/time/format.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { CaseTable } from './case-table.tsx'
import { byEnd, type CaseTab, stands } from './case-tabs.ts'
import { useCases, useOwnMoves } from './queries.ts'

const NAMES: readonly (readonly [CaseTab, string])[] = [
  ['needs-me', 'Needs me'],
  ['waiting', 'Waiting on others'],
  ['everything', 'Everything'],
]

/** Cases one coordinates or takes part in, by whose move it is, the nearest end of secrecy first. */
export function Cases() {
  usePageTitle('Cases')
  const me = useQuery(meQuery)
  const { tab = 'needs-me' } = useSearch({ from: '/cases' })
  const all = useCases()
  const own = useOwnMoves()
  const coordinates = me.data?.roles.includes('coordinator') ?? false
  const listOf = (one: CaseTab) => (one === 'needs-me' ? own : all)
  const rowsOf = (one: CaseTab) => listOf(one).rows.filter((row) => stands(row, one, coordinates))
  const { query } = listOf(tab)
  if (query.error && !query.data) return <NotShown error={query.error} not="The cases are not shown." />
  const rows = rowsOf(tab).sort(byEnd)
  return (
    <div className="stack cases">
      <div>
        <h1>Cases</h1>
        <p className="i2 measure">
          {coordinates
            ? 'Flaws that are worth acting on: who takes part, what each agreed to, and by when.'
            : 'Cases you take part in or are invited to. Content is shown once you accept the terms.'}
        </p>
      </div>
      <nav className="tabs" aria-label="Views">
        {NAMES.map(([one, name]) => (
          <Link
            key={one}
            to="/cases"
            search={one === 'needs-me' ? {} : { tab: one }}
            replace
            aria-current={one === tab ? 'page' : undefined}
            activeProps={{}}
            activeOptions={{ exact: true, explicitUndefined: true }}
          >
            {name} <Told list={listOf(one).query} rows={rowsOf(one).length} />
          </Link>
        ))}
      </nav>
      {query.isPending ? <Waiting rows={8} what="cases" /> : null}
      {query.data && all.query.data && rows.length === 0 ? <NoCase all={all.rows} tab={tab} coordinates={coordinates} /> : null}
      {rows.length > 0 ? <CaseTable rows={rows} now={Date.parse(query.data?.pages[0]?.now ?? '')} /> : null}
      <MoreRows of={query} say="Show more" />
    </div>
  )
}

/** How many of a list are known so far. */
function Told({ list, rows }: { list: ReturnType<typeof useCases>['query']; rows: number }) {
  return <span>{list.data ? `${count(rows)}${list.hasNextPage ? '+' : ''}` : ''}</span>
}

function NoCase({ all, tab, coordinates }: { all: readonly CaseRow[]; tab: CaseTab; coordinates: boolean }) {
  if (all.length === 0)
    return coordinates ? (
      <Empty fact="There is no case yet.">
        A case is opened from a flaw. <Link to="/queue">Go to the queue</Link>
      </Empty>
    ) : (
      <Empty fact="You take part in no case, and are invited to none.">
        <Link to="/report">Send a report</Link>
      </Empty>
    )
  const next = all.filter((row) => row.endsAt !== null && row.state === 'open').sort(byEnd)[0]
  return (
    <Empty
      fact={
        tab === 'needs-me'
          ? `Nothing needs you.${next?.endsAt ? ` Next: an embargo ends ${fullInstant(Date.parse(next.endsAt))}.` : ''}`
          : 'Nothing waits on someone else.'
      }
    >
      <Link to="/cases" search={{ tab: 'everything' }}>
        See every case
      </Link>
    </Empty>
  )
}
