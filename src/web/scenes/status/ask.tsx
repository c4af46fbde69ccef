import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { usePageTitle } from '../../frame/page-title.ts'
import { Field } from '../../parts/form/field.tsx'

/** Asking for the status of a report by its receipt. */
export function Ask() {
  usePageTitle('Status by receipt')
  const [receipt, setReceipt] = useState('')
  const navigate = useNavigate()
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        const asked = receipt.trim()
        if (asked !== '') void navigate({ to: '/status/$receipt', params: { receipt: asked } })
      }}
    >
      <h1>Status by receipt</h1>
      <p className="i2">Whoever holds the receipt sees the status of that report, and nothing of anyone else’s.</p>
      <Field label="Receipt" hint="Begins with rcp_">
        {(ids) => (
          <input
            {...ids}
            className="mono"
            value={receipt}
            onChange={(event) => setReceipt(event.target.value)}
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            required
          />
        )}
      </Field>
      <p>
        <button className="btn primary" type="submit">
          Show the status
        </button>
      </p>
    </form>
  )
}
