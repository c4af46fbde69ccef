import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AddScanRoute, ScanRouteOut } from '../../../contract/shapes/scan.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { SCAN_ROUTE_WORDS } from './words.ts'

type Kind = ScanRouteOut['kind']
const EMPTY = { kind: 'mail' as Kind, address: '', source: '', on: '' }

/** A coordinator enters where a project wants reports, as it says so in public. */
export function StateScanRoute({ target }: { target: string }) {
  const client = useQueryClient()
  const [given, setGiven] = useState(EMPTY)
  const add = useMutation({
    mutationFn: () => {
      const { kind, address, source, on } = given
      const stated = { target, source: source.trim(), on: `${on}T00:00:00.000Z` }
      return sendJson('POST', '/v1/scan-routes', {
        do: 'state',
        ...stated,
        kind,
        address: address.trim(),
      } satisfies AddScanRoute)
    },
    onSuccess: async () => {
      setGiven(EMPTY)
      await client.invalidateQueries({ queryKey: ['scan-routes'] })
    },
  })
  const text = (label: string, name: 'address' | 'source', most: number, hint: string) => (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input
          {...ids}
          required
          maxLength={most}
          value={given[name]}
          onChange={(event) => setGiven({ ...given, [name]: event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <details className="fold">
      <summary>Enter where it wants reports</summary>
      <form
        className="stack measure"
        onSubmit={(event) => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <div className="grid2">
          <Field label="By">
            {(ids) => (
              <select
                {...ids}
                value={given.kind}
                onChange={(event) => setGiven({ ...given, kind: event.target.value as Kind })}
              >
                {Object.entries(SCAN_ROUTE_WORDS).map(([kind, word]) => (
                  <option key={kind} value={kind}>
                    {word}
                  </option>
                ))}
              </select>
            )}
          </Field>
          {text('To', 'address', 300, 'As the project writes it')}
          {text('Where it says so', 'source', 500, 'Shown, never fetched')}
          <Field label="Read there on">
            {(ids) => (
              <input
                {...ids}
                type="date"
                required
                value={given.on}
                onChange={(event) => setGiven({ ...given, on: event.target.value })}
              />
            )}
          </Field>
        </div>
        {add.error ? <FailureNote error={add.error} not="Not entered." safe="What you wrote is still here." /> : null}
        <p className="row wrap">
          <button type="submit" className="btn small" disabled={add.isPending}>
            Enter it
          </button>
          <span className="xs i3">In the public feed at once; the ledger keeps it.</span>
        </p>
      </form>
    </details>
  )
}
