import { useState } from 'react'
import type { ActRelay } from '../../../contract/shapes/relay.ts'
import { Field } from '../../parts/form/field.tsx'

/** What became of a report whose answer was lost: a person looked there, and says it. */
export function RelaySettle({ busy, act }: { busy: boolean; act: (what: ActRelay) => void }) {
  const [handle, setHandle] = useState('')
  return (
    <form
      className="note soon stack tight"
      onSubmit={(event) => {
        event.preventDefault()
        act({ do: 'settle', handle: handle.trim() })
      }}
    >
      <p>
        <b>Nobody knows whether it arrived.</b> Look there, or ask them; it is not sent again by itself.
      </p>
      <Field label="Their identifier, if it is there" hint="As in GHSA-…, VRF#…, VU#… or SUB-…">
        {(ids) => (
          <input {...ids} className="mono" maxLength={256} value={handle} onChange={(event) => setHandle(event.target.value)} />
        )}
      </Field>
      <p className="row wrap">
        <button type="submit" className="btn small" disabled={busy || handle.trim() === ''}>
          It arrived
        </button>
        <button type="button" className="btn small" disabled={busy} onClick={() => act({ do: 'settle', handle: null })}>
          It never arrived
        </button>
        <span className="xs i2">If it never arrived, it can be sent again.</span>
      </p>
    </form>
  )
}
