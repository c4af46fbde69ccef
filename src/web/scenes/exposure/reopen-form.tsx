import { useState } from 'react'
import type { ActionOut } from '../../../contract/shapes/exposure.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { useActionAct } from './use-action-act.ts'

/** Takes back that something is done or put off: it is open again with the date it had. */
export function ReopenForm({ action, done }: { action: ActionOut; done: () => void }) {
  const [reason, setReason] = useState('')
  const act = useActionAct(action, done)
  return (
    <form
      className="stack measure"
      aria-label="Open it again"
      onSubmit={(event) => {
        event.preventDefault()
        act.mutate({ do: 'reopen', reason: reason.trim() })
      }}
    >
      <Field label="Why" hint="It is open again at once, with the date it had. What was said before stays in the report.">
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            maxLength={2000}
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      {act.error ? <FailureNote error={act.error} not="Not opened again." safe="What you wrote is still here." /> : null}
      <p>
        <button type="submit" className="btn" disabled={act.isPending || reason.trim() === ''}>
          Open it again
        </button>
      </p>
    </form>
  )
}
