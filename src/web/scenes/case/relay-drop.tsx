import { useState } from 'react'
import type { ActRelay } from '../../../contract/shapes/relay.ts'
import { Field } from '../../parts/form/field.tsx'

/** A draft that is not to be sent: a person drops it, and may say why. */
export function RelayDrop({ busy, act }: { busy: boolean; act: (what: ActRelay) => void }) {
  const [reason, setReason] = useState('')
  return (
    <details className="fold">
      <summary>Drop this draft</summary>
      <form
        className="stack tight"
        onSubmit={(event) => {
          event.preventDefault()
          act({ do: 'drop', reason: reason.trim() })
        }}
      >
        <Field label="Why" hint="May stay empty. Those who coordinate the case read it.">
          {(ids) => <input {...ids} maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}
        </Field>
        <p className="row wrap">
          <button type="submit" className="btn small" disabled={busy}>
            Drop it
          </button>
          <span className="xs i2">It is kept as dropped and never sent; the report can be drafted anew.</span>
        </p>
      </form>
    </details>
  )
}
