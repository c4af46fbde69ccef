import type { ReceiptStatus } from '../../../contract/shapes/report.ts'
import { count, duration, fullInstant } from '../../parts/time/format.ts'
import { useServerNow } from '../../parts/time/server-clock.ts'
import { When } from '../../parts/time/when.tsx'

/** Pending until an instant, or recorded in a leaf; the time left comes from the server's clock or is not shown. */
export function LedgerState({ ledger }: { ledger: ReceiptStatus['ledger'] }) {
  const { now, fresh } = useServerNow(1_000)
  if (ledger.state === 'pending') {
    const due = ledger.due === null ? null : Date.parse(ledger.due)
    const left = due !== null && now !== null && fresh ? due - now : null
    return (
      <p className="s">
        <span className="tag assumed">Pending</span>{' '}
        {due === null ? (
          'Committed; the interval that makes it public has not ended.'
        ) : (
          <>
            {left !== null && left > 0 ? <b>{duration(left)} · </b> : null}
            public at the end of the interval, {fullInstant(due)}. This page looks again by itself.
          </>
        )}
      </p>
    )
  }
  return (
    <p className="s">
      Recorded in leaf <b>{ledger.leaf === null ? 'not named' : count(ledger.leaf)}</b>
      {ledger.interval ? (
        <>
          , whose interval ended <When at={ledger.interval.to} full seconds />
        </>
      ) : null}
      . The leaf says nothing of the report; the proof ties the two together.
    </p>
  )
}
