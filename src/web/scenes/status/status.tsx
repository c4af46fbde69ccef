import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { ReceiptStatus } from '../../../contract/shapes/report.ts'
import { receiptQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { CheckButton } from '../../ledger/check-button.tsx'
import { checkReceipt, fetchProof } from '../../ledger/check-receipt.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { Inert } from '../../parts/inert/inert.tsx'
import { Waiting } from '../../parts/notice/waiting.tsx'
import { When } from '../../parts/time/when.tsx'
import { NotShown } from '../nowhere/not-shown.tsx'
import { DownloadProof } from './download-proof.tsx'
import { LedgerState } from './ledger-state.tsx'
import { STATE_TITLE } from './state-words.ts'

/** What a receipt shows: where the report stands, what it needs, and whether the ledger holds it. */
export function Status() {
  const { receipt } = useParams({ from: '/status/$receipt' })
  usePageTitle('Status by receipt')
  const status = useQuery({
    ...receiptQuery(receipt),
    refetchInterval: (query) => untilRecorded(query.state.data?.ledger),
  })
  if (status.error && !status.data) return <NotShown error={status.error} not="The status is not shown." />
  if (!status.data) return <Waiting rows={5} what="the status" />
  const { data } = status
  return (
    <div className="stack wide measure">
      <div className="stack tight">
        <h1>{STATE_TITLE[data.state]}</h1>
        <p>
          <Inert text={data.say} />
        </p>
      </div>
      {data.needs.length > 0 ? (
        <section className="note soon stack tight">
          <p className="b">What it needs</p>
          <ul className="s dots">
            {data.needs.map((need) => (
              <li key={need.code}>
                <Inert text={need.say} /> <code className="xs i3">{need.code}</code>
              </li>
            ))}
          </ul>
          <p className="s i2">Send the report again with that added: it is put beside this one.</p>
        </section>
      ) : null}
      <dl className="kv">
        <div className="kvrow">
          <dt>Receipt</dt>
          <dd className="row wrap">
            <code className="break">{data.receipt}</code> <CopyButton text={data.receipt} />
          </dd>
        </div>
        <div className="kvrow">
          <dt>Received</dt>
          <dd>
            <When at={data.receivedAt} full />
          </dd>
        </div>
      </dl>
      <section className="panel stack">
        <h2>In the ledger</h2>
        <LedgerState ledger={data.ledger} />
        {data.ledger.state === 'recorded' ? (
          <>
            <CheckButton check={async () => checkReceipt(await fetchProof(data.receipt))} />
            <DownloadProof receipt={data.receipt} />
          </>
        ) : null}
      </section>
    </div>
  )
}

/** Milliseconds to the next look: just after the interval is due to end, at most 15 s; none once it is recorded. */
function untilRecorded(ledger: ReceiptStatus['ledger'] | undefined): number | false {
  if (ledger?.state !== 'pending') return false
  const left = ledger.due === null ? Number.POSITIVE_INFINITY : Date.parse(ledger.due) - Date.now()
  return Math.min(15_000, Math.max(1_500, left + 500))
}
