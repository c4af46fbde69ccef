import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AddScanRoute, ScanRouteOut } from '../../../contract/shapes/scan.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { StatedSource, statedSource } from '../claims/stated-source.tsx'
import { SCAN_ROUTE_WORDS } from './words.ts'

type Kind = ScanRouteOut['kind']
const EMPTY = { kind: 'mail' as Kind, address: '', source: '', on: '' }

/** A coordinator enters where a project wants reports, as it says so in public. */
export function StateScanRoute({ target }: { target: string }) {
  const client = useQueryClient()
  const [given, setGiven] = useState(EMPTY)
  const add = useMutation({
    mutationFn: () => {
      const route = { kind: given.kind, address: given.address.trim(), ...statedSource(given) }
      return sendJson('POST', '/v1/scan-routes', { do: 'state', target, ...route } satisfies AddScanRoute)
    },
    onSuccess: async () => {
      setGiven(EMPTY)
      await client.invalidateQueries({ queryKey: ['scan-routes'] })
    },
  })
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
          <Field label="To" hint="As the project writes it">
            {(ids) => (
              <input
                {...ids}
                required
                maxLength={300}
                value={given.address}
                onChange={(event) => setGiven({ ...given, address: event.target.value })}
              />
            )}
          </Field>
          <StatedSource said={given} set={(part) => setGiven({ ...given, ...part })} />
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
