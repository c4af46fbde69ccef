import { useState } from 'react'
import type { DocketView, LogRow } from '../../../contract/shapes/docket.ts'
import { download } from '../../parts/download.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { count } from '../../parts/time/format.ts'
import { LogRows } from './log-table.tsx'
import { fetchDocketLog } from './queries.ts'

/** The whole access log, and as a file. Each line holds the hash of the one before, so that a line left out shows. */
export function LogPart({ docket }: { docket: DocketView }) {
  const { query, rows } = usePaged(['docket', docket.id, 'whole-log'], (cursor, signal) =>
    fetchDocketLog(docket.id, cursor, 200, signal),
  )
  const [taking, setTaking] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
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
      <MoreRows of={query} say="Show earlier lines" />
    </section>
  )
}
