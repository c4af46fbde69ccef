import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AddScanRequest } from '../../../contract/shapes/scan.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

const EMPTY = { target: '', source: '', criticality: '' }

/** A coordinator asks for a look at a target, with how much hangs on it and who says so. */
export function AskLook() {
  const client = useQueryClient()
  const [given, setGiven] = useState(EMPTY)
  const ask = useMutation({
    mutationFn: () => {
      const { target, source, criticality } = given
      const whole = { from: null, to: null, path: null, weakness: null }
      const asked = { target: target.trim(), ...whole, criticality: Math.trunc(Number(criticality)), source: source.trim() }
      return sendJson('POST', '/v1/scan-requests', { do: 'ask', ...asked } satisfies AddScanRequest)
    },
    onSuccess: async () => {
      setGiven(EMPTY)
      await client.invalidateQueries({ queryKey: ['scan-requests'] })
    },
  })
  const text = (name: keyof typeof EMPTY, label: string, hint: string, most: number) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          required
          maxLength={most}
          {...(name === 'criticality' ? { type: 'number', min: 1, max: 100 } : {})}
          value={given[name]}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <details className="fold">
      <summary>Ask for a look at a target</summary>
      <form
        className="stack measure"
        onSubmit={(event) => {
          event.preventDefault()
          ask.mutate()
        }}
      >
        {text('target', 'Target', 'A purl, or the address of a repository', 512)}
        <div className="grid2">
          {text('criticality', 'Criticality, 1 to 100', 'How much hangs on it', 3)}
          {text('source', 'Who says so', 'Shown with the request', 500)}
        </div>
        {ask.error ? <FailureNote error={ask.error} not="Not asked." safe="What you wrote is still here." /> : null}
        <p>
          <button type="submit" className="btn small" disabled={ask.isPending}>
            Ask for a look
          </button>
        </p>
      </form>
    </details>
  )
}
