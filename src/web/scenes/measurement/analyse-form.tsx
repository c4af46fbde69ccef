import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { AXES } from '../../../core/evaluation/run-row.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { runSetsQuery } from './queries.ts'

const AXIS: Readonly<Record<(typeof AXES)[number], string>> = {
  stated: 'as each task states them',
  best: 'best that is known of each task',
  completion: 'people who finished it, timed',
  'expert-estimate': 'estimated by experts',
  'first-solve': 'first solve in a contest',
  'model-estimate': 'estimated by a model',
}

/** Computes the figures from chosen run sets, by the plan that was laid. */
export function AnalyseForm({ docket }: { docket: string }) {
  const sets = useQuery(runSetsQuery(docket))
  const client = useQueryClient()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [axis, setAxis] = useState<(typeof AXES)[number]>('stated')
  const compute = useMutation({
    mutationFn: () => sendJson('POST', `/v1/dockets/${encodeURIComponent(docket)}/analysis`, { runSets: chosen, axis }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['docket', docket] }),
  })
  const done = sets.data?.rows.filter((row) => row.state === 'done' || row.state === 'stopped') ?? []
  if (done.length === 0) return null
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        compute.mutate()
      }}
    >
      <h2>Compute the figures</h2>
      <fieldset className="stack tight">
        <legend>From these run sets</legend>
        {done.map((row) => (
          <label key={row.id} className="choice">
            <input
              type="checkbox"
              checked={chosen.includes(row.id)}
              onChange={(event) =>
                setChosen(event.target.checked ? [...chosen, row.id] : chosen.filter((one) => one !== row.id))
              }
            />
            {row.suite ?? row.id}, {row.finished} attempts
          </label>
        ))}
      </fieldset>
      <Field label="Human times" hint="Kinds of times are never mixed.">
        {(ids) => (
          <select
            {...ids}
            value={axis}
            onChange={(event) => setAxis(AXES.find((one) => one === event.target.value) ?? 'stated')}
          >
            {AXES.map((one) => (
              <option key={one} value={one}>
                {AXIS[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      {compute.error ? <FailureNote error={compute.error} not="Not computed." /> : null}
      <p>
        <button type="submit" className="btn" disabled={compute.isPending || chosen.length === 0}>
          {compute.isPending ? 'Computing' : 'Compute'}
        </button>
      </p>
    </form>
  )
}
