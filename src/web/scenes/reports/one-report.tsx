import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { fetchFindings, reportQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { MoreRows } from '../../parts/paged/more-rows.tsx'
import { usePaged } from '../../parts/paged/use-paged.ts'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { FindingsTable } from '../findings/findings-table.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { countsInWords } from './outcome.ts'

/** One report: how far it is, what became of its items in counts, and the findings that came of it. */
export function OneReport() {
  const { id } = useParams({ from: '/reports/$id' })
  usePageTitle('Report')
  const report = useQuery({
    ...reportQuery(id),
    refetchInterval: (query) => (query.state.data?.complete === false ? 5_000 : false),
  })
  const { query: findings, rows } = usePaged(['findings', 'of', id], (cursor, signal) => fetchFindings(cursor, id, signal))
  if (report.error && !report.data) {
    return <NotShown error={report.error} not="The report is not shown." />
  }
  if (!report.data) return <Waiting rows={8} what="the report" />
  const { data } = report
  return (
    <div className="stack">
      <div className="stack tight">
        <h1>{data.name ? <Inert text={data.name} /> : 'Report sent by hand'}</h1>
        <p>
          {countsInWords(data.counts)}. {count(data.clustered)} grouped so far.
        </p>
        {data.complete ? null : (
          <p className="note soon">
            Not complete: the upload goes on or was cut. Sending the file again with the same key goes on from there.
          </p>
        )}
        {data.counts.refused > 0 ? (
          <p className="note">
            {count(data.counts.refused)} refused and not stored; the answer to the upload said where and how to mend each.
            Sending the file again says it again and stores nothing twice.
          </p>
        ) : null}
        <p className="row wrap xs i3">
          <span className="mono">{data.id}</span> {data.format}, <When at={data.receivedAt} full />
          {data.finder ? (
            <span>
              from <Inert text={data.finder} />
            </span>
          ) : null}
          {rows.length > 0 ? (
            <CopyButton
              text={rows.map((row) => row.receipt).join('\n')}
              label={`Copy ${count(rows.length)} ${rows.length === 1 ? 'receipt' : 'receipts'}`}
            />
          ) : null}
        </p>
      </div>
      {findings.isPending ? <Waiting rows={6} what="findings" /> : null}
      {findings.error && !findings.data ? <FailureNote error={findings.error} not="The findings are not shown." /> : null}
      {rows.length > 0 ? <FindingsTable rows={rows} /> : null}
      <MoreRows of={findings} say="Show the next 200" />
    </div>
  )
}
