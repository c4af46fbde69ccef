import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { searchQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Empty } from '../../parts/notice/empty.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { NotShown } from '../nowhere/not-shown.tsx'
import { QueueTable } from '../queue/queue-table.tsx'
import { useCursor } from '../queue/use-cursor.ts'

/** What was found among the flaws one may see. */
export function Search() {
  const { q = '' } = useSearch({ from: '/search' })
  usePageTitle(`Find ${q}`)
  const navigate = useNavigate()
  const found = useQuery(searchQuery(q))
  const rows = found.data?.rows ?? []
  const cursor = useCursor(rows, {
    onOpen: (row) => void navigate({ to: '/flaws/$id', params: { id: row.id } }),
    onMerge: () => undefined,
    onEnd: () => undefined,
  })
  if (found.error && !found.data) return <NotShown error={found.error} not="Nothing was searched." />
  return (
    <div className="stack">
      <h1>Find</h1>
      {q === '' ? (
        <Empty fact="Nothing was asked for.">Press / and type a flaw, a package or a CVE.</Empty>
      ) : found.isPending ? (
        <Waiting rows={6} what="what was found" />
      ) : rows.length === 0 ? (
        <Empty fact={`Nothing you may see fits “${q}”. Whole words are looked for.`}>
          <Link to="/queue">Go to the queue</Link>
        </Empty>
      ) : (
        <>
          <p className="i2">
            {count(rows.length)}
            {found.data?.next ? ' or more' : ''} for “{q}”
          </p>
          <QueueTable groups={[{ need: null, rows }]} search={{}} more={false} cursor={cursor} onChange={null} />
        </>
      )}
    </div>
  )
}
