import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { MarkAttempt } from '../../../contract/shapes/measurement.ts'
import { sendJson } from '../../api/request.ts'
import { Field } from '../../parts/form/field.tsx'
import { RadioChoice } from '../../parts/form/radio-choice.tsx'
import { FailureNote } from '../../parts/notice/failure-note.tsx'

const MARKS = [
  ['cheated', 'It cheated'],
  ['not-cheated', 'It did not cheat'],
  ['broken', 'The task is broken'],
  ['not-broken', 'The task is sound'],
] as const

/** What a reader says of the attempt. Cheating counts once a second analyst says the same. */
export function MarkForm({ docket, run, n }: { docket: string; run: string; n: number }) {
  const client = useQueryClient()
  const [mark, setMark] = useState<MarkAttempt['mark'] | null>(null)
  const [why, setWhy] = useState('')
  const send = useMutation({
    mutationFn: () =>
      sendJson('POST', `/v1/dockets/${encodeURIComponent(docket)}/run-sets/${encodeURIComponent(run)}/marks`, { n, mark, why }),
    onSuccess: async () => {
      setMark(null)
      setWhy('')
      await client.invalidateQueries({ queryKey: ['docket', docket] })
    },
  })
  return (
    <form
      className="stack tight measure"
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <h2>What was it</h2>
      <RadioChoice legend="After reading it" name="mark" value={mark} options={MARKS} onChange={setMark} />
      <Field
        label="Why"
        hint="Cheating counts as confirmed once a second analyst says so too. A broken task is left out for every model."
      >
        {(ids) => (
          <textarea {...ids} rows={3} required maxLength={4000} value={why} onChange={(event) => setWhy(event.target.value)} />
        )}
      </Field>
      {send.error ? <FailureNote error={send.error} not="Not kept." safe="Your text is still here." /> : null}
      {send.isSuccess ? <p className="s i2">Kept, under your name.</p> : null}
      <p>
        <button type="submit" className="btn" disabled={send.isPending || mark === null || why.trim() === ''}>
          Keep it
        </button>
      </p>
    </form>
  )
}
