import { useState } from 'react'
import type { CaseView } from '../../../contract/shapes/case.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useCaseAct } from './use-case-act.ts'

/** Closing: what is erased and what is kept is said first. */
export function CloseCase({ of }: { of: CaseView }) {
  const [open, setOpen] = useState(false)
  const [why, setWhy] = useState('')
  const act = useCaseAct(of, () => setOpen(false))
  return (
    <section className="stack tight measure">
      <h2>Close the case</h2>
      <p className="row wrap">
        <button type="button" className="btn" aria-expanded={open} onClick={() => setOpen(!open)}>
          Close
        </button>
        <span className="s i2">{of.publish.says}</span>
      </p>
      {open ? (
        <form
          className="note stack tight opens"
          onSubmit={(event) => {
            event.preventDefault()
            act.mutate({ do: 'close', why: why.trim() })
          }}
        >
          <ul className="s dots">
            <li>The case’s key is destroyed: messages, files and letters can then be read by nobody, in backups too</li>
            <li>Kept: its flaws, the published advisory, and a receipt with digests and instants</li>
            <li>
              <b>It cannot be undone</b>
            </li>
          </ul>
          <Field label="Why">
            {(ids) => <input {...ids} required maxLength={500} value={why} onChange={(event) => setWhy(event.target.value)} />}
          </Field>
          <p className="row wrap">
            <button type="submit" className="btn" disabled={act.isPending || why.trim() === ''}>
              Close this case
            </button>
            <button type="button" className="btn plain" onClick={() => setOpen(false)}>
              Keep it open
            </button>
          </p>
        </form>
      ) : null}
      {act.error ? <FailureNote error={act.error} not="Not closed." safe="Nothing was erased." /> : null}
    </section>
  )
}
