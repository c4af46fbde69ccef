import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { NoticeList } from '../../../contract/shapes/project.ts'
import { getJson, sendJson } from '../../api/request.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { Empty } from '../../parts/notice/empty.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { Ago } from '../../parts/time/ago.tsx'
import { count } from '../../parts/time/format.ts'
import { NotShown } from '../nowhere/not-shown.tsx'

type NoticeRow = NoticeList['rows'][number]

const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: ({ signal }) => getJson<NoticeList>('/v1/notices', signal),
  refetchInterval: 60_000,
})

/** What happened where one has a part, the newest first; read ones stay, in quieter ink. */
export function Notices() {
  usePageTitle('Notices')
  const client = useQueryClient()
  const query = useQuery(noticesQuery)
  const read = useMutation({
    mutationFn: (ids: readonly string[]) =>
      Promise.all(ids.map((id) => sendJson('POST', `/v1/notices/${encodeURIComponent(id)}/read`))),
    onSettled: () => client.invalidateQueries({ queryKey: ['notices'] }),
  })
  if (query.error && !query.data) return <NotShown error={query.error} not="The notices are not shown." />
  if (!query.data) return <Waiting rows={6} what="notices" />
  const { rows, unread } = query.data
  const fresh = rows.filter((row) => !row.read).map(({ id }) => id)
  return (
    <div className="stack">
      <div className="row between top wrap">
        <div>
          <h1>Notices</h1>
          <p className="i2">{unread === 0 ? 'You have read them all.' : `${count(unread)} you have not read.`}</p>
        </div>
        {fresh.length > 0 ? (
          <button type="button" className="btn" disabled={read.isPending} onClick={() => read.mutate(fresh.slice(0, 50))}>
            Mark as read
          </button>
        ) : null}
      </div>
      {read.error ? <FailureNote error={read.error} not="Not marked." /> : null}
      {rows.length === 0 ? (
        <Empty fact="Nothing happened yet where you have a part." />
      ) : (
        <Lines rows={rows} read={read.mutate} />
      )}
    </div>
  )
}

function Lines({ rows, read }: { rows: readonly NoticeRow[]; read: (ids: readonly string[]) => void }) {
  return (
    <ol className="notices">
      {rows.map((row) => (
        <li key={row.id} className={row.read ? 'i2' : 'b'}>
          <span className="grow">
            {row.read ? null : <span className="vh">Not read: </span>}
            {row.case ? (
              <Link to="/cases/$id" params={{ id: row.case }} className="quiet" onClick={() => row.read || read([row.id])}>
                <Inert text={row.says} />
              </Link>
            ) : (
              <Inert text={row.says} />
            )}
          </span>
          <span className="s i3 num noticewhen">
            <Ago at={row.at} />
          </span>
        </li>
      ))}
    </ol>
  )
}
