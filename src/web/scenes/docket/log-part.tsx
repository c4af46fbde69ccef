import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocketView, LogRow } from '../../../contract/shapes/docket.ts'
import { download } from '../../parts/download.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { LogRows } from './log-table.tsx'
import { fetchDocketLog } from './queries.ts'

/** The whole access log, and as a file. Each line holds the hash of the one before, so that a line left out shows. */
export function LogPart({ docket }: { docket: DocketView }) {
  const query = useInfiniteQuery({
    queryKey: ['docket', docket.id, 'whole-log'],
    queryFn: ({ pageParam, signal }) => fetchDocketLog(docket.id, pageParam, 200, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  const [taking, setTaking] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const rows = query.data?.pages.flatMap((page) => page.rows) ?? []
  const total = query.data?.pages[0]?.total ?? 0
  const take = async () => {
    setTaking(true)
    setFailure(null)
    try {
      const all: LogRow[] = []
      for (let cursor: string | null = null; ; ) {
        const page = await fetchDocketLog(docket.id, cursor, 1000)
        all.push(...page.rows)
        cursor = page.next
        if (cursor === null) break
      }
      download(`${docket.id}-log.ndjson`, all.map((row) => `${JSON.stringify(row)}\n`).join(''), 'application/x-ndjson')
    } catch (error) {
      setFailure(error)
    }
    setTaking(false)
  }
  if (query.error && !query.data) return <FailureNote error={query.error} not="The log is not shown." />
  return (
    <section className="stack">
      <div className="sh">
        <h2>Who saw what</h2>
        <span className="s i3">{count(total)} lines, each with the hash of the one before</span>
        <button type="button" className="btn small" disabled={taking} onClick={() => void take()}>
          All, as a file
        </button>
      </div>
      {failure ? <FailureNote error={failure} not="The file was not made." /> : null}
      {query.isPending ? <Waiting rows={12} what="the log" /> : <LogRows rows={rows} />}
      {query.hasNextPage ? (
        <p>
          <button type="button" className="btn" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show earlier lines
          </button>
        </p>
      ) : null}
    </section>
  )
}
