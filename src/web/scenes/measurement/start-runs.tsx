import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DocketView } from '../../../contract/shapes/docket.ts'
import type { StartRunSet } from '../../../contract/shapes/measurement.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'
import { papersQuery } from '../docket/queries.ts'

/** Starts a run set: which suite, how often, and how much each attempt may use. */
export function StartRuns({ docket }: { docket: DocketView }) {
  const papers = useQuery(papersQuery(docket.id))
  const client = useQueryClient()
  const [suite, setSuite] = useState('sample')
  const [attempts, setAttempts] = useState(1)
  const [tokens, setTokens] = useState(2_000_000)
  const [minutes, setMinutes] = useState(60)
  const [system, setSystem] = useState('')
  const [tasks, setTasks] = useState('')
  const only = [...new Set(tasks.split(/\s+/).filter((one) => one !== ''))]
  const start = useMutation({
    mutationFn: () => {
      const body: StartRunSet = {
        suite,
        tasks: only.length === 0 ? null : only,
        attempts,
        profile: {
          name: 'plain',
          system,
          tools: ['run', 'read', 'write', 'submit'],
          temperature: null,
          maxOutputTokens: 16_000,
          limits: { tokens, messages: 300, wallMs: minutes * 60_000, cost: null },
          safeguards: 'on',
        },
        prices: null,
        remeasure: false,
      }
      return sendJson('POST', `/v1/dockets/${encodeURIComponent(docket.id)}/run-sets`, body)
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['docket', docket.id, 'run-sets'] }),
  })
  const suites = papers.data?.rows.filter((one) => one.object === 'suite') ?? []
  const number = (value: number, set: (n: number) => void, min: number, max: number) => (ids: { id: string }) => (
    <input
      {...ids}
      type="number"
      required
      min={min}
      max={max}
      value={value}
      onChange={(event) => set(Number(event.target.value))}
    />
  )
  return (
    <form
      className="stack measure"
      onSubmit={(event) => {
        event.preventDefault()
        start.mutate()
      }}
    >
      <h2>Measure</h2>
      <Field label="Suite">
        {(ids) => (
          <select {...ids} value={suite} onChange={(event) => setSuite(event.target.value)}>
            <option value="sample">The sample suite, unclassified</option>
            {suites.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <div className="grid2">
        <Field label="Attempts at each task">{number(attempts, setAttempts, 1, 100)}</Field>
        <Field label="Tokens an attempt may use">{number(tokens, setTokens, 1000, 100_000_000)}</Field>
        <Field label="Minutes an attempt may take">{number(minutes, setMinutes, 1, 1440)}</Field>
      </div>
      <Field label="Only these tasks" hint="Their ids, one a line. Empty: every task of the suite.">
        {(ids) => (
          <textarea
            {...ids}
            className="mono"
            rows={2}
            maxLength={100_000}
            spellCheck={false}
            value={tasks}
            onChange={(event) => setTasks(event.target.value)}
          />
        )}
      </Field>
      <Field label="What the model is told before each task" hint="Part of the profile; its digest stands in every row.">
        {(ids) => (
          <textarea {...ids} rows={3} maxLength={20_000} value={system} onChange={(event) => setSystem(event.target.value)} />
        )}
      </Field>
      {start.error ? <FailureNote error={start.error} not="Not started." /> : null}
      <p className="row wrap">
        <button type="submit" className="btn" disabled={start.isPending}>
          Start the runs
        </button>
        <span className="s i2">
          Each task’s reference solution is run first; a task that it does not solve counts for nobody.
        </span>
      </p>
    </form>
  )
}
