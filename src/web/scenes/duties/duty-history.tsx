import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getJson, queryString } from '../../api/request.ts'
import { CheckButton } from '../../ledger/check-button.tsx'
import { checkReceipt } from '../../ledger/check-receipt.ts'
import { Inert } from '../../parts/inert/inert.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { When } from '../../parts/time/when.tsx'
import { dutyHistoryQuery } from './queries.ts'
import { eventWords } from './words.ts'

/** All that was said of a public duty, what was taken back too, and where the ledger's proof of the last of it is. */
export function DutyHistory({ duty }: { duty: string }) {
  const [open, setOpen] = useState(false)
  const proof = `/v1/duties/proof${queryString({ duty })}`
  const { data, error } = useQuery({ ...dutyHistoryQuery(duty), enabled: open })
  return (
    <details className="fold" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>All that was said of it</summary>
      {error && !data ? <FailureNote error={error} not="What was said is not shown." /> : null}
      <ol className="stack tight s">
        {(data?.rows ?? []).map((row) => (
          <li key={row.version}>
            <b>{eventWords(row.type)}</b>, <When at={row.at} />
            {row.says ? (
              <>
                : <Inert text={row.says} />
              </>
            ) : null}
          </li>
        ))}
      </ol>
      {data && data.rows.length > 0 ? (
        <>
          <p className="s i2">
            The ledger holds each of these with its words. <a href={proof}>Proof of the newest</a>, from the minute after it was
            said.
          </p>
          <CheckButton check={async () => checkReceipt(await getJson(proof))} />
        </>
      ) : null}
    </details>
  )
}
