import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { AddOptOut } from '../../../contract/shapes/scan.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { NO_TIMES, ScanTimes } from './scan-times.tsx'
import { StatedSource, statedSource } from './stated-source.tsx'
import { timesOf } from './words.ts'

const KINDS = [
  ['no-scans', 'It wants no scans'],
  ['with-consent', 'It wants to be asked first'],
  ['only-at-times', 'It bears scans at set times'],
] as const
type Kind = (typeof KINDS)[number][0]

/** A coordinator enters what a project says about scans, and where it says so; `target`: of this one. */
export function StateOptOut({ target: only = null }: { target?: string | null }) {
  const client = useQueryClient()
  const [given, setGiven] = useState({ target: only ?? '', source: '', on: '' })
  const [kind, setKind] = useState<Kind | ''>('')
  const [times, setTimes] = useState(NO_TIMES)
  const add = useMutation({
    mutationFn: (says: Kind) => {
      const stated = { target: given.target.trim(), ...statedSource(given) }
      const what = says === 'only-at-times' ? { kind: says, times: timesOf(times) } : { kind: says }
      return sendJson('POST', '/v1/opt-outs', { do: 'state', ...stated, says: what } satisfies AddOptOut)
    },
    onSuccess: async () => {
      setGiven({ target: only ?? '', source: '', on: '' })
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
                readOnly={only !== null}
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
          <StatedSource said={given} set={(part) => setGiven({ ...given, ...part })} />
        </div>
        {kind === 'only-at-times' ? <ScanTimes times={times} set={setTimes} /> : null}
        {add.error ? <FailureNote error={add.error} not="Not entered." safe="What you wrote is still here." /> : null}
        <p className="row wrap">
          <button
            type="submit"
            className="btn small"
            disabled={add.isPending || kind === '' || (kind === 'only-at-times' && times.days.length === 0)}
          >
            Enter it
          </button>
          <span className="xs i3">In the public feed at once; the ledger keeps it.</span>
        </p>
      </form>
    </details>
  )
}
