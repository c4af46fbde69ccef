import { useState } from 'react'
import { Field } from '../../parts/form/field.tsx'

interface ReasonProps {
  readonly says: string
  readonly label: string
  readonly button: string
  readonly tick?: string
  readonly busy: boolean
  readonly send: (reason: string, ticked: boolean) => void
}

/** What follows, a reason that everyone reads, and the button. */
export function ReasonForm({ says, label, button, tick, busy, send }: ReasonProps) {
  const [reason, setReason] = useState('')
  const [ticked, setTicked] = useState(false)
  return (
    <form
      className="note stack tight opens measure"
      onSubmit={(event) => {
        event.preventDefault()
        send(reason.trim(), ticked)
      }}
    >
      <p>{says}</p>
      <Field label={label} hint="Everyone reads it.">
        {(ids) => (
          <input {...ids} value={reason} maxLength={1000} required onChange={(event) => setReason(event.target.value)} />
        )}
      </Field>
      {tick ? (
        <label className="choice">
          <input type="checkbox" checked={ticked} onChange={(event) => setTicked(event.target.checked)} />
          {tick}
        </label>
      ) : null}
      <p>
        <button type="submit" className="btn small" disabled={busy || reason.trim() === ''}>
          {button}
        </button>
      </p>
    </form>
  )
}
