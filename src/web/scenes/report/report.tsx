import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { meQuery } from '../../api/queries.ts'
import { usePageTitle } from '../../frame/page-title.ts'
import { Answer } from './answer.tsx'
import { BLANK, type Draft } from './draft.ts'
import { FileDrop } from './file-drop.tsx'
import { ReportForm } from './report-form.tsx'
import { type Parcel, useSending } from './sending.ts'
import { SendingNote } from './sending-note.tsx'

/** Sending a report, by hand or as a file, with or without an account; then what became of each item. */
export function Report() {
  usePageTitle('Send a report')
  const { data: me } = useQuery(meQuery)
  const [draft, setDraft] = useState<Draft>(BLANK)
  const work = useSending()
  const { sending } = work
  if (sending.stage === 'answered') {
    return (
      <Answer
        answer={sending.answer}
        name={sending.name}
        signedIn={me?.signedIn ?? false}
        onAnother={() => {
          work.reset()
          setDraft(BLANK)
        }}
      />
    )
  }
  const busy = sending.stage === 'sending'
  const note = sending.stage === 'idle' ? null : <SendingNote sending={sending} onStop={work.stop} onAgain={work.again} />
  const send = (parcel: Parcel) => void work.send(parcel)
  return (
    <div className="reporting">
      <div className="stack wide measure">
        <div>
          <h1>Send a report</h1>
          <p className="i2">
            {me?.signedIn
              ? `Sent as ${me.organisation?.name ?? me.person?.name}.`
              : 'No account needed. You get a receipt: it shows the status to whoever holds it, and proves when the report came.'}
          </p>
        </div>
        <ReportForm draft={draft} onChange={setDraft} busy={busy} signedIn={me?.signedIn ?? false} onSend={send}>
          {note}
        </ReportForm>
      </div>
      <aside className="stack wide">
        <FileDrop busy={busy} onSend={send} />
        <section className="subpanel stack tight">
          <h3>What happens next</h3>
          <ul className="s dots">
            <li>The report is sealed as it arrives; only coordinators of this clearinghouse read it</li>
            <li>Within minutes its digest is in the public ledger; the text is not</li>
            <li>Reports of the same flaw are put together. Every finder keeps date and credit</li>
            <li>Whether others sent the same flaw is not told here</li>
          </ul>
        </section>
      </aside>
    </div>
  )
}
