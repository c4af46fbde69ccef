import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AddOptOut } from '../../../contract/shapes/scan.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

const KINDS = [
  ['no-scans', 'It wants no scans'],
  ['with-consent', 'It wants to be asked first'],
] as const

/** A coordinator enters what a project says about scans, and where it says so. */
export function StateOptOut() {
  const client = useQueryClient()
  const [given, setGiven] = useState({ target: '', source: '', on: '' })
  const [kind, setKind] = useState<(typeof KINDS)[number][0] | ''>('')
  const add = useMutation({
    mutationFn: (says: (typeof KINDS)[number][0]) => {
      const { target, source, on } = given
      const stated = { target: target.trim(), source: source.trim(), on: `${on}T00:00:00.000Z` }
      return sendJson('POST', '/v1/opt-outs', { do: 'state', ...stated, says: { kind: says } } satisfies AddOptOut)
    },
    onSuccess: async () => {
      setGiven({ target: '', source: '', on: '' })
      await client.invalidateQueries({ queryKey: ['opt-outs'] })
    },
  })
  return (
    <details className="fold">
      <summary>Enter what a project says</summary>
      <form
        className="stack measure"
        onSubmit={(event) => {
          event.preventDefault()
          if (kind !== '') add.mutate(kind)
        }}
      >
        <div className="grid2">
          <Field label="Project" hint="A purl, or the address of a repository">
            {(ids) => (
              <input
                {...ids}
                required
                maxLength={512}
                value={given.target}
                onChange={(event) => setGiven({ ...given, target: event.target.value })}
              />
            )}
          </Field>
          <Field label="Says">
            {(ids) => (
              <select
                {...ids}
                required
                value={kind}
                onChange={(event) => setKind(KINDS.find(([one]) => one === event.target.value)?.[0] ?? '')}
              >
                <option value="">Choose</option>
                {KINDS.map(([one, word]) => (
                  <option key={one} value={one}>
                    {word}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Where it says so" hint="Shown, never fetched">
            {(ids) => (
              <input
                {...ids}
                required
                maxLength={500}
                value={given.source}
                onChange={(event) => setGiven({ ...given, source: event.target.value })}
              />
            )}
          </Field>
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
          <button type="submit" className="btn small" disabled={add.isPending || kind === ''}>
            Enter it
          </button>
          <span className="xs i3">In the public feed at once; the ledger keeps it.</span>
        </p>
      </form>
    </details>
  )
}
