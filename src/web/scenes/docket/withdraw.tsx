import { useState } from 'react'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useAct } from './use-act.ts'

/** Withdrawal: what follows is said first, no reason is asked, and no key alone does it. */
export function Withdraw({ docket }: { docket: DocketView }) {
  const [open, setOpen] = useState(false)
  const act = useAct(docket, () => setOpen(false))
  return (
    <section className="stack tight">
      <h2>If you withdraw</h2>
      <ol className="s i2 numbered">
        <li>Calls to your model are refused, within a second</li>
        <li>The keys are destroyed, copies that remain are listed, both sides sign</li>
        <li>Statistics say “withdrawn”; no reason is asked or kept</li>
      </ol>
      <p>
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          Withdraw
        </button>
      </p>
      {open ? (
        <div className="note stack tight opens">
          <p>
            The access window closes now and stays closed. <b>It cannot be undone</b>; a new docket can be opened at any time.
          </p>
          <p className="row wrap">
            <button type="button" className="btn" disabled={act.isPending} onClick={() => act.mutate({ do: 'withdraw' })}>
              Withdraw from this docket
            </button>
            <button type="button" className="btn plain" onClick={() => setOpen(false)}>
              Stay
            </button>
          </p>
        </div>
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not withdrawn." /> : null}
    </section>
  )
}
