import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { reportQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { download } from '../../parts/download.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { count } from '../../parts/time/format.ts'
import { When } from '../../parts/time/when.tsx'
import { isHidden } from '../nowhere/is-hidden.ts'
import { Nowhere } from '../nowhere/nowhere.tsx'
import { Items } from './items.tsx'
import { countsInWords } from './outcome.ts'

/** One report with every item and its answer. */
export function OneReport() {
  const { id } = useParams({ from: '/reports/$id' })
  usePageTitle('Report')
  const report = useQuery({
    ...reportQuery(id),
    refetchInterval: (query) => (query.state.data?.complete === false ? 5_000 : false),
  })
  if (report.error && !report.data)
    return isHidden(report.error) ? <Nowhere /> : <FailureNote error={report.error} not="The report is not shown." />
  if (!report.data) return <Waiting rows={8} what="the report" />
  const { data } = report
  const receipts = data.items.flatMap((item) => (item.receipt ? [item.receipt] : []))
  return (
    <div className="stack wide">
      <div className="stack tight">
        <h1>
          Report of <When at={data.receivedAt} full />
        </h1>
        <p>
          {countsInWords(data.counts)}
          {data.flaws > 0
            ? `; ${count(data.flaws)} distinct ${data.flaws === 1 ? 'flaw' : 'flaws'} among them as far as you may see`
            : ''}
          .
        </p>
        {data.complete ? null : (
          <p className="note soon">
            Not complete: the upload goes on or was cut. Sending the file again with the same key goes on from there.
          </p>
        )}
        <p className="row wrap xs i3">
          <span className="mono">{data.report}</span> {data.format}
          {receipts.length > 0 ? (
            <CopyButton
              text={receipts.join('\n')}
              label={`Copy ${count(receipts.length)} ${receipts.length === 1 ? 'receipt' : 'receipts'}`}
            />
          ) : null}
          <button
            type="button"
            className="btn small"
            onClick={() => download(`weir-${data.report}.json`, JSON.stringify(data, null, 2))}
          >
            Download the answer
          </button>
        </p>
      </div>
      <Items items={data.items} />
    </div>
  )
}
